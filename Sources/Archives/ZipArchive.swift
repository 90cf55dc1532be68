import Files
import Foundation

internal import CZlib

/// A zip archive that nobody vouches for: a wheel, or pictures that somebody packed.
///
/// From the end backward: a record that says where the directory is and how many entries it has; the
/// directory, which says of each member its name, method, sizes, checksum and place; the members,
/// each behind a header of its own that repeats most of that. All numbers are little-endian. What does not
/// fit its 32 bits is in the extra field of zip64. PKWARE's APPNOTE.TXT 6.3, sections 4.3.7 to 4.3.16 and
/// 4.5.3. Encrypted archives and methods other than stored and deflated are not read.
public final class ZipArchive: Sendable {
  private struct Member {
    let method: UInt16
    let checksum: UInt32
    let packed: Int
    let unpacked: Int
    let header: Int
  }

  /// The names of all members, in the directory's order.
  public let names: [String]

  private let members: [String: Member]
  private let source: ZipSource
  private let path: String

  /// Reads the directory of an archive in memory.
  public convenience init(bytes: [UInt8], path: String) throws(ZipError) {
    try self.init(.memory(bytes), path: path)
  }

  /// Reads the directory of a file, which may be larger than memory.
  public convenience init(path: String) throws(ZipError) {
    try self.init(ZipSource(path: path), path: path)
  }

  private init(_ source: ZipSource, path: String) throws(ZipError) {
    self.source = source
    self.path = path
    guard let directory = Self.directory(of: source) else {
      throw .damaged(path: path, member: nil)
    }
    names = directory.map(\.name)
    members = Dictionary(directory.map { ($0.name, $0.member) }) { first, _ in first }
  }

  /// A member's content.
  ///
  /// - Parameters:
  ///   - name: the member.
  ///   - limit: the most bytes it may unpack to, checked before anything is allocated.
  public func content(of name: String, limit: Int) throws(ZipError) -> [UInt8] {
    guard let member = members[name] else { throw .damaged(path: path, member: name) }
    guard member.unpacked <= limit else {
      throw .tooLarge(path: path, member: name, bytes: member.unpacked, limit: limit)
    }
    guard let packed = packedBytes(of: member), let content = Self.unpack(packed, member) else {
      throw .damaged(path: path, member: name)
    }
    return content
  }

  /// A directory of a million members takes less.
  private static let largestDirectory = 256 << 20

  private static func directory(of source: ZipSource) -> [(name: String, member: Member)]? {
    // The record is last but for a comment of at most 64 KiB; zip64's locator is before it.
    let (recordSize, longestComment, locatorSize) = (22, 0xFFFF, 20)
    let tailStart = max(0, source.count - recordSize - longestComment - locatorSize)
    guard let tail = source.bytes(at: tailStart, count: source.count - tailStart) else {
      return nil
    }
    let latest = tail.count - recordSize
    guard latest >= 0,
      let record = stride(from: latest, through: max(0, latest - longestComment), by: -1).first(
        where: { tail[$0...].starts(with: [0x50, 0x4B, 5, 6]) }),
      var count = tail.number(at: record + 10, as: UInt16.self).map(UInt64.init),
      var start = tail.number(at: record + 16, as: UInt32.self).map(UInt64.init)
    else { return nil }
    var end = UInt64(tailStart + record)
    if tail.number(at: record - locatorSize, as: UInt32.self) == 0x0706_4B50,
      let place = tail.number(at: record - locatorSize + 8, as: UInt64.self).flatMap(Int.init),
      let wide = source.bytes(at: place, count: 56),
      wide.number(at: 0, as: UInt32.self) == 0x0606_4B50
    {
      count = wide.number(at: 32, as: UInt64.self) ?? count
      start = wide.number(at: 48, as: UInt64.self) ?? start
      end = UInt64(place)
    }
    guard start <= end, let place = Int(exactly: start), let length = Int(exactly: end - start),
      length <= largestDirectory, let bytes = source.bytes(at: place, count: length)
    else { return nil }
    return members(in: bytes, count: count)
  }

