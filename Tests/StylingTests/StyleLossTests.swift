import Kernels
import Networks
import Recipes
import TestSupport
import Tensors
import Testing

@testable import Styling

/// Each style loss on features alone.
@Suite struct StyleLossTests {
  let workers = Workers(threads: 2)

  /// As they come out of a rectifier: with zeros, and unlike deviations.
  private func features(_ shape: Shape, seed: UInt64, scale: Float = 1) -> Tensor {
    var random = SeededRandom(seed: seed)
    let raw = random.normal(shape, mean: 0.3, deviation: 1)
    return Tensor(
      raw.elements.enumerated().map { scale * max(0, $1) * Float(1 + $0 % 3) }, shape: shape)
  }

  private func loss(_ kind: Recipe.StyleLoss, _ painting: Tensor) -> any StyleLoss {
    kind.loss(
      target: StyleStatistics(of: painting, isSampled: kind.needsSamples, on: workers),
      on: workers)
  }

  private func value(_ loss: any StyleLoss, _ features: Tensor) -> Double {
    loss.measure(features, draw: 3, on: workers)().value
  }

  @Test(arguments: Recipe.StyleLoss.allCases)
  func `the gradient agrees with finite differences`(kind: Recipe.StyleLoss) {
    let loss = loss(kind, features([9, 8, 5], seed: 1))
    var random = SeededRandom(seed: 2)
    let here = random.uniform([6, 7, 5], in: 0.1...2)
    let verdict = loss.measure(here, draw: 3, on: workers)()
    let step: Float = kind == .sliced ? 2e-3 : 1e-2
    let expected = finiteDifferences(at: here, step: step) { 2 * value(loss, $0) }
    var gradient = here
    FeatureGradient.replace(&gradient, by: [verdict.gradient.times(2)], on: workers)
    #expect(relativeDistance(gradient, expected) < 0.02)
  }

  @Test(arguments: Recipe.StyleLoss.allCases)
  func `it is next to nothing for the painting itself, and free of scale and size`(
    kind: Recipe.StyleLoss
  ) {
    let painting = features([12, 10, 6], seed: 3)
    let here = features([12, 10, 6], seed: 4)
    #expect(value(loss(kind, painting), painting) < 1e-4)
    let base = value(loss(kind, painting), here)
    #expect(base > 1e-3)
    let brighter = value(
      loss(kind, features([12, 10, 6], seed: 3, scale: 50)),
      features([12, 10, 6], seed: 4, scale: 50))
    #expect(abs(brighter / base - 1) < 1e-3)
    func twice(_ features: Tensor) -> Tensor {
      Tensor(features.elements + features.elements, shape: [24, 10, 6])
    }
    #expect(abs(value(loss(kind, twice(painting)), twice(here)) / base - 1) < 0.02)
  }

  /// With one channel there are formulas to compare with.
  @Test func `of one channel, each is the textbook's formula`() {
    let (painting, here) = (features([20, 20, 1], seed: 5), features([15, 21, 1], seed: 6))
    func moments(_ x: Tensor) -> (mean: Double, square: Double, variance: Double) {
      let values = x.elements.map(Double.init)
      let mean = values.reduce(0, +) / Double(values.count)
      let square = values.reduce(0) { $0 + $1 * $1 } / Double(values.count)
      return (mean, square, square - mean * mean)
    }
    let (a, x) = (moments(painting), moments(here))
    func expect(_ kind: Recipe.StyleLoss, _ expected: Double, within tolerance: Double) {
      let found = value(loss(kind, painting), here)
      #expect(abs(found / expected - 1) < tolerance, "\(kind): \(found) against \(expected)")
    }
    func squared(_ x: Double) -> Double { x * x }
    expect(.gram, squared(x.square - a.square) / squared(a.square), within: 1e-3)
    expect(
      .covariance,
      squared(x.mean - a.mean) / a.square + squared(x.variance - a.variance) / squared(a.variance),
      within: 1e-3)
    expect(
      .wasserstein,
      (squared(x.mean - a.mean) + squared(x.variance.squareRoot() - a.variance.squareRoot()))
        / a.square, within: 1e-2)
    // Sorted values against sorted values, at the same quantiles.
    let (sorted, other) = (here.elements.sorted(), painting.elements.sorted())
    let ways = sorted.indices.map { i -> Double in
      let place = (Double(i) + 0.5) * 400 / 315 - 0.5
      let below = Int(max(place, 0))
      let above = min(below + 1, 399)
      let fraction = max(place, 0) - Double(below)
      return Double(sorted[i]) - Double(other[below])
        - fraction * Double(other[above] - other[below])
    }
    expect(
      .sliced, ways.reduce(0) { $0 + $1 * $1 } / Double(ways.count) / a.square, within: 1e-4)
  }

