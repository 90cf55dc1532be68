import Favorites
import Foundation
import Pictures
import Recipes
import TestSupport

/// A small picture that differs from those of other numbers.
func picture(_ number: Int, width: Int = 12, height: Int = 9) -> Picture {
  Picture(
    width: width, height: height,
    rgb: (0..<3 * width * height).map {
      UInt8(truncatingIfNeeded: $0 * 7 + number * 31 + number / 8)
    })
}

/// An origin with everything in it.
func origin(_ number: Int = 0) -> Favorite.Origin {
  var recipe = Recipe()
  recipe.content = "/pictures/harbor-\(number).jpg"
  recipe.styles = [.init(picture: "/art/Klee & Sohn.png", weight: 0.1 + Double(number) / 3)]
  recipe.styleWeight = 10 * 1.1
  return Favorite.Origin(
    recipe: recipe,
    sources: [
      .init(role: .content, path: recipe.content ?? "", sha256: "00ff"),
      .init(role: .style, path: recipe.styles[0].picture, sha256: nil),
    ],
    losses: .init(total: 10.0 / Double(number + 1), content: 0.1, style: 0.2, tv: 1e-9),
    metrics: ["ssim": 0.7], seconds: 12.5, iterations: 200,
    lineage: .init(parent: UUID(), iterate: 40))
}

/// Calls `body` with a new library and its folder.
func withLibrary<R>(_ body: (FavoriteLibrary, String) throws -> R) throws -> R {
  try withTemporaryFolder { try body(FavoriteLibrary(folder: $0), $0) }
}
