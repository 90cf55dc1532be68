import Recipes

/// A setting that is one of a few words.
public enum Choice: String, CaseIterable, Hashable, Sendable {
  case preset, start, optimizer

  /// One of the words.
  public struct Option: Equatable, Sendable {
    /// As in recipe files.
    public let name: String
    /// What it means, in a line.
    public let summary: String

    init(_ name: String, _ summary: String) {
      self.name = name
      self.summary = summary
    }
  }

  /// What the row is called.
  public var title: String {
    switch self {
    case .preset: "preset"
    case .start: "start from"
    case .optimizer: "optimizer"
    }
  }

  /// The words to choose from.
  public var options: [Option] {
    switch self {
    case .preset: Preset.all.map { Option($0.name, $0.summary) }
    case .start:
      Recipe.Start.allCases.map { start in
        switch start {
        case .content: Option("content", "the photograph itself")
        case .noise: Option("noise", "gray noise, which the seed decides")
        case .instant: Option("instant", "what a network paints in one pass")
        }
      }
    case .optimizer:
      Recipe.Optimizer.allCases.map { optimizer in
        switch optimizer {
        case .adam: Option("adam", "steady steps, as in the article")
        case .lbfgs: Option("lbfgs", "steps by the curvature: far fewer, each a little slower")
        }
      }
    }
  }

  /// Whether a running job takes another word at its next iteration.
  public var isLive: Bool { self == .preset }

  /// The word in a recipe; nil for the preset, which is where a recipe came from and not in it.
  public func name(in recipe: Recipe) -> String? {
    switch self {
    case .preset: nil
    case .start: recipe.start.rawValue
    case .optimizer: recipe.optimizer.rawValue
    }
  }

  /// The word that counts now.
  public func name(in state: StudioState) -> String { name(in: state.recipe) ?? state.preset }

  /// The place of the word that counts now among the options.
  func selection(in state: StudioState) -> Int {
    options.firstIndex { $0.name == name(in: state) } ?? 0
  }

  /// Sets the word in a recipe.
  ///
  /// - Throws: A `RecipeError` when the recipe makes no sense with it; then it is unchanged.
  func select(_ name: String, in recipe: inout Recipe) throws(RecipeError) {
    var changed = recipe
    switch self {
    case .preset:
      changed = try Preset.named(name).recipe
      // How large it is and which noise it gets is no matter of manner.
      changed.size = recipe.size
      changed.seed = recipe.seed
    case .start: changed.start = Recipe.Start(rawValue: name) ?? changed.start
    case .optimizer: changed.optimizer = Recipe.Optimizer(rawValue: name) ?? changed.optimizer
    }
    try changed.validate()
    recipe = changed
  }
}
