import Foundation
import GRDB
import Pictures

extension FavoriteLibrary {
  /// The favorites that match, a page of them.
  public func favorites(
    matching query: FavoriteQuery = FavoriteQuery(), limit: Int = 100, offset: Int = 0
  ) throws(FavoriteError) -> [Favorite] {
    let (condition, arguments) = query.condition
    let order = query.order.expression
    return try read { db in
      // Only keys are sorted: whole rows would be ten times the work.
      let sql = """
        SELECT * FROM favorite WHERE key IN (
          SELECT key FROM favorite WHERE \(condition) ORDER BY \(order) LIMIT ? OFFSET ?)
        ORDER BY \(order)
        """
      let rows = try Row.fetchAll(
        db, sql: sql, arguments: arguments + [max(0, limit), max(0, offset)])
      return try complete(rows, in: db)
    }
  }

  /// How many favorites match.
  public func count(
    matching query: FavoriteQuery = FavoriteQuery()
  ) throws(FavoriteError) -> Int {
    let (condition, arguments) = query.condition
    return try read { db in
      try Int.fetchOne(
        db, sql: "SELECT count(*) FROM favorite WHERE \(condition)", arguments: arguments) ?? 0
    }
  }

  /// The favorite of this id, in the trash or not.
  public func favorite(_ id: UUID) throws(FavoriteError) -> Favorite {
    try read { db in try favorite(id, in: db).favorite }
  }

  /// The only favorite whose id begins like this; those in the trash count only in full.
  public func favorite(beginning start: String) throws(FavoriteError) -> Favorite {
    if let id = UUID(uuidString: start) { return try favorite(id) }
    let wanted = start.uppercased()
    guard !wanted.isEmpty, wanted.allSatisfy({ $0.isHexDigit || $0 == "-" }) else {
      throw .notFound(id: start)
    }
    let ids = try read { db in
      try String.fetchAll(
        db, sql: "SELECT id FROM favorite WHERE removed IS NULL AND id GLOB ?",
        arguments: ["\(wanted)*"])
    }
    guard let id = ids.first.flatMap(UUID.init) else { throw .notFound(id: start) }
    guard ids.count == 1 else { throw .ambiguous(id: start, count: ids.count) }
    return try favorite(id)
  }

  /// The favorite that has these pixels; nil when there is none.
  public func favorite(showing picture: Picture) throws(FavoriteError) -> Favorite? {
    try favorite(pixelHash: picture.pixelHash)
  }

  func favorite(pixelHash: String) throws(FavoriteError) -> Favorite? {
    try read { db in
      try complete(
        Row.fetchAll(
          db, sql: "SELECT * FROM favorite WHERE pixelHash = ? AND removed IS NULL",
          arguments: [pixelHash]), in: db
      ).first
    }
  }

  /// All tags, with how many favorites bear them, the most frequent first.
  public func tags() throws(FavoriteError) -> [(name: String, count: Int)] {
    try names(
      """
      SELECT min(tag.name) AS name, count(*) AS count FROM tag JOIN favorite ON key = favorite
      WHERE removed IS NULL GROUP BY tag.name ORDER BY count DESC, name
      """)
  }

  /// The file names of all paintings, with how many favorites were made with them.
  public func styles() throws(FavoriteError) -> [(name: String, count: Int)] {
    try names(
      """
      SELECT name, count(DISTINCT favorite) AS count FROM source JOIN favorite ON key = favorite
      WHERE removed IS NULL AND role = 'style' GROUP BY name ORDER BY count DESC, name
      """)
  }

  private func names(_ sql: String) throws(FavoriteError) -> [(name: String, count: Int)] {
    try read { db in
      try Row.fetchAll(db, sql: sql).map {
        ($0.text("name") ?? "", Int($0.integer("count") ?? 0))
      }
    }
  }

