import Foundation
import GRDB
import Recipes

/// A favorite as a row of the index; tags and sources have tables of their own.
extension Favorite {
  init(_ row: Row, tags: [String], sources: [Source], in pictures: PictureFolder) throws {
    guard let id = row.text("id").flatMap(UUID.init), let file = row.text("file"),
      PictureFolder.isName(file), let created = row.integer("created"),
      let recipe: Recipe = row.text("recipe").flatMap({ JSON.value($0) }),
      let width = row.integer("width"), let height = row.integer("height")
    else {
      throw FavoriteError.damaged(
        path: pictures.path(of: row.text("file") ?? "?"), reason: "its entry is not understood")
    }
    let losses = row.number("totalLoss").map { total in
      Losses(
        total: total, content: row.number("contentLoss") ?? .nan,
        style: row.number("styleLoss") ?? .nan, tv: row.number("tvLoss") ?? .nan)
    }
    let parent = row.text("parent").flatMap(UUID.init)
    let iterate = row.integer("parentIterate").map(Int.init)
    self.init(
      id: id, created: Date(milliseconds: created),
      origin: Origin(
        recipe: recipe, sources: sources, losses: losses,
        metrics: row.text("metrics").flatMap { JSON.value($0) } ?? [:],
        seconds: row.number("seconds"), iterations: row.integer("iterations").map(Int.init),
        lineage: parent == nil && iterate == nil
          ? nil : Lineage(parent: parent, iterate: iterate)),
      annotation: Annotation(
        title: row.text("title") ?? "", note: row.text("note") ?? "",
        rating: Int(row.integer("rating") ?? 0), tags: tags
      ).normalized,
      picturePath: pictures.path(of: file), width: Int(width), height: Int(height),
      pixelHash: row.text("pixelHash") ?? "",
      removed: row.integer("removed").map(Date.init(milliseconds:)))
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
