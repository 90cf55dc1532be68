import Files
import Foundation
import GRDB

/// The user's favorites: picture files in a folder, and an index of them in SQLite.
///
/// Everything here may be called from any thread, by several processes at once; it waits for disks, so
/// not from the thread that draws. A favorite that was returned is on the disk. Each picture carries its
/// recipe and what is said of it, so the index can be made anew from the pictures (`rebuild`).
public final class FavoriteLibrary: Sendable {
  /// The index.
  public let path: String

  /// Whether favorites can only be looked at, since nothing can be written where they are.
  public var isReadOnly: Bool { writer == nil }

  let pictures: PictureFolder
  let reader: any DatabaseReader
  private let writer: DatabasePool?
  private let lock: LibraryLock?

  /// Opens the library in a folder, which is created if need be, and checks that it is sound.
  public convenience init(folder: String) throws(FavoriteError) {
    try self.init(folder: folder, lock: nil)
  }

  /// Opens a library.
  ///
  /// - Parameters:
  ///   - folder: the data folder.
  ///   - lock: the lock, if it is taken already.
  ///   - patience: how many seconds to wait for another process.
  ///   - isWritable: whether files can be made in the folder; found out when nil.
  init(
    folder: String, lock: LibraryLock?, patience: TimeInterval = 5, isWritable: Bool? = nil
  ) throws(FavoriteError) {
    path = Self.indexPath(in: folder)
    pictures = PictureFolder(path: "\(folder)/pictures")
    guard isWritable ?? Self.isWritable(folder) else {
      reader = try Self.openForReading(path, patience: patience)
      writer = nil
      self.lock = nil
      try check()
      return
    }
    do {
      try FileManager.default.createDirectory(
        atPath: pictures.path, withIntermediateDirectories: true)
    } catch {
      throw .file(.cannotCreate(path: pictures.path, errno: Self.code(of: error)))
    }
    if let lock {
      self.lock = lock
    } else {
      self.lock = try LibraryLock(folder: folder, exclusively: false)
    }
    let pool = try Self.openForWriting(path, patience: patience)
    writer = pool
    reader = pool
    try check()
    try migrate(pool)
  }

  /// Reads in one transaction.
  func read<Value>(_ body: (Database) throws -> Value) throws(FavoriteError) -> Value {
    do { return try reader.read(body) } catch { throw FavoriteError(error, path: path) }
  }

  /// Writes in one transaction; no other process writes meanwhile.
  func write<Value>(_ body: (Database) throws -> Value) throws(FavoriteError) -> Value {
    guard let writer else { throw .readOnly(path: path) }
    do { return try writer.write(body) } catch { throw FavoriteError(error, path: path) }
  }

  /// Checks every page of the index, which takes a while; `init` checks the favorites themselves.
  public func checkThoroughly() throws(FavoriteError) {
    let report = try read { try String.fetchOne($0, sql: "PRAGMA integrity_check(1)") ?? "ok" }
    if report != "ok" { throw .damaged(path: path, reason: report) }
  }

  static func indexPath(in folder: String) -> String { "\(folder)/library.sqlite" }

  /// Checks the tables that hold what cannot be made anew; thumbnails are most of the file and can.
  private func check() throws(FavoriteError) {
    let report = try read { db -> String? in
      for table in ["favorite", "tag", "source"] where try db.tableExists(table) {
        let line = try String.fetchOne(db, sql: "PRAGMA quick_check('\(table)')")
        if let line, line != "ok" { return line }
      }
      return nil
    }
    if let report { throw .damaged(path: path, reason: report) }
  }

  private func migrate(_ pool: DatabasePool) throws(FavoriteError) {
    let migrator = Self.migrator
    do {
      guard try !pool.read(migrator.hasBeenSuperseded) else {
        throw FavoriteError.tooNew(path: path)
      }
      if try !pool.read(migrator.hasCompletedMigrations) { try migrator.migrate(pool) }
    } catch {
      throw FavoriteError(error, path: path)
    }
  }
}

extension FavoriteLibrary {
  private static func openForWriting(
    _ path: String, patience: TimeInterval
  ) throws(FavoriteError) -> DatabasePool {
    var configuration = Configuration()
    configuration.busyMode = .timeout(patience)
    configuration.maximumReaderCount = 3
    let start = ContinuousClock.now
    while true {
      do {
        let pool = try DatabasePool(path: path, configuration: configuration)
        // GRDB's NORMAL survives a crash, but a power cut may cost the last favorites.
        try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
        return pool
      } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
        // SQLite does not wait when two processes turn on the write-ahead log at once.
        guard start.duration(to: .now) < .seconds(patience) else { throw .locked(path: path) }
        usleep(10_000)
      } catch {
        throw FavoriteError(error, path: path)
      }
    }
  }

  /// Opens a library on a disk where SQLite cannot even create the files it coordinates with.
  private static func openForReading(
    _ path: String, patience: TimeInterval
  ) throws(FavoriteError) -> any DatabaseReader {
    guard FileManager.default.fileExists(atPath: path) else { throw .readOnly(path: path) }
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(patience)
    do {
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      _ = try queue.read { try $0.tableExists("favorite") }
      return queue
    } catch {
      // Nobody writes there, or SQLite would have been able to coordinate.
      let whole =
        path.hasPrefix("/") ? path : "\(FileManager.default.currentDirectoryPath)/\(path)"
      do {
        return try DatabaseQueue(
          path: "\(RawPath(whole).uri)?immutable=1", configuration: configuration)
      } catch {
        throw FavoriteError(error, path: path)
      }
    }
  }

  /// Whether files can be made in a folder, or in the one it would be created in.
  private static func isWritable(_ folder: String) -> Bool {
    var place = folder
    while !place.isEmpty, place != "/", access(place, F_OK) != 0 {
      place = place.parentFolder
    }
    return access(place.isEmpty ? "." : place, W_OK) == 0
  }

  private static func code(of error: any Error) -> Int32 {
    let error = error as NSError
    let inner = error.userInfo[NSUnderlyingErrorKey] as? NSError
    return Int32(truncatingIfNeeded: inner?.code ?? Int(EACCES))
  }
}
