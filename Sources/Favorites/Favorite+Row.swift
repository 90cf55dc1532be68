import Foundation
import GRDB
import Recipes

/// A favorite as a row of the index; tags and sources have tables of their own.
extension Favorite {
  init(_ row: Row, tags: [String], sources: [Source], in pictures: PictureFolder) throws {
    let path = pictures.path(of: row["file"])
    guard let id = UUID(uuidString: row["id"]), let recipe: Recipe = JSON.value(row["recipe"])
    else {
      throw FavoriteError.damaged(path: path, reason: "its entry is not understood")
    }
    var losses: Losses?
    if let total: Double = row["totalLoss"] {
      losses = Losses(
        total: total, content: row["contentLoss"] ?? .nan, style: row["styleLoss"] ?? .nan,
        tv: row["tvLoss"] ?? .nan)
    }
    let parent: String? = row["parent"]
    let iterate: Int? = row["parentIterate"]
    self.init(
      id: id, created: Date(milliseconds: row["created"]),
      origin: Origin(
        recipe: recipe, sources: sources, losses: losses,
        metrics: JSON.value(row["metrics"]) ?? [:],
        seconds: row["seconds"], iterations: row["iterations"],
        lineage: parent == nil && iterate == nil
          ? nil : Lineage(parent: parent.flatMap(UUID.init), iterate: iterate)),
      annotation: Annotation(
        title: row["title"], note: row["note"], rating: row["rating"], tags: tags),
      picturePath: path, width: row["width"], height: row["height"], pixelHash: row["pixelHash"],
      removed: (row["removed"] as Int64?).map(Date.init(milliseconds:)))
  }

  /// Adds this favorite, with its thumbnail, to the index.
  func insert(into db: Database, file: String, thumbnail: [UInt8]) throws {
    try db.execute(
      sql: """
        INSERT INTO favorite (id, created, removed, title, note, rating, file, width, height,
          pixelHash, recipe, totalLoss, contentLoss, styleLoss, tvLoss, metrics, seconds, iterations,
          parent, parentIterate)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        id.uuidString, created.milliseconds, removed?.milliseconds, annotation.title,
        annotation.note, annotation.rating, file, width, height, pixelHash,
        JSON.text(origin.recipe), origin.losses?.total, origin.losses?.content,
        origin.losses?.style, origin.losses?.tv, JSON.text(origin.metrics), origin.seconds,
        origin.iterations, origin.lineage?.parent?.uuidString, origin.lineage?.iterate,
      ])
    let key = db.lastInsertedRowID
    try db.execute(
      sql: "INSERT INTO thumbnail (favorite, image) VALUES (?, ?)",
      arguments: [key, Data(thumbnail)])
    for (position, source) in origin.sources.enumerated() {
      try db.execute(
        sql: """
          INSERT INTO source (favorite, position, role, path, name, sha256) VALUES (?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          key, position, source.role.rawValue, source.path, source.name, source.sha256,
        ])
    }
    try index(in: db, key: key)
  }

  /// Replaces what the index says of tags and what it can be searched by.
  func index(in db: Database, key: Int64) throws {
    try db.execute(sql: "DELETE FROM tag WHERE favorite = ?", arguments: [key])
    for tag in annotation.tags {
      try db.execute(
        sql: "INSERT OR IGNORE INTO tag (favorite, name) VALUES (?, ?)", arguments: [key, tag])
    }
    try db.execute(sql: "DELETE FROM search WHERE rowid = ?", arguments: [key])
    try db.execute(
      sql: "INSERT INTO search (rowid, title, note, tags, sources) VALUES (?, ?, ?, ?, ?)",
      arguments: [
        key, annotation.title, annotation.note, annotation.tags.joined(separator: "\n"),
        origin.sources.map(\.name).joined(separator: "\n"),
      ])
  }
}
