import Recipes
import Terminal

/// The photograph in each of the built-in styles, to choose among.
public struct ContactSheet: Equatable, Sendable {
  /// The model whose styles they are.
  static let model = "multistyle26"

  /// The longer side of its pictures, in pixels.
  static let side = 192

  /// What the pictures are painted of; the number of the style is left open.
  public var request: InstantRequest?

  /// The pictures by the number of their style, as far as they are painted.
  public var pictures: [IdentifiedPicture?] = Array(
    repeating: nil, count: Recipe.BuiltinStyle.count)

  /// The style that has the cursor.
  public var selection = 0

  /// The styles that were put into the blend, in that order.
  public var blend: [Recipe.BuiltinStyle] = []

  /// Why nothing can be painted.
  public var failure: String?

  /// Nothing painted.
  public init() {}

  /// What would be adopted: the blend, or else the style that has the cursor.
  public var choice: [Recipe.BuiltinStyle] {
    blend.isEmpty ? [Recipe.BuiltinStyle(number: selection)] : blend
  }

  /// How many pictures there are.
  public var paintedCount: Int { pictures.count { $0 != nil } }

  /// The share of a style in the blend; nil when it has none.
  func share(of number: Int) -> Double? {
    guard let style = blend.first(where: { $0.number == number }) else { return nil }
    return style.weight / blend.reduce(0) { $0 + $1.weight }
  }

  /// Puts the style with the cursor into the blend, or takes it out.
  mutating func toggle() {
    if let index = blend.firstIndex(where: { $0.number == selection }) {
      blend.remove(at: index)
    } else {
      blend.append(Recipe.BuiltinStyle(number: selection))
    }
  }

  /// Gives the style with the cursor more or less of the blend, by tenths.
  mutating func changeShare(by tenths: Int) {
    guard let index = blend.firstIndex(where: { $0.number == selection }) else { return }
    let weight = blend[index].weight + Double(tenths) / 10
    blend[index].weight = min(max(weight, 0.1), 10).rounded(significantDigits: 3)
  }
}
