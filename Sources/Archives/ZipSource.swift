import Files
import Foundation

/// The bytes of an archive: in memory, or in a file of any size.
enum ZipSource: Sendable {
  case memory([UInt8])
  case file(OpenFile)

  /// Opens a regular file.
  init(path: String) throws(ZipError) {
    do { self = .file(try OpenFile(path: path)) } catch { throw .file(error) }
  }

  /// How many there are.
  var count: Int {
    switch self {
    case .memory(let bytes): bytes.count
    case .file(let file): file.byteCount
    }
  }

  /// A part; nil when it is not wholly inside or cannot be read.
  func bytes(at offset: Int, count: Int) -> [UInt8]? {
    guard offset >= 0, count >= 0, offset <= self.count, count <= self.count - offset else {
      return nil
    }
    switch self {
    case .memory(let bytes): return Array(bytes[offset..<offset + count])
    case .file(let file): return file.bytes(at: offset, count: count)
    }
  }
}
