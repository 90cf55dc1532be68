import Files
import Foundation
import TestSupport
import Testing

@testable import Recipes

@Suite struct RecipeFileTests {
  private func read(_ text: String) throws -> Recipe {
    try withTemporaryFolder { folder in
      try AtomicFile.write(Array(text.utf8), to: "\(folder)/recipe.yaml")
      var recipe = try RecipeFile.read("\(folder)/recipe.yaml")
      recipe.content = recipe.content?.replacingOccurrences(of: folder, with: "FOLDER")
      for i in recipe.styles.indices {
        recipe.styles[i].picture = recipe.styles[i].picture
          .replacingOccurrences(of: folder, with: "FOLDER")
      }
      return recipe
    }
  }

  @Test func `what is written reads back the same`() throws {
    var recipe = Recipe()
    recipe.content = "/photo.jpg"
    recipe.styles = [
      .init(picture: "/a.png", mask: "/m.png"), .init(picture: "/b.png", weight: -0.5),
    ]
    recipe.protect = "/p.png"
    recipe.maskThreshold = 0.1
    recipe.color = .histogram
    recipe.size = 300
    recipe.stopBelow = 1.5
    recipe.stopAfter = 60
    recipe.stopWhenFlat = 1e-3
    recipe.contentFirst = 20
    recipe.scaleTaper = 1.5
    recipe.styleLayerWeights = [0.1, 1, 2, 3, 4]
    recipe.detail = -0.3
    recipe.styleLoss = .wasserstein
    recipe.normalizesGradients = true
    recipe.start = .instant
    recipe.seed = .max
    recipe.method = .builtin([.init(number: 3, weight: 0.1), .init(number: 25)])
    recipe.strength = 0.7
    recipe.upsampling = .bilinear
    recipe.median = true
    recipe.exact = true
    recipe.precision = .mixed
    recipe.adam.learningRate = 0.1
    try withTemporaryFolder { folder in
      try RecipeFile.write(recipe, to: "\(folder)/r.yaml")
      #expect(try RecipeFile.read("\(folder)/r.yaml") == recipe)
    }
  }

  @Test func `masks are found beside the recipe, and thresholds have their range`() throws {
    let recipe = try read(
      """
      content: /photo.jpg
      styles:
        - {picture: /a.jpg, mask: /sky.png}
      protect: /face.png
      maskThreshold: 0.25
      color: content
      """)
    #expect(recipe.styles[0].mask == "/sky.png" && recipe.protect == "/face.png")
    #expect(recipe.maskThreshold == 0.25 && recipe.color == .content)
    let relative = try RecipeFile.recipe(
      in: "styles: [{picture: a.jpg, mask: m/sky.png}]\nprotect: f.png", named: "/r/x.yaml")
    #expect(relative.styles[0].mask == "/r/m/sky.png" && relative.protect == "/r/f.png")
    #expect(throws: RecipeError.self) { try read("maskThreshold: 1.5") }
    #expect(throws: RecipeError.self) { try read("color: sepia") }
    #expect(throws: RecipeError.self) { try read("styles: [{picture: a, masks: b}]") }
  }

  @Test func `a short file departs from its preset only where it says so`() throws {
    let recipe = try read(
      """
      preset: article-adam
      content: photo.jpg
      styles:
        - /abs/starry.jpg
        - picture: wave.png
          weight: 2
      styleWeight: 25
      """)
    var expected = try Preset.named("article-adam").recipe
    expected.content = "FOLDER/photo.jpg"
    expected.styles = [
      .init(picture: "/abs/starry.jpg"), .init(picture: "FOLDER/wave.png", weight: 2),
    ]
    expected.styleWeight = 25
    #expect(recipe == expected)
  }

  @Test(arguments: [
    ("sizes: 3", "not a recipe: unknown key 'sizes'"),
    ("size: big", "not a recipe: size: "),
    (
      "method: magic",
      "not a recipe: method: 'magic' is not optimize, instant, builtin:N[:W],… or model:NAME"
    ),
    ("preset: none", "not a recipe: there is no preset 'none'; there are balanced, fast"),
    ("size: 8", "size is 8; it must be 16 to 16384 pixels"),
    ("learningRate: -1", "learningRate is -1.0; it must be more than 0"),
    ("contentWeight: .nan", "contentWeight is nan; it must be 0 or more"),
    ("detail: 5", "detail is 5.0; it must be -4 to 4"),
    ("styleLoss: wave", "not a recipe: styleLoss: "),
    ("precision: half", "not a recipe: precision: "),
    ("styleLayerWeights: [1, 2]", "the number of styleLayerWeights is 2; it must be that of the"),
    ("styleLayerWeights: [1, 2, -1, 1, 1]", "a style layer's weight is -1.0; it must be 0 or more"),
    ("styleLayerWeights: [0, 0, 0, 0, 0]", "the sum of styleLayerWeights is 0.0"),
    (
      "{optimizer: lbfgs, normalizeGradients: true}",
      "the optimizer with normalizeGradients is lbfgs; it must be adam"
    ),
    ("stopAfter: 0", "stopAfter is 0.0; it must be more than 0 seconds"),
    ("stopWhenFlat: 1", "stopWhenFlat is 1.0; it must be 0 or more and less than 1"),
    ("scaleTaper: 0.05", "scaleTaper is 0.05; it must be 0.1 to 16"),
    ("styles: [{weight: 1}]", "not a recipe: 'picture' is missing"),
    ("styles: [{picture: a, weight: 0}]", "every style's weight is 0"),
    ("a: [", "not a recipe: "),
    ("", "not a recipe: "),
    ("- 1", "not a recipe: "),
  ])
  func `what is wrong is said in one line`(text: String, beginning: String) throws {
    let error = #expect(throws: RecipeError.self) { try read(text) }
    let line = error.map { "\($0)" } ?? ""
    #expect(line.hasPrefix(beginning), "\(line)")
    #expect(!line.contains("\n"))
  }

  @Test(arguments: ["[", "{a: ", "- ", "? "])
  func `nesting without end is refused`(opening: String) throws {
    #expect(throws: RecipeError.self) {
      try read(String(repeating: opening, count: 200_000))
    }
  }

  @Test func `bytes that are no text are refused`() throws {
    try withTemporaryFolder { folder in
      try AtomicFile.write([0xFF, 0xFE, 0x00], to: "\(folder)/r.yaml")
      #expect(throws: RecipeError.malformed(path: "\(folder)/r.yaml", reason: "it is no text")) {
        try RecipeFile.read("\(folder)/r.yaml")
      }
    }
  }

  @Test func `numbers are read back to the last bit`() throws {
    var recipe = Recipe()
    recipe.contentWeight = 0.1 + 0.2
    recipe.styleWeight = 10.0 / 3
    recipe.tvWeight = 1e-300
    recipe.stopBelow = -1.2345678901234567e-7
    recipe.adam.clip = .infinity
    recipe.styles = [.init(picture: "a", weight: -1.0 / 3)]
    recipe.seed = .max
    let text = try RecipeFile.text(of: recipe)
    #expect(try RecipeFile.recipe(in: text, named: "x") == recipe)
  }
}