  private static func members(
    in bytes: [UInt8], count: UInt64
  ) -> [(name: String, member: Member)]? {
    var members: [(String, Member)] = []
    var place = 0
    var rest = count
    while rest > 0 {
      guard bytes.number(at: place, as: UInt32.self) == 0x0201_4B50,
        let method = bytes.number(at: place + 10, as: UInt16.self),
        let checksum = bytes.number(at: place + 16, as: UInt32.self),
        let packed = bytes.number(at: place + 20, as: UInt32.self),
        let unpacked = bytes.number(at: place + 24, as: UInt32.self),
        let nameLength = bytes.number(at: place + 28, as: UInt16.self),
        let extraLength = bytes.number(at: place + 30, as: UInt16.self),
        let commentLength = bytes.number(at: place + 32, as: UInt16.self),
        let header = bytes.number(at: place + 42, as: UInt32.self),
        let name = bytes.slice(at: place + 46, count: Int(nameLength)),
        let extra = bytes.slice(at: place + 46 + Int(nameLength), count: Int(extraLength)),
        let wide = Self.widened([unpacked, packed, header], by: Array(extra))
      else { return nil }
      members.append(
        (
          String(decoding: name, as: UTF8.self),
          Member(
            method: method, checksum: checksum, packed: wide[1], unpacked: wide[0],
            header: wide[2])
        ))
      place += 46 + Int(nameLength) + Int(extraLength) + Int(commentLength)
      rest -= 1
    }
    return members
  }

  /// Numbers of 32 bits, where those that do not fit are in the extra field of zip64.
  private static func widened(_ numbers: [UInt32], by extra: [UInt8]) -> [Int]? {
    var field: [UInt8] = []
    var place = 0
    while field.isEmpty, let id = extra.number(at: place, as: UInt16.self),
      let length = extra.number(at: place + 2, as: UInt16.self)
    {
      if id == 1 { field = extra.slice(at: place + 4, count: Int(length)).map(Array.init) ?? [] }
      place += 4 + Int(length)
    }
    var offset = 0
    var wide: [Int] = []
    for number in numbers {
      guard number == .max else {
        wide.append(Int(number))
        continue
      }
      guard let value = field.number(at: offset, as: UInt64.self).flatMap(Int.init(exactly:)) else {
        return nil
      }
      wide.append(value)
      offset += 8
    }
    return wide
  }

  private func packedBytes(of member: Member) -> [UInt8]? {
    guard let header = source.bytes(at: member.header, count: 30),
      header.number(at: 0, as: UInt32.self) == 0x0403_4B50,
      let nameLength = header.number(at: 26, as: UInt16.self),
      let extraLength = header.number(at: 28, as: UInt16.self)
    else { return nil }
    return source.bytes(
      at: member.header + 30 + Int(nameLength) + Int(extraLength), count: member.packed)
  }

  private static func unpack(_ packed: [UInt8], _ member: Member) -> [UInt8]? {
    let content: [UInt8]?
    switch member.method {
    case 0: content = packed.count == member.unpacked ? packed : nil
    case 8: content = inflate(packed, to: member.unpacked)
    default: content = nil
    }
    guard let content, ZipDirectory.checksum(of: content) == member.checksum else { return nil }
    return content
  }

  /// Inflates to exactly `count` bytes.
  private static func inflate(_ packed: [UInt8], to count: Int) -> [UInt8]? {
    guard packed.count <= UInt32.max, count <= UInt32.max else { return nil }
    var isComplete = false
    let content = [UInt8](unsafeUninitializedCapacity: count) { target, initialized in
      packed.withUnsafeBufferPointer { source in
        var stream = z_stream()
        stream.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
        stream.avail_in = UInt32(source.count)
        stream.next_out = target.baseAddress
        stream.avail_out = UInt32(count)
        let withoutHeader: Int32 = -15
        guard
          inflateInit2_(
            &stream, withoutHeader, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
        else { return }
        defer { inflateEnd(&stream) }
        isComplete = CZlib.inflate(&stream, Z_FINISH) == Z_STREAM_END && stream.avail_out == 0
        initialized = count - Int(stream.avail_out)
      }
    }
    return isComplete ? content : nil
  }
}

extension [UInt8] {
  /// The little-endian number at an offset; `nil` when it is not wholly inside.
  fileprivate func number<Number: FixedWidthInteger & BitwiseCopyable>(
    at offset: Int, as type: Number.Type
  ) -> Number? {
    guard let slice = slice(at: offset, count: MemoryLayout<Number>.size) else { return nil }
    return slice.reversed().reduce(0) { $0 << 8 | Number($1) }
  }

  /// A part; `nil` when it is not wholly inside.
  fileprivate func slice(at offset: Int, count: Int) -> ArraySlice<UInt8>? {
    guard offset >= 0, offset <= self.count, count <= self.count - offset else { return nil }
    return self[offset..<offset + count]
  }
}
