import Recipes
import Testing

@Suite struct RecipeMethodTests {
  @Test(arguments: [
    ("optimize", Recipe.Method.optimize), ("instant", .instant),
    ("builtin:7", .builtin([.init(number: 7)])),
    ("builtin:3:0.5,12", .builtin([.init(number: 3, weight: 0.5), .init(number: 12)])),
  ])
  func `methods are written as they are read`(text: String, method: Recipe.Method) {
    #expect(Recipe.Method(text) == method)
    #expect(method.description == text)
  }

  @Test(arguments: [
    "", "Optimize", "builtin", "builtin:", "builtin:x", "builtin:1:", "builtin:1:2:3", "builtin:1,",
    "instant:2",
  ])
  func `what is no method is none`(text: String) {
    #expect(Recipe.Method(text) == nil)
  }

  @Test(arguments: [
    ([(26, 1.0)], "a built-in style's number is 26; it must be 0 to 25"),
    ([(-1, 1)], "a built-in style's number is -1; it must be 0 to 25"),
    ([(1, -0.5)], "a built-in style's weight is -0.5; it must be 0 or more"),
    ([(1, .nan)], "a built-in style's weight is nan; it must be 0 or more"),
    ([(1, 0)], "the sum of the built-in styles' weights is 0.0; it must be more than 0"),
    ([], "the sum of the built-in styles' weights is 0.0; it must be more than 0"),
  ])
  func `built-in styles that make no sense are refused`(styles: [(Int, Double)], text: String) {
    var recipe = Recipe()
    recipe.method = .builtin(styles.map { .init(number: $0.0, weight: $0.1) })
    #expect { try recipe.validate() } throws: { "\($0)" == text }
  }

  @Test func `strength lies between nothing and all`() {
    var recipe = Recipe()
    for strength in [0, 0.3, 1] {
      recipe.strength = strength
      #expect(throws: Never.self) { try recipe.validate() }
    }
    for strength in [-0.1, 1.1, .nan] {
      recipe.strength = strength
      #expect(throws: RecipeError.self) { try recipe.validate() }
    }
  }
}
