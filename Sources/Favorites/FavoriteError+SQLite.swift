import Files
import GRDB
import Pictures

extension FavoriteError {
  /// What went wrong in a transaction on the library at `path`.
  init(_ error: any Error, path: String) {
    switch error {
    case let error as FavoriteError: self = error
    case let error as FileError: self = .file(error)
    case let error as PictureError: self = .picture(error)
    case let error as DatabaseError: self.init(error, path: path)
    default: self = .failed(path: path, reason: "\(error)")
    }
  }

  private init(_ error: DatabaseError, path: String) {
    let reason = error.message ?? "\(error.resultCode)"
    switch error.resultCode {
    case .SQLITE_CORRUPT, .SQLITE_NOTADB: self = .damaged(path: path, reason: reason)
    // What SQLite says of a header that another program would have to have written.
    case .SQLITE_ERROR where reason == "unsupported file format":
      self = .damaged(path: path, reason: reason)
    case .SQLITE_BUSY, .SQLITE_LOCKED: self = .locked(path: path)
    case .SQLITE_FULL: self = .diskFull(path: path)
    case .SQLITE_READONLY, .SQLITE_PERM: self = .readOnly(path: path)
    default: self = .failed(path: path, reason: reason)
    }
  }
}
