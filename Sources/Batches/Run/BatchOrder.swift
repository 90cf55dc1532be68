import Recipes

/// In which order items are painted, so that what one has measured serves the next.
enum BatchOrder {
  /// How many styles painters remember at a time.
  static let mostStyles = 16

  /// What of a style a painter remembers.
  private struct Style: Hashable {
    let pictures: [String]
    let size: Double
    let model: String

    init(_ recipe: Recipe) {
      pictures = recipe.styles.map(\.picture)
      size = Double(recipe.isInstant ? 1 : recipe.size) * recipe.styleScale
      model = recipe.isInstant ? recipe.stylizerModel : recipe.model
    }
  }

  /// The items in the plan's order, in which each photograph is read once; where there are more styles than
  /// are remembered, style by style.
  static func ordered(_ todo: [Int], of items: [BatchItem]) -> [Int] {
    var numbers: [Style: Int] = [:]
    let styles = todo.map { item -> Int in
      let style = Style(items[item].recipe)
      let number = numbers[style] ?? numbers.count
      numbers[style] = number
      return number
    }
    guard numbers.count > mostStyles else { return todo }
    return zip(styles, todo).sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.1)
  }
}
