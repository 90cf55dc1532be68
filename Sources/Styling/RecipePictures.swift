import Pictures
import Recipes

/// The pictures that a recipe names.
public struct RecipePictures: Sendable {
  /// The photograph.
  public let content: Picture

  /// The paintings with their shares and masks; none for a method that needs none.
  public let styles: [StylingJob.Style]

  /// What of the photograph stays as it is.
  public let protection: Mask?

  /// Reads them.
  ///
  /// - Parameters:
  ///   - recipe: names a photograph.
  ///   - read: reads the picture at a path.
  public init<E: Error>(
    of recipe: Recipe, reading read: (String) throws(E) -> Picture
  ) throws(E) {
    func mask(_ path: String?) throws(E) -> Mask? {
      guard let path else { return nil }
      return Mask(try read(path), threshold: recipe.maskThreshold)
    }
    content = try read(recipe.content ?? "")
    var styles: [StylingJob.Style] = []
    for style in recipe.styles {
      styles.append(
        StylingJob.Style(
          picture: try read(style.picture), weight: style.weight, mask: try mask(style.mask)))
    }
    self.styles = styles
    protection = try mask(recipe.protect)
  }
}
