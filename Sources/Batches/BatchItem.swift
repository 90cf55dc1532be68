import Recipes
import Styling

/// One picture of a batch: what is painted, and where it goes.
public struct BatchItem: Equatable, Sendable, Codable {
  /// Where the result goes, relative to the batch's folder.
  public let output: String

  /// What the photograph is called in names and tables.
  public let content: String

  /// What its style is called.
  public let style: String

  /// What its recipe is called beside others of the plan; empty when there is one.
  public let variation: String

  /// How it is painted; its paths are absolute.
  public let recipe: Recipe

  /// A picture to paint.
  public init(
    output: String, content: String, style: String, variation: String, recipe: Recipe
  ) {
    self.output = output
    self.content = content
    self.style = style
    self.variation = variation
    self.recipe = recipe
  }

  /// The files it is made of, each once: photograph, paintings, masks.
  public var sources: [String] {
    let masks = recipe.styles.compactMap(\.mask) + [recipe.protect].compactMap(\.self)
    var seen: Set<String> = []
    return ([recipe.content].compactMap(\.self) + recipe.styles.map(\.picture) + masks)
      .filter { seen.insert($0).inserted }
  }

  /// Whether some of its sources are masks.
  var hasMasks: Bool { recipe.protect != nil || recipe.styles.contains { $0.mask != nil } }

  /// The models that paint it.
  public var models: [String] {
    (recipe.isInstant ? [] : [recipe.model]) + (recipe.needsStylizer ? [recipe.stylizerModel] : [])
  }
}
