import Foundation

/// Reads whole files that nobody vouches for.
public enum FileBytes {
  /// The bytes of the regular file at `path`.
  ///
  /// - Parameters:
  ///   - path: a file; a folder, pipe or device is refused without waiting on it.
  ///   - limit: the most bytes to read, checked before anything is allocated.
  public static func read(_ path: String, limit: Int = .max) throws(FileError) -> [UInt8] {
    let descriptor = try open(path)
    defer { close(descriptor) }
    return try read(descriptor, path: path, limit: limit)
  }

  /// The bytes of the regular file at a path that need not be text; errors bear its printable form.
  public static func read(_ path: RawPath, limit: Int = .max) throws(FileError) -> [UInt8] {
    let (descriptor, name) = (try open(path), path.printable)
    defer { close(descriptor) }
    return try read(descriptor, path: name, limit: limit)
  }

  /// The first bytes of the regular file at a path, at most `count` of them.
  public static func readPrefix(_ path: RawPath, count: Int) throws(FileError) -> [UInt8] {
    let (descriptor, name) = (try open(path), path.printable)
    defer { close(descriptor) }
    return try read(descriptor, path: name, limit: .max, prefix: count)
  }

  private static func read(
    _ descriptor: Int32, path: String, limit: Int, prefix: Int = .max
  ) throws(FileError) -> [UInt8] {
    let size = min(try size(of: descriptor, path: path), prefix)
    guard size <= limit else { throw .tooLarge(path: path, bytes: size, limit: limit) }
    var code: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size {
        let got = Foundation.read(descriptor, buffer.baseAddress.map { $0 + count }, size - count)
        if got == 0 { break }  // it shrank meanwhile
        if got > 0 {
          count += got
        } else if errno != EINTR {
          code = errno
          break
        }
      }
    }
    guard code == 0 else { throw .unreadable(path: path, errno: code) }
    return bytes
  }

  static func open(_ path: String) throws(FileError) -> Int32 {
    try check(Foundation.open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC), path: path)
  }

  private static func open(_ path: RawPath) throws(FileError) -> Int32 {
    try path.withCString { bytes throws(FileError) in
      try check(
        Foundation.open(bytes, O_RDONLY | O_NONBLOCK | O_CLOEXEC), path: path.printable)
    }
  }

  private static func check(_ descriptor: Int32, path: String) throws(FileError) -> Int32 {
    if descriptor >= 0 { return descriptor }
    if errno == ENOENT || errno == ENOTDIR { throw .missing(path: path) }
    throw .unreadable(path: path, errno: errno)
  }

  static func size(of descriptor: Int32, path: String) throws(FileError) -> Int {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .unreadable(path: path, errno: errno) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile(path: path) }
    return Int(status.st_size)
  }
}
