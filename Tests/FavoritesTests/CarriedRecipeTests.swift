import Favorites
import Files
import Foundation
import Pictures
import Recipes
import TestSupport
import Testing

/// What a kept picture says of the files that it was made of.
@Suite struct CarriedRecipeTests {
  @Test func `masks are sources, found where they have gone, but not if they have changed`() throws
  {
    try withTemporaryFolder { folder in
      var recipe = Recipe()
      recipe.content = "\(folder)/photo.png"
      recipe.styles = [
        .init(picture: "\(folder)/klee.png", mask: "\(folder)/sky.png"),
        .init(picture: "\(folder)/marc.png"),
      ]
      recipe.protect = "\(folder)/face.png"
      let names = ["photo", "klee", "sky", "marc", "face"].map { "\($0).png" }
      for (number, name) in names.enumerated() {
        try PictureEncoder.write(picture(number), to: "\(folder)/\(name)")
      }
      let sources = Favorite.Source.all(of: recipe)
      #expect(sources.map(\.name) == names)
      #expect(sources.map(\.role) == [.content, .style, .mask, .style, .mask])
      #expect(sources.allSatisfy { $0.sha256?.count == 64 && !$0.hasChanged })

      let library = try FavoriteLibrary(folder: "\(folder)/library")
      let kept = try library.add(
        picture(9), origin: .init(recipe: recipe, sources: sources))
      #expect(try library.favorite(kept.id).origin.sources == sources)

      // All files move beside the kept picture; one mask is another picture by then.
      let elsewhere = (kept.picturePath as NSString).deletingLastPathComponent
      for name in names {
        try FileManager.default.moveItem(
          atPath: "\(folder)/\(name)", toPath: "\(elsewhere)/\(name)")
      }
      try PictureEncoder.write(picture(7), to: "\(elsewhere)/face.png")
      let carried = try CarriedRecipe(picture: kept.picturePath)
      #expect(carried.recipe.styles[0].mask == "\(elsewhere)/sky.png")
      #expect(carried.recipe.styles[1].picture == "\(elsewhere)/marc.png")
      #expect(carried.recipe.protect == "\(folder)/face.png")
      #expect(carried.sources.map(\.sha256) == sources.map(\.sha256))
    }
  }
}
