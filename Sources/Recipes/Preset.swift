/// A recipe with a name, to start from.
public struct Preset: Sendable {
  /// What the command line and the studio call it.
  public let name: String

  /// What it is good for, in a line.
  public let summary: String

  /// The recipe; it names no pictures.
  public let recipe: Recipe

  /// The presets, the default first.
  public static let all = [
    Preset(
      name: "article", summary: "one scale, Gram matrices, Adam with a learning rate of 0.02",
      recipe: Recipe()),
    Preset(
      name: "article-adam", summary: "the article's Adam to the letter: a learning rate of 0.001",
      recipe: {
        var recipe = Recipe()
        recipe.adam.learningRate = 1e-3
        recipe.iterations = 500
        return recipe
      }()),
    Preset(
      name: "article-fast", summary: "what article minimizes, in far less time",
      recipe: {
        var recipe = Recipe()
        recipe.optimizer = .lbfgs
        recipe.firstSize = 128
        recipe.iterations = 120
        return recipe
      }()),
    Preset(
      name: "balanced", summary: "coarse to fine, larger strokes, calm surfaces",
      recipe: {
        var recipe = Recipe()
        recipe.firstSize = 128
        recipe.iterations = 300
        recipe.adam.beta1 = 0.9
        recipe.averaging = 0.95
        recipe.tvWeight = 10
        return recipe
      }()),
  ]

  /// The preset of this name.
  public static func named(_ name: String) throws(RecipeError) -> Preset {
    guard let preset = all.first(where: { $0.name == name }) else {
      throw .unknownPreset(name, known: all.map(\.name))
    }
    return preset
  }
}
