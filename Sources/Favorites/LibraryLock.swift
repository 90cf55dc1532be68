import Files
import Foundation

/// Tells the processes that use a library from the one that makes it anew.
///
/// SQLite's own locks order the writers; this one keeps the file from being replaced beneath them. The
/// kernel releases it with the process, however that ends.
final class LibraryLock: Sendable {
  private let descriptor: Int32

  /// Takes the lock of the library in a folder.
  ///
  /// - Throws: `FavoriteError.locked` when others use the library and this lock is to be exclusive, or
  ///   the other way round.
  init(folder: String, exclusively: Bool) throws(FavoriteError) {
    let path = "\(folder)/library.lock"
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw .file(.cannotCreate(path: path, errno: errno)) }
    guard flock(descriptor, (exclusively ? LOCK_EX : LOCK_SH) | LOCK_NB) == 0 else {
      close(descriptor)
      throw .locked(path: FavoriteLibrary.indexPath(in: folder))
    }
  }

  /// Lets others in.
  func share() { flock(descriptor, LOCK_SH) }

  deinit { close(descriptor) }
}
