import Files
import Foundation
import GRDB
import Pictures
import Recipes

extension FavoriteLibrary {
  /// What became of picture files.
  public struct Arrivals: Sendable {
    /// Those that are favorites now.
    public var favorites: [Favorite] = []
    /// Those that are not, and why.
    public var refused: [(path: String, error: FavoriteError)] = []
  }

  /// Takes in the pictures that lie in the library's folder and are in no entry: pictures with a recipe
  /// in them or in a `.yaml` file beside them, where they are.
  public func importLoose() throws(FavoriteError) -> Arrivals {
    try adoptLoose(salvaged: [:])
  }

  func adoptLoose(salvaged: [String: FavoriteRecord]) throws(FavoriteError) -> Arrivals {
    var arrivals = Arrivals()
    pictures.removeLeftovers()
    let known = try read { try Set(String.fetchAll($0, sql: "SELECT file FROM favorite")) }
    for name in try pictures.names() where !known.contains(name) {
      do {
        if let favorite = try adopt(name, salvaged: salvaged[name]) {
          arrivals.favorites.append(favorite)
        }
      } catch {
        // What stops one may stop all: a full disk is not the picture's fault.
        guard error.kind == .badData || error.kind == .missing else { throw error }
        arrivals.refused.append((pictures.path(of: name), error))
      }
    }
    return arrivals
  }

  /// Copies a picture that carries its recipe, or has one beside it, into the library.
  ///
  /// - Throws: `FavoriteError.duplicate` when it is there already.
  public func `import`(_ path: String) throws(FavoriteError) -> Favorite {
    try takeIn(Self.arrival(from: path, record: nil))
  }

  /// Adds what was read elsewhere.
  func takeIn(_ arrival: consuming Arrival) throws(FavoriteError) -> Favorite {
    var arrival = arrival
    // A favorite that was exported, removed here and imported again is a new one.
    if (try? favorite(arrival.id)) != nil { arrival.id = UUID() }
    arrival.removed = nil
    return try add(arrival)
  }

  /// Makes an entry for a file of the folder; nil when another process was faster.
  private func adopt(_ name: String, salvaged: FavoriteRecord?) throws(FavoriteError) -> Favorite? {
    let path = pictures.path(of: name)
    let arrival = try Self.arrival(from: path, record: salvaged)
    var favorite = arrival.favorite(at: path)
    let thumbnail = try Self.thumbnail(of: arrival.picture)
    return try write { db in
      let isKnown = try Bool.fetchOne(
        db, sql: "SELECT EXISTS (SELECT * FROM favorite WHERE file = ?)", arguments: [name])
      guard isKnown != true, access(path, F_OK) == 0 else { return nil }
      if try Bool.fetchOne(
        db, sql: "SELECT EXISTS (SELECT * FROM favorite WHERE id = ?)",
        arguments: [favorite.id.uuidString]) == true
      {
        favorite = favorite.renamed  // a copy that somebody made of the file
      }
      try requireNew(favorite, in: db)
      try favorite.insert(into: db, file: name, thumbnail: thumbnail)
      return favorite
    }
  }

  /// Reads a picture that nobody vouches for, with what it says of itself.
  ///
  /// - Parameters:
  ///   - path: the picture.
  ///   - record: what is known better than by the picture.
  private static func arrival(
    from path: String, record: FavoriteRecord?
  ) throws(FavoriteError) -> Arrival {
    let bytes: [UInt8]
    do { bytes = try FileBytes.read(path, limit: PictureLimit.standard.fileBytes) } catch {
      throw .file(error)
    }
    var status = stat()
    let modified =
      stat(path, &status) == 0
      ? Date(
        timeIntervalSince1970: Double(status.st_mtim.tv_sec) + Double(status.st_mtim.tv_nsec) / 1e9)
      : Date()
    return try arrival(bytes, named: path, modified: modified, record: record) {
      () throws(RecipeError) in try RecipeFile.read(PictureFolder.sidecar(of: path))
    }
  }

  /// Reads the bytes of a picture that nobody vouches for, with what it says of itself.
  ///
  /// - Parameters:
  ///   - bytes: the file.
  ///   - path: the name that errors bear, and what relative paths in its recipe are relative to.
  ///   - modified: when it was changed last.
  ///   - record: what is known better than by the picture.
  ///   - sidecar: reads the recipe beside it.
  static func arrival(
    _ bytes: [UInt8], named path: String, modified: Date, record: FavoriteRecord? = nil,
    sidecar: () throws(RecipeError) -> Recipe
  ) throws(FavoriteError) -> Arrival {
    let picture: Picture
    let format: PictureFormat
    do {
      format = try PictureDecoder.header(bytes, named: path).format
      picture = try PictureDecoder.decode(bytes, named: path)
    } catch {
      throw .picture(error)
    }
    let metadata = PictureDecoder.metadata(bytes)
    let recipe = try recipe(of: path, metadata, sidecar: sidecar)
    // Without a record: what the sources are by now says nothing of what they were.
    let record =
      record ?? metadata.record.flatMap(FavoriteRecord.init(json:))
      ?? FavoriteRecord(sources: Favorite.Source.all(of: recipe) { _ in nil })
    return Arrival(
      id: record.id ?? UUID(),
      created: record.created.map(Date.init(milliseconds:)) ?? modified,
      removed: record.removed.map(Date.init(milliseconds:)),
      annotation: record.annotation ?? Favorite.Annotation(),
      origin: record.origin(recipe: recipe),
      picture: picture, bytes: bytes, format: format)
  }

  private static func recipe(
    of path: String, _ metadata: PictureMetadata, sidecar: () throws(RecipeError) -> Recipe
  ) throws(FavoriteError) -> Recipe {
    do {
      if let text = metadata.recipe { return try RecipeFile.recipe(in: text, named: path) }
      return try sidecar()
    } catch .file(.missing) {
      throw .noRecipe(path: path)
    } catch {
      throw .recipe(path: path, error)
    }
  }
}

extension Favorite {
  fileprivate var renamed: Favorite {
    Favorite(
      id: UUID(), created: created, origin: origin, annotation: annotation,
      picturePath: picturePath, width: width, height: height, pixelHash: pixelHash,
      removed: removed)
  }
}