  @Test(arguments: Recipe.StyleLoss.allCases)
  func `flat and empty paintings and pictures have finite losses`(kind: Recipe.StyleLoss) {
    let some = features([6, 5, 4], seed: 7)
    let (flat, empty) = (Tensor(repeating: 2, shape: [6, 5, 4]), Tensor(shape: [6, 5, 4]))
    for painting in [some, flat, empty] {
      for here in [some, flat, empty] {
        let verdict = loss(kind, painting).measure(here, draw: 0, on: workers)()
        let norm = FeatureGradient.magnitude(of: [verdict.gradient], at: here, on: workers)
        #expect(verdict.value.isFinite && norm.isFinite)
      }
    }
  }

  @Test(arguments: Recipe.StyleLoss.allCases)
  func `a painting with itself is that painting, and negative shares lead to no NaN`(
    kind: Recipe.StyleLoss
  ) {
    let (painting, here) = (features([12, 10, 6], seed: 8), features([11, 9, 6], seed: 9))
    func statistics(_ features: Tensor) -> StyleStatistics {
      StyleStatistics(of: features, isSampled: kind.needsSamples, on: workers)
    }
    let own = statistics(painting)
    let both = StyleStatistics(blending: [own, own], shares: [0.75, 0.25], on: workers)
    let alone = value(kind.loss(target: own, on: workers), here)
    #expect(abs(value(kind.loss(target: both, on: workers), here) / alone - 1) < 1e-3)
    let away = StyleStatistics(
      blending: [own, statistics(features([5, 4, 6], seed: 10))], shares: [0.5, -0.5],
      on: workers)
    let verdict = kind.loss(target: away, on: workers).measure(here, draw: 1, on: workers)()
    let norm = FeatureGradient.magnitude(of: [verdict.gradient], at: here, on: workers)
    #expect(verdict.value.isFinite && norm.isFinite)
  }

  /// What the others cannot see: the same mean and covariance, another distribution.
  @Test func `only the sliced loss tells apart what has the same moments`() {
    // Both have mean 0 and variance 1, but one is two points and the other three.
    let two = Tensor((0..<400).map { $0 % 2 == 0 ? -1 : 1 }, shape: [20, 20, 1])
    let three = Tensor(
      (0..<400).map { [0, 0, Float(2).squareRoot(), -Float(2).squareRoot()][$0 % 4] },
      shape: [20, 20, 1])
    for kind in Recipe.StyleLoss.allCases {
      let found = value(loss(kind, two), three)
      #expect(kind == .sliced ? found > 0.05 : found < 1e-3, "\(kind): \(found)")
    }
  }

  @Test func `shares of layers are equal in the middle and geometric beside it`() {
    let layers = (1...5).map { LayerName(block: $0, index: 1) }
    let comparison = StyleComparison()
    func shares(_ detail: Double) -> [Double] {
      let shares = comparison.shares(of: layers.reversed(), detail: detail)
      return layers.map { shares.share(of: $0, times: 1) }
    }
    #expect(shares(0) == Array(repeating: 0.2, count: 5))
    for (found, expected) in zip(shares(1), [256, 64, 16, 4, 1] as [Double]) {
      #expect(abs(found - expected / 341) < 1e-12)
    }
    #expect(zip(shares(-1), shares(1).reversed()).allSatisfy { abs($0 - $1) < 1e-12 })
    var recipe = Recipe()
    recipe.styleLayers = ["conv2_1", "conv1_1"]
    recipe.styleLayerWeights = [3, 1]
    let weighted = StyleComparison(recipe).shares(of: layers.prefix(2), detail: 0)
    #expect(weighted.share(of: layers[0], times: 8) == 2)
    #expect(weighted.mean(of: [layers[0]: 1, layers[1]: 5]) == 4)
  }
}
