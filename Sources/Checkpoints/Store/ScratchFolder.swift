import Files
import Foundation

/// A folder inside another, for files on their way into it; gone when this value is.
///
/// It is locked for as long as it is used, so that the next one can tell which folders a process
/// that was killed has left, and remove those.
struct ScratchFolder: ~Copyable {
  private static let prefix = ".install-"

  let path: String
  private let lock: Int32

  init(in folder: String) throws(CheckpointError) {
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw .file(.cannotCreate(path: folder, errno: error.posixCode ?? EACCES))
    }
    Self.removeAbandoned(in: folder)
    (path, lock) = try Self.create(in: folder)
  }

  private static func create(in folder: String) throws(CheckpointError) -> (String, Int32) {
    while true {
      // mkdtemp puts a unique name in place of the six X.
      var template = Array("\(folder)/\(prefix)XXXXXX".utf8CString)
      guard mkdtemp(&template) != nil else {
        throw .file(.cannotCreate(path: folder, errno: errno))
      }
      let path = template.withUnsafeBufferPointer { buffer in
        buffer.baseAddress.map { String(cString: $0) } ?? ""
      }
      // Not inherited by the downloader, which would keep the lock if we were killed.
      let lock = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      if lock >= 0, flock(lock, LOCK_EX | LOCK_NB) == 0, access(path, W_OK) == 0 {
        return (path, lock)
      }
      // Another process took the folder for abandoned before it was locked, or removed it already.
      let code = errno
      close(lock)
      guard [EWOULDBLOCK, ENOENT].contains(code) else {
        throw .file(.cannotCreate(path: folder, errno: code))
      }
    }
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
    close(lock)
  }

  private static func removeAbandoned(in folder: String) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    for name in names where name.hasPrefix(prefix) {
      let descriptor = open("\(folder)/\(name)", O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW)
      guard descriptor >= 0 else { continue }
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 {
        try? FileManager.default.removeItem(atPath: "\(folder)/\(name)")
      }
      close(descriptor)
    }
  }
}
