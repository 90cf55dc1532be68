import Foundation

/// A file's bytes, mapped read-only: pages are read when first touched and shared between processes.
///
/// Only for files that this program wrote itself and replaces by renaming, such as installed models:
/// touching a page that somebody cut off the file would be fatal.
public final class MappedFile: Sendable {
  // Never written, so any thread may read it.
  private nonisolated(unsafe) let bytes: UnsafeRawBufferPointer

  /// Maps the regular file at `path`.
  public init(path: String) throws(FileError) {
    let descriptor = try FileBytes.open(path)
    defer { close(descriptor) }
    let size = try FileBytes.size(of: descriptor, path: path)
    guard size > 0 else {
      bytes = UnsafeRawBufferPointer(start: nil, count: 0)
      return
    }
    guard let memory = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), memory != MAP_FAILED
    else { throw .unreadable(path: path, errno: errno) }
    bytes = UnsafeRawBufferPointer(start: memory, count: size)
  }

  /// Calls `body` with the bytes; the memory stays where it is for as long as this object lives.
  public func withBytes<R, E: Error>(
    _ body: (UnsafeRawBufferPointer) throws(E) -> R
  ) throws(E) -> R {
    defer { withExtendedLifetime(self) {} }
    return try body(bytes)
  }

  deinit {
    if let start = bytes.baseAddress {
      munmap(UnsafeMutableRawPointer(mutating: start), bytes.count)
    }
  }
}
