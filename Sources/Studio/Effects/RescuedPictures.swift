import Files
import Foundation
import Pictures
import Recipes

/// Pictures that were not saved when the studio was left, with their recipes.
struct RescuedPictures: Sendable {
  private static let capacity = 50

  /// Where they are.
  let folder: String

  /// Writes a picture and its recipe, and says where.
  func add(_ picture: Picture, _ recipe: Recipe) throws -> String {
    let stem = try freshStem()
    try write(picture, with: recipe, as: stem)
    prune()
    return "\(stem).png"
  }

  private func freshStem() throws -> String {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    return TimestampedName.free(in: folder, suffix: "")
  }

  private func prune() {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    for name in names.filter({ $0.hasSuffix(".png") }).sorted().dropLast(Self.capacity) {
      unlink("\(folder)/\(name)")
      unlink("\(folder)/\(name.dropLast(4)).yaml")
    }
  }
}

/// Writes a picture and beside it its recipe, or neither.
func write(_ picture: Picture, with recipe: Recipe, as stem: String) throws {
  // The recipe first: a picture that is there has its recipe.
  try RecipeFile.write(recipe, to: "\(stem).yaml")
  do {
    try PictureEncoder.write(picture, to: "\(stem).png")
  } catch {
    unlink("\(stem).yaml")
    throw error
  }
}

/// Names that sort by time.
enum TimestampedName {
  /// `FOLDER/2026-01-31-235959SUFFIX`, with a number if a picture of that name is there.
  static func free(in folder: String, suffix: String) -> String {
    let stamp = Date().nameStamp
    let base = "\(folder)/\(stamp)\(suffix)"
    var name = base
    var number = 2
    while access("\(name).png", F_OK) == 0 || access("\(name).yaml", F_OK) == 0 {
      name = "\(base)-\(number)"
      number += 1
    }
    return name
  }
}
