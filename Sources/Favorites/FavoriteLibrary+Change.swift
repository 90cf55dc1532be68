import Files
import Foundation
import GRDB
import Pictures

extension FavoriteLibrary {
  /// Changes what is said of a favorite, in the index and in its picture.
  ///
  /// - Returns: the favorite as it is now.
  @discardableResult public func update(
    _ id: UUID, _ change: (inout Favorite.Annotation) -> Void
  ) throws(FavoriteError) -> Favorite {
    try write { db in
      let (old, key) = try favorite(id, in: db)
      var annotation = old.annotation
      change(&annotation)
      annotation = annotation.normalized
      if annotation == old.annotation { return old }
      try db.execute(
        sql: "UPDATE favorite SET title = ?, note = ?, rating = ? WHERE key = ?",
        arguments: [annotation.title, annotation.note, annotation.rating, key])
      let new = old.with(annotation: annotation, removed: old.removed)
      try new.index(in: db, key: key)
      new.refreshPicture()
      return new
    }
  }

  /// Adds measures of quality, by name, to those of a favorite, in the index and in its picture.
  ///
  /// - Returns: the favorite as it is now.
  @discardableResult public func measure(
    _ id: UUID, _ metrics: [String: Double]
  ) throws(FavoriteError) -> Favorite {
    try write { db in
      let (old, key) = try favorite(id, in: db)
      let new = old.with(metrics: old.origin.metrics.merging(metrics) { $1 })
      if new.origin.metrics == old.origin.metrics { return old }
      try db.execute(
        sql: "UPDATE favorite SET metrics = ? WHERE key = ?",
        arguments: [JSON.text(new.origin.metrics), key])
      new.refreshPicture()
      return new
    }
  }

  /// Moves favorites to the trash, from where `restore` brings them back.
  public func remove(_ ids: [UUID], at time: Date = Date()) throws(FavoriteError) {
    try setRemoved(ids, to: time)
  }

  /// Brings favorites back from the trash.
  ///
  /// - Throws: `FavoriteError.duplicate` when the same pixels were kept again meanwhile.
  public func restore(_ ids: [UUID]) throws(FavoriteError) { try setRemoved(ids, to: nil) }

  private func setRemoved(_ ids: [UUID], to time: Date?) throws(FavoriteError) {
    try write { db in
      for id in ids {
        let (old, key) = try favorite(id, in: db)
        guard (old.removed == nil) != (time == nil) else { continue }
        let new = old.with(annotation: old.annotation, removed: time)
        try requireNew(new, in: db)
        try db.execute(
          sql: "UPDATE favorite SET removed = ? WHERE key = ?",
          arguments: [time?.milliseconds, key])
        new.refreshPicture()
      }
    }
  }

  /// Deletes what was moved to the trash before a time, pictures and all.
  ///
  /// - Returns: how many favorites that were.
  @discardableResult public func purge(removedBefore time: Date) throws(FavoriteError) -> Int {
    try write { db in
      // Files first: an entry in the trash may lack its picture, but a picture without an entry would
      // be taken for one to adopt.
      let rows = try Row.fetchAll(
        db, sql: "SELECT key, file FROM favorite WHERE removed < ?",
        arguments: [time.milliseconds])
      for row in rows {
        guard let file = row.text("file"), PictureFolder.isName(file) else { continue }
        let path = pictures.path(of: file)
        unlink(PictureFolder.sidecar(of: path))
        guard unlink(path) == 0 || errno == ENOENT else {
          throw FileError.writeFailed(path: path, errno: errno)
        }
      }
      for row in rows {
        let key = row.integer("key")
        try db.execute(sql: "DELETE FROM search WHERE rowid = ?", arguments: [key])
        try db.execute(sql: "DELETE FROM favorite WHERE key = ?", arguments: [key])
      }
      return rows.count
    }
  }
}

extension Favorite {
  func with(annotation: Annotation, removed: Date?) -> Favorite {
    Favorite(
      id: id, created: created, origin: origin, annotation: annotation, picturePath: picturePath,
      width: width, height: height, pixelHash: pixelHash,
      removed: removed.map { Date(milliseconds: $0.milliseconds) })
  }

  func with(metrics: [String: Double]) -> Favorite {
    var origin = origin
    origin.metrics = metrics
    return Favorite(
      id: id, created: created, origin: origin, annotation: annotation, picturePath: picturePath,
      width: width, height: height, pixelHash: pixelHash, removed: removed)
  }

  /// Has the picture say what the index says; the index is right if that fails, as on a full disk.
  fileprivate func refreshPicture() {
    guard let bytes = try? FileBytes.read(picturePath, limit: PictureLimit.standard.fileBytes),
      let refreshed = try? embedded(in: bytes)
    else { return }
    try? AtomicFile.write(refreshed, to: picturePath)
  }
}
