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
      name: "balanced",
      summary: "coarse to fine by Wasserstein distance: large strokes, clear structure",
      recipe: .painterly(iterations: 120, taper: 1.4)),
    Preset(
      name: "fast", summary: "balanced, in half the time; 512 pixels take about a minute",
      recipe: .painterly(iterations: 60, taper: 1.4)),
    Preset(
      name: "fine", summary: "balanced, with more time for what is small",
      recipe: .painterly(iterations: 240, taper: 1)),
    Preset(
      name: "article", summary: "one scale, Gram matrices, Adam with a learning rate of 0.02",
      recipe: Recipe()),
    Preset(
      name: "article-fast", summary: "what article minimizes, in far less time",
      recipe: {
        var recipe = Recipe()
        recipe.optimizer = .lbfgs
        recipe.firstSize = 128
        // Steps at the finest size decide how low it comes.
        recipe.scaleTaper = 0.5
        // As many as it takes to come as low as the article's.
        recipe.iterations = 200
        return recipe
      }()),
    Preset(
      name: "article-adam", summary: "the article's Adam to the letter: a learning rate of 0.001",
      recipe: {
        var recipe = Recipe()
        recipe.adam.learningRate = 1e-3
        recipe.iterations = 500
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

extension Recipe {
  /// A recipe that is composed small and finished large.
  ///
  /// - Parameters:
  ///   - iterations: in all.
  ///   - taper: how much more of them small sizes get.
  fileprivate static func painterly(iterations: Int, taper: Double) -> Recipe {
    var recipe = Recipe()
    recipe.styleLoss = .wasserstein
    recipe.optimizer = .lbfgs
    recipe.contentWeight = 4e-3
    recipe.tvWeight = 10
    // Smaller, strokes are larger than what they should show.
    recipe.firstSize = 256
    recipe.scaleTaper = taper
    recipe.margin = 0.03
    recipe.iterations = iterations
    return recipe
  }
}
