import Foundation

/// Writes a file whole or not at all: to a temporary name in the same folder, synced, then renamed.
///
/// A reader sees the old file or the new one; a crash or a full disk leaves the old one.
public struct AtomicFile: ~Copyable {
  private let path: String
  /// Where the bytes are until then; another program may write there, too, in place of `append`.
  public let temporaryPath: String
  private let descriptor: Int32

  /// Writes `bytes` to `path`, replacing a file of that name.
  public static func write(_ bytes: some Collection<UInt8>, to path: String) throws(FileError) {
    try write(to: path) { file throws(FileError) in try file.append(bytes) }
  }

  /// Replaces `path` by what `body` appends; keeps the old file when `body` throws.
  ///
  /// - Throws: `FileError`, or what `body` throws.
  public static func write(
    to path: String, _ body: (borrowing AtomicFile) throws -> Void
  ) throws {
    let file = try AtomicFile(replacing: path)
    do {
      try body(file)
      try file.commit()
    } catch {
      file.discard()
      throw error
    }
  }

  /// Replaces `path` by what `body` appends; keeps the old file when `body` throws.
  public static func write(
    to path: String, _ body: (borrowing AtomicFile) throws(FileError) -> Void
  ) throws(FileError) {
    let file = try AtomicFile(replacing: path)
    do {
      try body(file)
      try file.commit()
    } catch {
      file.discard()
      throw error
    }
  }

  /// Throws what writing to `path` would throw at once, and changes nothing.
  public static func requireWritable(_ path: String) throws(FileError) {
    try AtomicFile(replacing: path).discard()
  }

  private init(replacing path: String) throws(FileError) {
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      throw .cannotCreate(path: path, errno: EISDIR)
    }
    let folder = path.parentFolder
    // mkstemp puts a unique name in place of the six X.
    var template = Array("\(folder.isEmpty ? "." : folder)/.impasto-XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw .cannotCreate(path: path, errno: errno) }
    self.path = path
    self.descriptor = descriptor
    temporaryPath = template.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { String(cString: $0) } ?? ""
    }
    let mask = umask(0)
    umask(mask)
    fchmod(descriptor, 0o666 & ~mask)  // mkstemp grants the owner only
  }

  /// Adds bytes to the end.
  public borrowing func append(_ bytes: some Collection<UInt8>) throws(FileError) {
    if let result = bytes.withContiguousStorageIfAvailable({ appendAll(UnsafeRawBufferPointer($0)) }
    ) {
      try check(result)
    } else {
      try check(Array(bytes).withUnsafeBytes { appendAll($0) })
    }
  }

  /// Adds memory to the end.
  public borrowing func append(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
    try check(appendAll(bytes))
  }

  private func check(_ code: Int32) throws(FileError) {
    if code != 0 { throw .writeFailed(path: path, errno: code) }
  }

  /// Returns 0 or the `errno` of the write that failed.
  private func appendAll(_ bytes: UnsafeRawBufferPointer) -> Int32 {
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = Foundation.write(
        descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
      if written > 0 {
        rest = rest.dropFirst(written)
      } else if written == 0 || errno != EINTR {
        return written == 0 ? EIO : errno
      }
    }
    return 0
  }

  private func commit() throws(FileError) {
    guard fsync(descriptor) == 0, rename(temporaryPath, path) == 0 else {
      throw .writeFailed(path: path, errno: errno)
    }
    close(descriptor)
    let folder = path.parentFolder
    let folderDescriptor = open(folder.isEmpty ? "." : folder, O_RDONLY | O_DIRECTORY)
    if folderDescriptor >= 0 {  // some file systems cannot sync a folder; the file itself is safe
      fsync(folderDescriptor)
      close(folderDescriptor)
    }
  }

  private func discard() {
    close(descriptor)
    unlink(temporaryPath)
  }
}
