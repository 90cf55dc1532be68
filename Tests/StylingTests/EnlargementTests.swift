import Pictures
import Recipes
import TestSupport
import Tensors
import Testing

@testable import Styling

/// What a picture gains when its run goes on at a larger size.
@Suite struct EnlargementTests {
  private let workers = Workers(threads: 2)

  /// A photograph, and a run that has left it as it was at half the size.
  private func halfway() -> (content: Tensor, Checkpoint) {
    var random = SeededRandom(seed: 7)
    let content = random.uniform([37, 53, 3], in: 0...1)
    let half = Resampler.lanczos3(content, height: 18, width: 26, on: workers)
    return (content, Checkpoint(.recipe, of: Recipe(), on: Canvas(half), workers: workers) { nil })
  }

  @Test(arguments: [Recipe.Optimizer.adam, .lbfgs])
  func `the photograph's details come back`(_ optimizer: Recipe.Optimizer) {
    let (content, checkpoint) = halfway()
    var recipe = Recipe()
    recipe.optimizer = optimizer
    let image = checkpoint.continued(under: recipe, like: content, on: workers).image
    let blurred = checkpoint.image.resized(to: content.shape, on: workers)
    #expect(largestDifference(image, content) < 1e-5)
    #expect(largestDifference(blurred, content) > 0.1)
  }

  @Test func `a run that began with noise gets none of them`() {
    let (content, checkpoint) = halfway()
    var recipe = Recipe()
    recipe.start = .noise
    let image = checkpoint.continued(under: recipe, like: content, on: workers).image
    #expect(largestDifference(image, checkpoint.image.resized(to: content.shape, on: workers)) == 0)
  }
}
