import Recipes
import Testing

@testable import Batches

@Suite struct BatchOrderTests {
  private func items(contents: Int, styles: Int) -> [BatchItem] {
    (0..<contents * styles).map { number in
      var recipe = Recipe()
      recipe.content = "/c\(number / styles).png"
      recipe.styles = [.init(picture: "/s\(number % styles).png")]
      return BatchItem(
        output: "\(number).png", content: "", style: "", variation: "", recipe: recipe)
    }
  }

  @Test func `a photograph is one job's, unless there are few`() {
    let many = items(contents: 16, styles: 3)
    let order = BatchOrder.ordered(Array(many.indices), of: many)
    #expect(order == Array(0..<48))
    #expect(
      BatchOrder.portions(order, of: many, for: 2).map(\.count) == [Int](repeating: 3, count: 16))
    #expect(
      BatchOrder.portions(order, of: many, for: 3).map(\.count) == [Int](repeating: 1, count: 48))
    #expect(BatchOrder.portions([], of: many, for: 1).isEmpty)
  }

  @Test func `more styles than are remembered come one after the other`() {
    let many = items(contents: 2, styles: 17)
    let order = BatchOrder.ordered(Array(many.indices), of: many)
    #expect(order.prefix(4) == [0, 17, 1, 18] && Set(order) == Set(many.indices))
  }
}
