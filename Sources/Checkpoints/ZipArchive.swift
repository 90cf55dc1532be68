import Foundation

internal import CZlib

/// A zip archive in memory, such as a wheel.
///
/// From the end backward: a record that says where the directory is and how many entries it has; the
/// directory, which says of each member its name, method, sizes, checksum and place; the members,
/// each behind a header of its own that repeats most of that. All numbers are little-endian. PKWARE's
/// APPNOTE.TXT 6.3, sections 4.3.7, 4.3.12 and 4.3.16. Archives of 4 GiB and more (zip64), encrypted
/// ones and methods other than stored and deflated are not read.
struct ZipArchive {
  private struct Member {
    let method: UInt16
    let checksum: UInt32
    let packed: Int
    let unpacked: Int
    let header: Int
  }

  /// The names of all members, in the directory's order.
  let names: [String]

  private let members: [String: Member]
  private let bytes: [UInt8]
  private let path: String

  /// Reads the directory.
  init(bytes: [UInt8], path: String) throws(CheckpointError) {
    self.bytes = bytes
    self.path = path
    guard let directory = Self.directory(of: bytes) else {
      throw .damaged(path: path, .archive(member: nil))
    }
    names = directory.map(\.name)
    members = Dictionary(directory.map { ($0.name, $0.member) }) { first, _ in first }
  }

  /// A member's content.
  ///
  /// - Parameters:
  ///   - name: the member.
  ///   - limit: the most bytes it may unpack to, checked before anything is allocated.
  func content(of name: String, limit: Int) throws(CheckpointError) -> [UInt8] {
    guard let member = members[name] else { throw .damaged(path: path, .archive(member: name)) }
    guard member.unpacked <= limit else {
      throw .file(.tooLarge(path: path, bytes: member.unpacked, limit: limit))
    }
    guard let packed = packedBytes(of: member), let content = Self.unpack(packed, member) else {
      throw .damaged(path: path, .archive(member: name))
    }
    return content
  }

  private static func directory(of bytes: [UInt8]) -> [(name: String, member: Member)]? {
    // The record is last but for a comment of at most 64 KiB.
    let (recordSize, longestComment) = (22, 0xFFFF)
    let latest = bytes.count - recordSize
    guard latest >= 0,
      let record = stride(from: latest, through: max(0, latest - longestComment), by: -1).first(
        where: { bytes[$0...].starts(with: [0x50, 0x4B, 5, 6]) }),
      let count = bytes.number(at: record + 10, as: UInt16.self),
      let start = bytes.number(at: record + 16, as: UInt32.self)
    else { return nil }

    var members: [(String, Member)] = []
    var place = Int(start)
    for _ in 0..<count {
      guard bytes.number(at: place, as: UInt32.self) == 0x0201_4B50,
        let method = bytes.number(at: place + 10, as: UInt16.self),
        let checksum = bytes.number(at: place + 16, as: UInt32.self),
        let packed = bytes.number(at: place + 20, as: UInt32.self),
        let unpacked = bytes.number(at: place + 24, as: UInt32.self),
        let nameLength = bytes.number(at: place + 28, as: UInt16.self),
        let extraLength = bytes.number(at: place + 30, as: UInt16.self),
        let commentLength = bytes.number(at: place + 32, as: UInt16.self),
        let header = bytes.number(at: place + 42, as: UInt32.self),
        let name = bytes.slice(at: place + 46, count: Int(nameLength))
      else { return nil }
      members.append(
        (
          String(decoding: name, as: UTF8.self),
          Member(
            method: method, checksum: checksum, packed: Int(packed), unpacked: Int(unpacked),
            header: Int(header))
        ))
      place += 46 + Int(nameLength) + Int(extraLength) + Int(commentLength)
    }
    return members
  }

  private func packedBytes(of member: Member) -> ArraySlice<UInt8>? {
    guard bytes.number(at: member.header, as: UInt32.self) == 0x0403_4B50,
      let nameLength = bytes.number(at: member.header + 26, as: UInt16.self),
      let extraLength = bytes.number(at: member.header + 28, as: UInt16.self)
    else { return nil }
    return bytes.slice(
      at: member.header + 30 + Int(nameLength) + Int(extraLength), count: member.packed)
  }

  private static func unpack(_ packed: ArraySlice<UInt8>, _ member: Member) -> [UInt8]? {
    let content: [UInt8]?
    switch member.method {
    case 0: content = packed.count == member.unpacked ? Array(packed) : nil
    case 8: content = inflate(packed, to: member.unpacked)
    default: content = nil
    }
    guard let content else { return nil }
    let checksum = content.withUnsafeBufferPointer {
      crc32_z(0, $0.baseAddress, $0.count)
    }
    return UInt32(truncatingIfNeeded: checksum) == member.checksum ? content : nil
  }

  /// Inflates to exactly `count` bytes.
  private static func inflate(_ packed: ArraySlice<UInt8>, to count: Int) -> [UInt8]? {
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
