import Files
import Foundation
import Pictures
import Recipes

/// The recipe that a picture carries, with its sources where they are now.
public struct CarriedRecipe: Sendable {
  /// The recipe; its paths are absolute if the picture was rendered by this program.
  public let recipe: Recipe

  /// The sources as they were when the picture was made, where they are now.
  public let sources: [Favorite.Source]

  /// Reads the recipe of a picture that nobody vouches for.
  ///
  /// A source that is no longer where it was, and lies beside the picture under its old name, is taken
  /// from there, unless its content is known to be another.
  public init(picture path: String) throws(FavoriteError) {
    let metadata: PictureMetadata
    do { metadata = try PictureDecoder.metadata(of: path) } catch { throw .picture(error) }
    guard let text = metadata.recipe else { throw .noRecipe(path: path) }
    var recipe: Recipe
    do { recipe = try RecipeFile.recipe(in: text, named: path) } catch {
      throw .recipe(path: path, error)
    }
    let record = metadata.record.flatMap(FavoriteRecord.init(json:))
    let folder = path.parentFolder
    var sources: [Favorite.Source] = []
    func located(_ place: String, _ role: Favorite.Source.Role) -> String {
      let known = record?.sources?.first { $0.role == role && $0.path == place }
      let source = Favorite.Source(role: role, path: place, sha256: known?.sha256)
      let found = source.isThere ? source : source.moved(to: folder) ?? source
      sources.append(found)
      return found.path
    }
    recipe.content = recipe.content.map { located($0, .content) }
    for index in recipe.styles.indices {
      recipe.styles[index].picture = located(recipe.styles[index].picture, .style)
      recipe.styles[index].mask = recipe.styles[index].mask.map { located($0, .mask) }
    }
    recipe.protect = recipe.protect.map { located($0, .mask) }
    self.recipe = recipe
    self.sources = sources
  }
}

extension Favorite.Source {
  fileprivate var isThere: Bool { access(path, F_OK) == 0 }

  /// The file of the same name in a folder, if it is there and not known to be another.
  fileprivate func moved(to folder: String) -> Favorite.Source? {
    let place = folder.isEmpty ? name : "\(folder)/\(name)"
    let source = Favorite.Source(role: role, path: place, sha256: sha256)
    return source.isThere && !source.hasChanged ? source : nil
  }
}

extension Recipe {
  /// This recipe with paths that lead to its pictures from anywhere on this machine.
  ///
  /// - Parameter folder: what relative paths are relative to.
  public func withAbsolutePaths(
    from folder: String = FileManager.default.currentDirectoryPath
  ) -> Recipe {
    func absolute(_ path: String) -> String {
      ((path.hasPrefix("/") ? path : "\(folder)/\(path)") as NSString).standardizingPath
    }
    var recipe = self
    recipe.content = content.map(absolute)
    recipe.protect = protect.map(absolute)
    for index in recipe.styles.indices {
      recipe.styles[index].picture = absolute(recipe.styles[index].picture)
      recipe.styles[index].mask = recipe.styles[index].mask.map(absolute)
    }
    return recipe
  }
}
