import Favorites
import Files
import Foundation
import Pictures
import Recipes

extension RecordedRun {
  /// Copies the picture of an iteration, which carries the recipe that leads to it.
  public func export(_ iteration: Int, to path: String) throws(HistoryError) {
    let picture = try frame(iteration)
    let metadata: PictureMetadata
    do {
      metadata = try PictureMetadata(
        recipe: recipe(at: iteration), record: FavoriteRecord(sources: record.sources))
    } catch {
      throw .recipe(path: path, error)
    }
    do { try PictureEncoder.write(picture, to: path, metadata: metadata) } catch {
      throw .picture(error)
    }
  }

  /// Copies all that is known of the run into a folder, which is made if need be: its pictures, which carry
  /// their recipes, its recipe and its losses.
  ///
  /// - Returns: the paths of the pictures.
  public func export(toFolder path: String) throws(HistoryError) -> [String] {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw .file(.cannotCreate(path: path, errno: errno))
    }
    do { try RecipeFile.write(record.recipe, to: "\(path)/recipe.yaml") } catch {
      throw .recipe(path: path, error)
    }
    try losses().write(to: "\(path)/losses.csv")
    var paths: [String] = []
    for iteration in frames {
      let name = (framePath(iteration) as NSString).lastPathComponent
      try export(iteration, to: "\(path)/\(name)")
      paths.append("\(path)/\(name)")
    }
    return paths
  }
}
