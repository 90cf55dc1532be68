import Files
import Foundation
import Pictures
import Recipes

extension FavoriteLibrary {
  /// Copies a favorite into a folder: its picture, which carries all that is known of it, and its recipe.
  ///
  /// `import` takes such a picture in elsewhere. Files of the same name are replaced.
  ///
  /// - Returns: the path of the copy.
  public func export(_ favorite: Favorite, to folder: String) throws(FavoriteError) -> String {
    let name = (favorite.picturePath as NSString).lastPathComponent
    let path = "\(folder)/\(name)"
    do {
      let bytes = try FileBytes.read(
        favorite.picturePath, limit: PictureLimit.standard.fileBytes)
      let complete = try favorite.embedded(in: bytes)
      try RecipeFile.write(favorite.origin.recipe, to: PictureFolder.sidecar(of: path))
      try AtomicFile.write(complete, to: path)
    } catch let error as RecipeError {
      throw .recipe(path: path, error)
    } catch {
      throw FavoriteError(error, path: path)
    }
    return path
  }

  /// The pictures of a folder that `import` may be asked to take in.
  public static func pictures(in folder: String) throws(FavoriteError) -> [String] {
    try PictureFolder.pictureNames(in: folder).map { "\(folder)/\($0)" }
  }
}
