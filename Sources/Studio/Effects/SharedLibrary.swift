import Favorites
import Synchronization

/// The library of favorites, opened when it is first needed, for all that use it.
final class SharedLibrary: Sendable {
  private let folder: String
  private let opened = Mutex<FavoriteLibrary?>(nil)

  /// The library in a data folder; nothing is opened yet.
  init(folder: String) { self.folder = folder }

  /// The library; opening it waits for disks.
  func library() throws(FavoriteError) -> FavoriteLibrary {
    try opened.withLock { library throws(FavoriteError) in
      if let library { return library }
      let new = try FavoriteLibrary(folder: folder)
      library = new
      return new
    }
  }

  /// Does something with the library; one that turns out to be damaged is opened, and checked, anew
  /// the next time.
  func use<Value>(
    _ body: (FavoriteLibrary) throws(FavoriteError) -> Value
  ) throws(FavoriteError) -> Value {
    do { return try body(library()) } catch {
      if case .damaged = error { opened.withLock { $0 = nil } }
      throw error
    }
  }

  /// Makes a new index from the pictures; nobody else may use the library meanwhile.
  func rebuild() throws(FavoriteError) -> FavoriteLibrary.Rebuilding {
    try opened.withLock { library throws(FavoriteError) in
      // Our own lock on the old index would be in the way.
      library = nil
      let rebuilding = try FavoriteLibrary.rebuild(folder: folder)
      library = rebuilding.library
      return rebuilding
    }
  }
}
