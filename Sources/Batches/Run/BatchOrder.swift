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

  /// What each job takes at a time: pictures of the same photograph, so that no two wait for it to be read;
  /// single ones where there are few photographs.
  ///
  /// - Parameters:
  ///   - order: the items in their order.
  ///   - items: all items.
  ///   - jobs: how many take from it.
  static func portions(_ order: [Int], of items: [BatchItem], for jobs: Int) -> [ArraySlice<Int>] {
    var portions: [ArraySlice<Int>] = []
    var start = 0
    for end in 1...max(1, order.count) where end <= order.count {
      let isLast =
        end == order.count
        || items[order[end]].recipe.content != items[order[start]].recipe.content
      guard isLast else { continue }
      portions.append(order[start..<end])
      start = end
    }
    return portions.count >= 8 * jobs ? portions : order.indices.map { order[$0...$0] }
  }
}
