import Files
import Foundation
import GRDB
import Pictures
import Recipes
import Tensors

extension FavoriteLibrary {
  /// Keeps a result: writes its picture, which carries all that is said here, then its entry.
  ///
  /// When this returns both are on the disk. When it throws there is neither.
  ///
  /// - Throws: `FavoriteError.duplicate` when the same pixels are a favorite already.
  public func add(
    _ picture: Picture, origin: Favorite.Origin,
    annotation: Favorite.Annotation = Favorite.Annotation(), created: Date = Date()
  ) throws(FavoriteError) -> Favorite {
    let bytes: [UInt8]
    do { bytes = try PictureEncoder.encode(picture, as: .png) } catch { throw .picture(error) }
    return try add(
      Arrival(
        id: UUID(), created: created, annotation: annotation, origin: origin, picture: picture,
        bytes: bytes, format: .png))
  }

  /// A picture that is about to become a favorite.
  struct Arrival {
    var id: UUID
    var created: Date
    var removed: Date?
    var annotation: Favorite.Annotation
    let origin: Favorite.Origin
    let picture: Picture
    /// The file.
    let bytes: [UInt8]
    let format: PictureFormat

    func favorite(at path: String) -> Favorite {
      Favorite(
        id: id, created: Date(milliseconds: created.milliseconds), origin: origin,
        annotation: annotation.normalized, picturePath: path, width: picture.width,
        height: picture.height, pixelHash: picture.pixelHash,
        removed: removed.map { Date(milliseconds: $0.milliseconds) })
    }
  }

  /// Writes the file and the entry of an arrival.
  func add(_ arrival: Arrival) throws(FavoriteError) -> Favorite {
    let file = pictures.name(for: arrival.id, created: arrival.created, format: arrival.format)
    let path = pictures.path(of: file)
    let favorite = arrival.favorite(at: path)
    let bytes = try favorite.embedded(in: arrival.bytes)
    let thumbnail = try Self.thumbnail(of: arrival.picture)
    var isWritten = false
    do {
      // The file is written within the transaction, so that no other process takes it for a stray one.
      try write { db in
        try requireNew(favorite, in: db)
        try AtomicFile.write(bytes, to: path)
        isWritten = true
        try favorite.insert(into: db, file: file, thumbnail: thumbnail)
      }
    } catch {
      if isWritten { unlink(path) }
      throw error
    }
    return favorite
  }

  func requireNew(_ favorite: Favorite, in db: Database) throws {
    guard favorite.removed == nil else { return }
    let twin = try String.fetchOne(
      db, sql: "SELECT id FROM favorite WHERE pixelHash = ? AND removed IS NULL",
      arguments: [favorite.pixelHash])
    if let twin = twin.flatMap(UUID.init) { throw FavoriteError.duplicate(of: twin) }
  }

  private static let thumbnailSide = 256

  /// A small copy as a WebP file.
  static func thumbnail(of picture: Picture) throws(FavoriteError) -> [UInt8] {
    let side = min(thumbnailSide, max(picture.width, picture.height))
    do {
      return try PictureEncoder.encode(
        picture.resized(longerSide: side, on: Workers(threads: 1)), as: .webp)
    } catch {
      throw .picture(error)
    }
  }
}

extension Favorite {
  /// A picture file with all that is known of this favorite in it.
  func embedded(in bytes: [UInt8]) throws(FavoriteError) -> [UInt8] {
    let metadata: PictureMetadata
    do {
      metadata = try PictureMetadata(recipe: origin.recipe, record: FavoriteRecord(self))
    } catch {
      throw .recipe(path: picturePath, error)
    }
    do { return try metadata.embedded(in: bytes, named: picturePath) } catch {
      throw .picture(error)
    }
  }
}

extension Picture {
  /// The SHA-256 of size, colors and opacity.
  var pixelHash: String {
    SHA256.hexadecimal(of: Array("\(width)×\(height)\n".utf8) + rgb + (alpha ?? []))
  }
}
