import Files
import Foundation
import Pictures

/// Small copies of pictures on disk, so that a folder seen before is there at once.
///
/// A file is named by a hash of the picture's path, size and time, so that a picture that changed has
/// another one. It holds a line, `impasto-thumbnail 1 FORMAT WIDTH HEIGHT CHECKSUM`, where format, width
/// and height are the picture's own and the checksum is FNV-1a of what follows: the copy as WebP. What
/// does not agree with its checksum is deleted and made anew. Reading a copy sets the file's time; the
/// ones not read for longest go when the folder outgrows its budget.
struct ThumbnailCache: Sendable {
  /// Where the copies are.
  let folder: String

  /// The bytes that all copies may take; after pruning it is four fifths of it.
  let budget: Int

  private static let fileLimit = 1 << 20
  private static let magic = "impasto-thumbnail 1"

  init(folder: String, budget: Int = 200 << 20) {
    self.folder = folder
    self.budget = budget
  }

  /// What the cache knows of a picture's file.
  func header(for wish: PickerWish) -> PickerFacts.Header? {
    guard let start = try? FileBytes.readPrefix(RawPath(path(for: wish)), count: 128) else {
      return nil
    }
    return Self.parse(start)?.header
  }

  /// The copy of a picture, and what the cache knows of the file.
  func thumbnail(for wish: PickerWish) -> (PickerFacts.Header, Picture)? {
    let path = path(for: wish)
    guard let bytes = try? FileBytes.read(path, limit: Self.fileLimit) else { return nil }
    let limit = PictureLimit(
      pixels: PickerInspector.side * PickerInspector.side, side: PickerInspector.side)
    guard let (header, checksum, count) = Self.parse(bytes),
      case let body = Array(bytes.dropFirst(count)), Self.hash(body) == checksum,
      let picture = try? PictureDecoder.decode(body, named: path, limit: limit)
    else {
      unlink(path)
      return nil
    }
    utimensat(AT_FDCWD, path, nil, 0)
    return (header, picture)
  }

  /// Keeps a copy; a cache that cannot be written is none, and nobody needs to know.
  func keep(_ picture: Picture, _ header: PickerFacts.Header, for wish: PickerWish) {
    guard let body = try? PictureEncoder.encode(picture, as: .webp) else { return }
    let checksum = String(Self.hash(body), radix: 16)
    let line =
      "\(Self.magic) \(header.format.rawValue) \(header.width) \(header.height) \(checksum)\n"
    try? FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    try? AtomicFile.write(Array(line.utf8) + body, to: path(for: wish))
  }

  /// Deletes the copies that were not read for longest, until the others keep within the budget.
  func prune() {
    var files: [(name: RawPath, bytes: Int, time: Int64)] = []
    try? PickerFolder.forEachName(in: RawPath(folder)) { descriptor, name, bytes in
      var status = stat()
      guard fstatat(descriptor, bytes, &status, AT_SYMLINK_NOFOLLOW) == 0,
        status.st_mode & S_IFMT == S_IFREG
      else { return true }
      files.append((name, Int(status.st_size), PickerFolder.modified(status)))
      return true
    }
    var total = files.reduce(0) { $0 + $1.bytes }
    guard total > budget else { return }
    for file in files.sorted(by: { $0.time < $1.time }) where total > budget / 5 * 4 {
      _ = RawPath(folder).appending(file.name).withCString { unlink($0) }
      total -= file.bytes
    }
  }

  /// Where the copy of a picture is.
  func path(for wish: PickerWish) -> String {
    var key = wish.path.bytes + [0]
    withUnsafeBytes(of: wish.byteCount.littleEndian) { key.append(contentsOf: $0) }
    withUnsafeBytes(of: wish.modified.littleEndian) { key.append(contentsOf: $0) }
    let digits = String(Self.hash(key), radix: 16)
    return "\(folder)/\(String(repeating: "0", count: 16 - digits.count))\(digits).thumbnail"
  }

  private static func parse(
    _ bytes: [UInt8]
  ) -> (header: PickerFacts.Header, checksum: UInt64, count: Int)? {
    guard let end = bytes.prefix(128).firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    let fields = String(decoding: bytes[..<end], as: UTF8.self).split(separator: " ")
    guard fields.count == 6, fields[0...1].joined(separator: " ") == magic,
      let format = PictureFormat(rawValue: String(fields[2])),
      let width = Int(fields[3]), let height = Int(fields[4]), width > 0, height > 0,
      let checksum = UInt64(fields[5], radix: 16)
    else { return nil }
    return (PickerFacts.Header(format: format, width: width, height: height), checksum, end + 1)
  }

  /// FNV-1a with 64 bits.
  static func hash(_ bytes: [UInt8]) -> UInt64 {
    bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
  }
}
