import TestSupport
import Tensors
import Testing

@testable import Kernels

@Suite struct FeatureGradientTests {
  let workers = Workers(threads: 2)

  /// `gradient` at features that are all above zero.
  private func written(_ sum: [FeatureGradient], at features: Tensor) -> Tensor {
    var gradient = features
    FeatureGradient.replace(&gradient, by: sum, on: workers)
    return gradient
  }

  private func symmetric(_ order: Int, _ random: inout SeededRandom) -> Tensor {
    var matrix = random.uniform([order, order])
    for i in 0..<order { for j in 0..<i { matrix[i * order + j] = matrix[j * order + i] } }
    return matrix
  }

  @Test(arguments: [(1, 1, 3), (3, 5, 4), (9, 7, 6)])
  func `that of moments agrees with finite differences`(height: Int, width: Int, channels: Int) {
    var random = SeededRandom(seed: 6)
    let features = random.uniform([height, width, channels], in: 0.1...1)
    let slope = Moments(mean: random.uniform([channels]), second: symmetric(channels, &random))
    let expected = finiteDifferences(at: features) {
      let moments = Moments(of: $0, on: workers)
      return 3
        * (innerProduct(moments.mean, slope.mean) + innerProduct(moments.second, slope.second))
    }
    let gradient = FeatureGradient(.moments(second: slope.second, mean: slope.mean))
    #expect(relativeDistance(written([gradient.times(3)], at: features), expected) < 1e-3)
  }

  @Test(arguments: [(1, 1, 1), (3, 5, 7), (11, 13, 16)])
  func `that of transport agrees with finite differences`(
    height: Int, width: Int, channels: Int
  ) {
    var random = SeededRandom(seed: 9)
    let features = random.uniform([height, width, channels], in: 0.1...2.1)
    let directions = random.uniform([3, channels])
    let target = SlicedTransport.quantiles(
      of: random.uniform([1, 20, channels]), along: directions, on: workers)
    func cost(_ features: Tensor) -> (value: Double, ways: Tensor) {
      SlicedTransport.cost(of: features, along: directions, to: target, on: workers)
    }
    // Short steps, across which the order of the pixels hardly changes.
    let expected = finiteDifferences(at: features, step: 3e-4) { 3 * cost($0).value }
    let gradient = FeatureGradient(.ways(cost(features).ways, directions: directions), times: 3)
    #expect(relativeDistance(written([gradient], at: features), expected) < 0.02)
  }

  @Test func `that of a distance agrees with finite differences`() {
    var random = SeededRandom(seed: 10)
    let (x, y) = (random.uniform([3, 4, 2], in: 0.1...1), random.uniform([3, 4, 2]))
    let expected = finiteDifferences(at: x) {
      1.5 * Distance.sumOfSquares($0, minus: y, on: workers)
    }
    let gradient = FeatureGradient(.distance(from: y), times: 1.5)
    #expect(relativeDistance(written([gradient], at: x), expected) < 1e-4)
  }

  @Test(arguments: [(1, 1), (5, 7), (130, 127)])
  func `they add up, and stop where the rectifier had clipped`(height: Int, width: Int) {
    var random = SeededRandom(seed: 11)
    let features = random.uniform([height, width, 16])
    let second = symmetric(16, &random)
    let target = random.uniform(features.shape)
    let sum = [
      FeatureGradient(.moments(second: second, mean: nil), times: 2),
      FeatureGradient(.distance(from: target), times: 0.25),
    ]
    let pixels = Double(height * width)
    let plain = (0..<features.count).map { i in
      let row = i / 16 * 16
      let product = (0..<16).reduce(0.0) {
        $0 + Double(features[row + $1]) * Double(second[$1 * 16 + i % 16])
      }
      return 4 / pixels * product + 0.5 * Double(features[i] - target[i])
    }
    let expected = zip(plain, features.elements).map { Float($1 > 0 ? $0 : 0) }
    #expect(
      relativeDistance(written(sum, at: features), Tensor(expected, shape: features.shape)) < 1e-6)
    let magnitude = FeatureGradient.magnitude(of: sum, at: features, on: workers)
    #expect(abs(magnitude / plain.reduce(0) { $0 + abs($1) } - 1) < 1e-6)
    #expect(written([], at: features).elements.allSatisfy { $0 == 0 })
  }

  @Test(arguments: [(1, 4), (6, 5), (90, 70)])
  func `of some pixels, they are those of these pixels alone, by their weights`(
    height: Int, width: Int
  ) {
    var random = SeededRandom(seed: 12)
    let features = random.uniform([height, width, 16], in: 0.1...1)
    let indices = (0..<height * width).filter { $0 % 3 == 1 || $0 % 50 > 40 }
    let weights = random.uniform([indices.count], in: 0...2)
    let selection = PixelSelection(indices: indices, weights: weights, area: 0.5)
    let gathered = selection.gather(features, on: workers)
    #expect(gathered.shape == [1, indices.count, 16])
    #expect(gathered.elements.suffix(16) == features.elements[(indices.last! * 16)...].prefix(16))
    let whole = FeatureGradient(
      .moments(second: symmetric(16, &random), mean: random.uniform([16])))
    let own = written([whole], at: gathered)
    var expected = Tensor(shape: features.shape)
    for (place, index) in indices.enumerated() {
      for c in 0..<16 { expected[index * 16 + c] = weights[place] * own[place * 16 + c] }
    }
    #expect(relativeDistance(written([whole.at(selection)], at: features), expected) < 1e-6)
    let twice = written([whole.at(selection), whole.at(selection)], at: features)
    #expect(
      relativeDistance(
        twice, Tensor(expected.elements.map { 2 * $0 }, shape: expected.shape)) < 1e-6)
  }

  @Test func `the number of threads does not change a bit`() {
    var random = SeededRandom(seed: 13)
    let features = random.uniform([150, 140, 16])
    let gradient = FeatureGradient(.moments(second: symmetric(16, &random), mean: nil))
    let results = [1, 3].map { threads in
      let workers = Workers(threads: threads)
      var result = features
      FeatureGradient.replace(&result, by: [gradient], on: workers)
      let norm = FeatureGradient.magnitude(of: [gradient], at: features, on: workers)
      return result.elements + [Float(norm)]
    }
    #expect(results[0] == results[1])
  }
}