  /// A small copy of a favorite's picture, at most 256 pixels a side.
  public func thumbnail(of id: UUID) throws(FavoriteError) -> Picture {
    let bytes = try read { db in
      try Data.fetchOne(
        db,
        sql: "SELECT image FROM thumbnail JOIN favorite ON key = favorite WHERE id = ?",
        arguments: [id.uuidString])
    }
    guard let bytes else { throw .notFound(id: id.uuidString.lowercased()) }
    do { return try PictureDecoder.decode([UInt8](bytes), named: path) } catch {
      throw .picture(error)
    }
  }

  /// The favorite of an id and its row's key.
  func favorite(_ id: UUID, in db: Database) throws -> (favorite: Favorite, key: Int64) {
    let row = try Row.fetchOne(
      db, sql: "SELECT * FROM favorite WHERE id = ?", arguments: [id.uuidString])
    guard let row, let key = row.integer("key") else {
      throw FavoriteError.notFound(id: id.uuidString.lowercased())
    }
    let parts = try Self.parts(of: [key], in: db)
    let favorite = try Favorite(
      row, tags: parts.tags[key] ?? [], sources: parts.sources[key] ?? [], in: pictures)
    return (favorite, key)
  }

  /// Favorites with their tags and sources, in the rows' order.
  ///
  /// An entry that is not understood, such as one with a recipe of a later version, hides no other.
  private func complete(_ rows: [Row], in db: Database) throws -> [Favorite] {
    let parts = try Self.parts(of: rows.compactMap { $0.integer("key") }, in: db)
    return rows.compactMap { row in
      let key = row.integer("key") ?? 0
      return try? Favorite(
        row, tags: parts.tags[key] ?? [], sources: parts.sources[key] ?? [], in: pictures)
    }
  }

  /// The tags and sources of the rows with these keys.
  static func parts(
    of keys: [Int64], in db: Database
  ) throws -> (tags: [Int64: [String]], sources: [Int64: [Favorite.Source]]) {
    let list = keys.map(String.init).joined(separator: ",")
    var tags: [Int64: [String]] = [:]
    for row in try Row.fetchAll(
      db, sql: "SELECT favorite, name FROM tag WHERE favorite IN (\(list)) ORDER BY name")
    {
      if let key = row.integer("favorite"), let name = row.text("name") {
        tags[key, default: []].append(name)
      }
    }
    var sources: [Int64: [Favorite.Source]] = [:]
    for row in try Row.fetchAll(
      db,
      sql: """
        SELECT favorite, role, path, sha256 FROM source WHERE favorite IN (\(list))
        ORDER BY favorite, position
        """)
    {
      if let key = row.integer("favorite"), let path = row.text("path"),
        let role = row.text("role").flatMap(Favorite.Source.Role.init)
      {
        sources[key, default: []].append(
          Favorite.Source(role: role, path: path, sha256: row.text("sha256")))
      }
    }
    return (tags, sources)
  }
}

extension FavoriteQuery {
  /// The query as a condition of SQL with its arguments.
  fileprivate var condition: (String, StatementArguments) {
    var conditions = ["removed IS \(isTrash ? "NOT " : "")NULL"]
    var arguments = StatementArguments()
    func add(_ condition: String, _ values: [any DatabaseValueConvertible]) {
      conditions.append(condition)
      arguments += StatementArguments(values.map(\.databaseValue))
    }
    if rating > 0 { add("rating >= ?", [rating]) }
    for tag in tags { add("key IN (SELECT favorite FROM tag WHERE name = ?)", [tag]) }
    if let style {
      add("key IN (SELECT favorite FROM source WHERE name = ? AND role = 'style')", [style])
    }
    if let pattern {
      add("key IN (SELECT rowid FROM search WHERE search MATCH ?)", [pattern])
    }
    return (conditions.joined(separator: " AND "), arguments)
  }
}

extension FavoriteQuery.Order {
  fileprivate var expression: String {
    switch self {
    case .newest: "created DESC, key DESC"
    case .oldest: "created, key"
    case .rating: "rating DESC, created DESC, key DESC"
    case .title: "title = '', title COLLATE NOCASE, created DESC, key DESC"
    case .loss: "totalLoss IS NULL, totalLoss, created DESC, key DESC"
    }
  }
}
