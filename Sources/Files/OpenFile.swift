import Foundation

/// A regular file that is read in parts, by nobody else's position.
public final class OpenFile: Sendable {
  /// How many bytes it had when it was opened.
  public let byteCount: Int

  private let descriptor: Int32

  /// Opens the regular file at `path`; a folder, pipe or device is refused without waiting on it.
  public init(path: String) throws(FileError) {
    descriptor = try FileBytes.open(path)
    do { byteCount = try FileBytes.size(of: descriptor, path: path) } catch {
      close(descriptor)
      throw error
    }
  }

  /// A part of it; nil when that is not there any more or cannot be read.
  public func bytes(at offset: Int, count: Int) -> [UInt8]? {
    guard offset >= 0, count >= 0, offset <= byteCount, count <= byteCount - offset else {
      return nil
    }
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        let got = pread(
          descriptor, buffer.baseAddress.map { $0 + filled }, count - filled, offset + filled)
        if got > 0 {
          filled += got
        } else if got == 0 || errno != EINTR {
          break
        }
      }
    }
    return bytes.count == count ? bytes : nil
  }

  deinit { close(descriptor) }
}
