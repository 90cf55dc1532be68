import Recipes

/// A setting that is one of a few words.
public enum Choice: String, CaseIterable, Hashable, Sendable {
  case preset, method, start, color, styleLoss, optimizer, precision, upsampling, median

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
    case .method: "method"
    case .start: "start from"
    case .color: "colors"
    case .styleLoss: "style loss"
    case .optimizer: "optimizer"
    case .precision: "precision"
    case .upsampling: "upsampling"
    case .median: "median"
    }
  }

  /// The words to choose from, with the names of what the user has imported.
  public func options(in state: StudioState) -> [Option] {
    guard self == .method else { return options }
    return options
      + state.instant.networks.map { Option("model:\($0)", "the network that you have imported") }
  }

  /// The words that are always there.
  public var options: [Option] {
    switch self {
    case .preset: Preset.all.map { Option($0.name, $0.summary) }
    case .method:
      [
        Option("optimize", "step by step, as the losses say"),
        Option("instant", "in one pass, as your paintings look"),
        Option(Self.builtin, "in one pass, in styles of a network's own: b shows them"),
      ]
    case .start:
      Recipe.Start.allCases.map { start in
        switch start {
        case .content: Option("content", "the photograph itself")
        case .noise: Option("noise", "gray noise, which the seed decides")
        case .instant: Option("instant", "what a network paints in one pass")
        }
      }
    case .color:
      Recipe.Color.allCases.map { color in
        switch color {
        case .style: Option("style", "the paintings' colors")
        case .content: Option("content", "the photograph's colors: only lightness is painted")
        case .covariance:
          Option("covariance", "the paintings', their mean and spread made the photograph's")
        case .histogram: Option("histogram", "the paintings', their range made the photograph's")
        }
      }
    case .styleLoss:
      Recipe.StyleLoss.allCases.map { loss in
        switch loss {
        case .gram: Option("gram", "Gram matrices, as in the article")
        case .covariance: Option("covariance", "means and covariances apart: contrast stays")
        case .wasserstein:
          Option("wasserstein", "the way from one to the other: larger, cleaner strokes")
        case .sliced: Option("sliced", "whole distributions along random directions")
        }
      }
    case .optimizer:
      Recipe.Optimizer.allCases.map { optimizer in
        switch optimizer {
        case .adam: Option("adam", "steady steps, as in the article")
        case .lbfgs: Option("lbfgs", "steps by the curvature: far fewer, each a little slower")
        }
      }
    case .precision:
      Recipe.Precision.allCases.map { precision in
        switch precision {
        case .full: Option("full", "every number in single precision")
        case .mixed: Option("mixed", "what is kept in half precision: far less memory")
        }
      }
    case .upsampling:
      Recipe.Upsampling.allCases.map { upsampling in
        switch upsampling {
        case .nearest: Option("nearest", "one pass grows in squares, as networks were trained")
        case .bilinear: Option("bilinear", "one pass grows smoothly: no checkerboard")
        }
      }
    case .median:
      [
        Option("off", "one pass is taken as it is"),
        Option("on", "a median filter follows one pass, against speckles"),
      ]
    }
  }

  /// Stands for all of the built-in styles.
  private static let builtin = "builtin"

  /// Whether a running job takes another word at its next iteration.
  public var isLive: Bool { self == .preset }

  /// The word in a recipe; nil for the preset, which is where a recipe came from and not in it.
  public func name(in recipe: Recipe) -> String? {
    switch self {
    case .preset: nil
    case .method:
      if case .builtin = recipe.method { Self.builtin } else { recipe.method.description }
    case .start: recipe.start.rawValue
    case .color: recipe.color.rawValue
    case .styleLoss: recipe.styleLoss.rawValue
    case .optimizer: recipe.optimizer.rawValue
    case .precision: recipe.precision.rawValue
    case .upsampling: recipe.upsampling.rawValue
    case .median: recipe.median ? "on" : "off"
    }
  }

  /// The word that counts now.
  public func name(in state: StudioState) -> String { name(in: state.recipe) ?? state.preset }

  /// The place of the word that counts now among the options.
  func selection(in state: StudioState) -> Int {
    options(in: state).firstIndex { $0.name == name(in: state) } ?? 0
  }

  /// Sets the word in a recipe.
  ///
  /// - Throws: A `RecipeError` when the recipe makes no sense with it; then it is unchanged.
  func select(_ name: String, in recipe: inout Recipe) throws(RecipeError) {
    var changed = recipe
    switch self {
    case .preset:
      changed = try Preset.named(name).recipe
      // How large it is, which noise it gets and what memory it takes is no matter of manner.
      changed.size = recipe.size
      changed.seed = recipe.seed
      changed.precision = recipe.precision
    case .method where name == Self.builtin:
      if case .builtin = recipe.method { break }
      changed.method = .builtin([Recipe.BuiltinStyle(number: 0)])
    case .method: changed.method = Recipe.Method(name) ?? changed.method
    case .upsampling:
      changed.upsampling = Recipe.Upsampling(rawValue: name) ?? changed.upsampling
    case .median: changed.median = name == "on"
    case .start: changed.start = Recipe.Start(rawValue: name) ?? changed.start
    case .color: changed.color = Recipe.Color(rawValue: name) ?? changed.color
    case .styleLoss: changed.styleLoss = Recipe.StyleLoss(rawValue: name) ?? changed.styleLoss
    case .optimizer: changed.optimizer = Recipe.Optimizer(rawValue: name) ?? changed.optimizer
    case .precision: changed.precision = Recipe.Precision(rawValue: name) ?? changed.precision
    }
    try changed.validate()
    recipe = changed
  }
}
