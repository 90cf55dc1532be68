import Kernels
import TestSupport
import Tensors
import Testing

@Suite struct WeightedMomentsTests {
  private let workers = Workers(threads: 2)

  @Test(arguments: [(1, 1, 3), (5, 7, 16), (70, 67, 16), (6, 5, 144)])
  func `they agree with the reference`(height: Int, width: Int, channels: Int) {
    var random = SeededRandom(seed: 31)
    let features = random.uniform([height, width, channels], in: 0...1)
    let weights = random.uniform([height * width], in: 0...2)
    let (values, pixels) = (features.elements.map(Double.init), height * width)
    let moments = Moments(of: features, weights: weights, on: workers)
    func mean(_ value: (Int) -> Double) -> Double {
      (0..<pixels).reduce(0) { $0 + Double(weights[$1]) * value($1) } / Double(pixels)
    }
    for (a, b) in [(0, 0), (0, channels - 1), (channels / 2, channels / 3)] {
      #expect(
        abs(Double(moments.mean[a]) - mean { values[$0 * channels + a] }) < 1e-5)
      let expected = mean { values[$0 * channels + a] * values[$0 * channels + b] }
      #expect(abs(Double(moments.second[a * channels + b]) - expected) < 1e-5)
    }
  }

  @Test func `weights of one change nothing, and none at all not a bit`() {
    var random = SeededRandom(seed: 32)
    let features = random.uniform([9, 8, 16], in: 0...1)
    let plain = Moments(of: features, on: workers)
    let ones = Moments(
      of: features, weights: Tensor(repeating: 1, shape: [72]), on: workers)
    #expect(relativeDistance(ones.second, plain.second) < 1e-6)
    #expect(relativeDistance(ones.mean, plain.mean) < 1e-6)
    let none = Moments(of: features, weights: nil, on: workers)
    #expect(none.second.elements == plain.second.elements)
    #expect(none.mean.elements == plain.mean.elements)
  }
}
