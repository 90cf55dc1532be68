import Kernels
import Pictures
import Recipes

/// What an instant stylization should look like.
public struct InstantLook: Sendable {
  /// Where the style comes from.
  public enum Style: Sendable {
    /// From paintings, each with its share; at least one share is not 0.
    case paintings([StylingJob.Style])
    /// From the network: shares of its styles, at least one above 0.
    case builtin([Recipe.BuiltinStyle])
    /// The one that the network has.
    case own
  }

  /// Where the style comes from.
  public var style: Style

  /// How far it goes: 0 is the photograph, as far as the network can paint it, or itself; 1 is all the
  /// way.
  public var strength: Double

  /// How the picture grows in the network.
  public var upsampling: Recipe.Upsampling

  /// Whether a median filter follows.
  public var median: Bool

  /// Whether pictures that are painted in tiles are measured exactly.
  public var exact: Bool

  /// The shorter side at which paintings are looked at, as a multiple of what the network was trained
  /// with: larger gives larger strokes.
  public var styleScale: Double

  /// Whose colors the picture has.
  public var color: Recipe.Color

  /// What of the photograph stays as it is.
  public var protection: Mask?

  /// A look in full strength.
  public init(_ style: Style) {
    self.style = style
    strength = 1
    upsampling = .nearest
    median = false
    exact = false
    styleScale = 1
    color = .style
  }

  /// What a recipe asks for; without paintings and masks of its own it is given them.
  ///
  /// An optimization's recipe asks for what it may start from.
  public init(_ recipe: Recipe, paintings: [StylingJob.Style], protection: Mask? = nil) {
    switch recipe.method {
    case .builtin(let styles): self.init(.builtin(styles))
    case .model: self.init(.own)
    case .optimize, .instant: self.init(.paintings(paintings))
    }
    strength = recipe.strength
    upsampling = recipe.upsampling
    median = recipe.median
    exact = recipe.exact
    styleScale = recipe.styleScale
    color = recipe.color
    self.protection = protection
  }
}

extension Recipe {
  /// The model that paints the recipe in one pass, or what its optimization starts from.
  public var stylizerModel: String {
    switch method {
    case .builtin: "multistyle26"
    case .model(let name): name
    case .optimize, .instant: "magenta"
    }
  }

  /// Whether `stylizerModel` is needed to do it.
  public var needsStylizer: Bool { isInstant || start == .instant }
}

extension Recipe.Upsampling {
  var kernel: Upsampling {
    switch self {
    case .nearest: .nearest
    case .bilinear: .bilinear
    }
  }
}
