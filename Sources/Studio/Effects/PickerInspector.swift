import Files
import Foundation
import Pictures
import Tensors
import Terminal

/// Looks into picture files that nobody vouches for: their facts, and small copies of them.
///
/// It belongs to one queue at a time.
final class PickerInspector {
  /// The longer side of a small copy, in pixels.
  static let side = 320

  /// Larger files are not looked into.
  private static let limit = PictureLimit(fileBytes: 256 << 20)

  /// What tells of a JPEG's size is hardly ever farther from its beginning.
  private static let prefix = 256 << 10

  private let cache: ThumbnailCache

  // The other core is the engine's.
  private let workers = Workers(threads: 1)

  init(cache: ThumbnailCache) { self.cache = cache }

  /// What a file says of its picture, from the cache where that knows it.
  func facts(_ wish: PickerWish) -> PickerFacts {
    if let header = cache.header(for: wish) { return PickerFacts(header: header) }
    let path = wish.path.printable
    do throws(PictureError) {
      try requireFile(wish.path)
      let start = try bytes { () throws(FileError) in
        try FileBytes.readPrefix(wish.path, count: Self.prefix)
      }
      // Of other formats the orientation may come last, and with it which side is which.
      let isWhole = start.count < Self.prefix
      if isWhole || start.starts(with: [0xFF, 0xD8]) {
        do {
          return try PickerFacts(header: header(start, path))
        } catch  where isWhole {
          throw error
        } catch {}  // the first bytes did not do
      } else if !Self.isPicture(start) {
        throw .unrecognized(path: path)
      }
      return try PickerFacts(header: header(whole(wish.path), path))
    } catch {
      return PickerFacts(failure: error.description)
    }
  }

  /// A small copy of a picture, from the cache where that has it, and its facts.
  func thumbnail(_ wish: PickerWish) -> (facts: PickerFacts, picture: Picture?) {
    if let (header, picture) = cache.thumbnail(for: wish) {
      return (PickerFacts(header: header, isDecoded: true), picture)
    }
    let path = wish.path.printable
    var facts = PickerFacts()
    do throws(PictureError) {
      try requireFile(wish.path)
      let start = try bytes { () throws(FileError) in
        try FileBytes.readPrefix(wish.path, count: 16)
      }
      if start.isEmpty { throw .empty(path: path) }
      guard Self.isPicture(start) else { throw .unrecognized(path: path) }
      let bytes = try whole(wish.path)
      let header = try header(bytes, path)
      facts.header = header
      let picture = try PictureDecoder.decode(bytes, named: path, limit: Self.limit)
      let side = min(Self.side, max(picture.width, picture.height))
      let small = picture.thumbnail(longerSide: side, on: workers)
      cache.keep(small, header, for: wish)
      facts.isDecoded = true
      return (facts, small)
    } catch {
      facts.failure = error.description
      return (facts, nil)
    }
  }

  private func header(
    _ bytes: [UInt8], _ path: String
  ) throws(PictureError) -> PickerFacts.Header {
    let header = try PictureDecoder.header(bytes, named: path, limit: Self.limit)
    return PickerFacts.Header(
      format: header.format, width: header.width, height: header.height)
  }

  private func whole(_ path: RawPath) throws(PictureError) -> [UInt8] {
    try bytes { () throws(FileError) in
      try FileBytes.read(path, limit: Self.limit.fileBytes)
    }
  }

  private func bytes(
    _ read: () throws(FileError) -> [UInt8]
  ) throws(PictureError) -> [UInt8] {
    do { return try read() } catch { throw .file(error) }
  }

  /// Opening a pipe or a device can have effects, so what a path leads to is asked before.
  private func requireFile(_ path: RawPath) throws(PictureError) {
    guard let status = PickerFolder.status(of: path) else {
      throw .file(.missing(path: path.printable))
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw .file(.notAFile(path: path.printable))
    }
  }

  /// Whether the first bytes are those of a format that is read.
  private static func isPicture(_ start: [UInt8]) -> Bool {
    start.starts(with: [0x89, 0x50, 0x4E, 0x47]) || start.starts(with: [0xFF, 0xD8, 0xFF])
      || (start.starts(with: "RIFF".utf8) && start.dropFirst(8).starts(with: "WEBP".utf8))
  }
}
