import Files
import Foundation
import GRDB

extension FavoriteLibrary {
  /// What came of making a library anew.
  public struct Rebuilding: Sendable {
    /// The new library.
    public let library: FavoriteLibrary
    /// Where the broken index is now; nil when there was none.
    public let setAside: String?
    /// What became of the pictures.
    public let arrivals: Arrivals
  }

  /// Makes a new index from the pictures in a data folder, which carry their recipes and what is said of
  /// them; the index that was there is moved aside, and what can be read of it is used.
  ///
  /// - Throws: `FavoriteError.locked` when another process uses the library.
  public static func rebuild(folder: String) throws(FavoriteError) -> Rebuilding {
    let lock = try LibraryLock(folder: folder, exclusively: true)
    let setAside = try setAsideIndex(in: folder)
    let library = try FavoriteLibrary(folder: folder, lock: lock)
    let arrivals = try library.adoptLoose(salvaged: setAside.map(salvage) ?? [:])
    lock.share()
    return Rebuilding(library: library, setAside: setAside, arrivals: arrivals)
  }

  private static func setAsideIndex(in folder: String) throws(FavoriteError) -> String? {
    let index = indexPath(in: folder)
    guard access(index, F_OK) == 0 else { return nil }
    var number = 1
    while access("\(folder)/library-broken-\(number).sqlite", F_OK) == 0 { number += 1 }
    let aside = "\(folder)/library-broken-\(number).sqlite"
    // The log first: a broken index without one is moved again, the other way round it would be used.
    for suffix in ["-wal", "-shm", ""] where access(index + suffix, F_OK) == 0 {
      guard rename(index + suffix, aside + suffix) == 0 else {
        throw .file(.writeFailed(path: index + suffix, errno: errno))
      }
    }
    return aside
  }

  /// What a broken index still says of its pictures, by their files' names.
  private static func salvage(_ path: String) -> [String: FavoriteRecord] {
    guard let queue = try? DatabaseQueue(path: path) else { return [:] }
    var records: [String: FavoriteRecord] = [:]
    let pictures = PictureFolder(path: "")
    // From both ends, up to where it is broken.
    for order in ["ASC", "DESC"] {
      _ = try? queue.read { db in
        let rows = try Row.fetchCursor(
          db, sql: "SELECT * FROM favorite NOT INDEXED ORDER BY key \(order)")
        while let row = try rows.next() {
          guard let file = row.text("file"), records[file] == nil, let key = row.integer("key")
          else { continue }
          let parts = try? parts(of: [key], in: db)
          let favorite = try? Favorite(
            row, tags: parts?.tags[key] ?? [], sources: parts?.sources[key] ?? [], in: pictures)
          records[file] = favorite.map(FavoriteRecord.init)
        }
      }
    }
    return records
  }
}
