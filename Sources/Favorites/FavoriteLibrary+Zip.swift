import Archives
import Files
import Foundation
import Pictures
import Recipes

extension FavoriteLibrary {
  /// Packs favorites into a zip archive, which is replaced whole or not at all: each picture, which carries
  /// all that is known of it, and its recipe.
  ///
  /// `importZip` takes them in elsewhere; so does `import`, once they are unpacked.
  ///
  /// - Parameters:
  ///   - path: the archive.
  ///   - next: the next favorites; none ends the archive.
  /// - Returns: how many there are in it.
  public func export(
    toZip path: String, _ next: () throws(FavoriteError) -> [Favorite]
  ) throws(FavoriteError) -> Int {
    var count = 0
    do {
      try AtomicFile.write(to: path) { file in
        var directory = ZipDirectory()
        while case let favorites = try next(), !favorites.isEmpty {
          for favorite in favorites {
            for (name, content) in try Self.files(of: favorite) {
              try file.append(
                directory.header(for: name, content: content, modified: favorite.created))
              try file.append(content)
            }
            count += 1
          }
        }
        try file.append(directory.end)
      }
    } catch let error as RecipeError {
      throw .recipe(path: path, error)
    } catch {
      throw FavoriteError(error, path: path)
    }
    return count
  }

  /// What an archive holds of a favorite.
  private static func files(of favorite: Favorite) throws -> [(name: String, content: [UInt8])] {
    let name = (favorite.picturePath as NSString).lastPathComponent
    let bytes = try FileBytes.read(favorite.picturePath, limit: PictureLimit.standard.fileBytes)
    let recipe = try RecipeFile.text(of: favorite.origin.recipe, named: name)
    return [
      (name, try favorite.embedded(in: bytes)),
      (PictureFolder.sidecar(of: name), Array(recipe.utf8)),
    ]
  }

  /// Copies the pictures of a zip archive that carry their recipes, or have them beside them, into the
  /// library; other members are left out.
  ///
  /// - Parameters:
  ///   - path: the archive.
  ///   - report: what became of a picture, as soon as that is known.
  public func importZip(
    _ path: String, report: (_ member: String, Result<Favorite, FavoriteError>) throws -> Void
  ) throws {
    let archive: ZipArchive
    do { archive = try ZipArchive(path: path) } catch { throw FavoriteError.archive(error) }
    for name in archive.names where PictureFormat(path: name) != nil && !Self.isHidden(name) {
      let result: Result<Favorite, FavoriteError>
      do throws(FavoriteError) {
        result = .success(try takeIn(Self.arrival(name, of: archive, at: path)))
      } catch {
        // What stops one may stop all: a full disk is not the picture's fault.
        guard error.kind == .badData || error.kind == .missing else { throw error }
        result = .failure(error)
      }
      try report("\(path): \(name)", result)
    }
  }

  private static func arrival(
    _ name: String, of archive: ZipArchive, at path: String
  ) throws(FavoriteError) -> Arrival {
    let bytes: [UInt8]
    do {
      bytes = try archive.content(of: name, limit: PictureLimit.standard.fileBytes)
    } catch { throw .archive(error) }
    // Relative paths lead from where the archive is, not into it.
    let place = "\(path.parentFolder)/\((name as NSString).lastPathComponent)"
    return try arrival(bytes, named: place, modified: Date()) { () throws(RecipeError) in
      let sidecar = PictureFolder.sidecar(of: name)
      guard archive.names.contains(sidecar),
        let text = try? archive.content(of: sidecar, limit: 1 << 20)
      else { throw .file(.missing(path: sidecar)) }
      return try RecipeFile.recipe(in: String(decoding: text, as: UTF8.self), named: place)
    }
  }

  /// macOS packs such members beside each file.
  private static func isHidden(_ name: String) -> Bool {
    name.split(separator: "/").contains { $0.hasPrefix(".") || $0 == "__MACOSX" }
  }
}
