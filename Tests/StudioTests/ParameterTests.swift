import Recipes
import Testing

@testable import Studio

@Suite struct ParameterTests {
  @Test(arguments: Parameter.allCases)
  func `a slider's ends are its range and its notches go up`(parameter: Parameter) {
    #expect(parameter.value(at: 0) == parameter.range.lowerBound)
    #expect(parameter.value(at: 1) == parameter.range.upperBound)
    var value = parameter.range.lowerBound
    var count = 0
    while parameter != .seed, value < parameter.range.upperBound, count < 1000 {
      let next = parameter.value(value, movedBy: 1, isFine: false)
      #expect(next > value)
      #expect(parameter.value(value, movedBy: 1, isFine: true) <= next)
      value = next
      count += 1
    }
    #expect(count <= 45)
  }

  @Test func `the middle of a weight's slider is its balanced value`() {
    #expect(Parameter.contentWeight.value(at: 0.5) == 1e-3)
    #expect(Parameter.styleWeight.value(at: 0.5) == 10)
  }

  @Test func `a value beyond the slider is taken and lies at its end`() throws {
    var recipe = Recipe()
    try Parameter.styleWeight.set(5000, in: &recipe)
    #expect(recipe.styleWeight == 5000)
    #expect(Parameter.styleWeight.position(of: 5000) == 1)
    #expect(throws: RecipeError.self) { try Parameter.styleWeight.set(-1, in: &recipe) }
    #expect(recipe.styleWeight == 5000)
  }
}
