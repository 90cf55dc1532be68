import TestSupport
import Tensors
import Testing

@testable import Kernels

@Suite struct MomentsTests {
  let workers = Workers(threads: 2)

  @Test(arguments: [(1, 1, 3), (5, 7, 16), (130, 127, 16), (6, 5, 144)])
  func `mean and covariance agree with the reference`(height: Int, width: Int, channels: Int) {
    var random = SeededRandom(seed: 21)
    let features = random.uniform([height, width, channels], in: 0...1)
    let (values, pixels) = (features.elements, height * width)
    func mean(_ a: Int) -> Double {
      (0..<pixels).reduce(0) { $0 + Double(values[$1 * channels + a]) } / Double(pixels)
    }
    let means = (0..<channels).map(mean)
    let moments = Moments(of: features, on: workers)
    #expect(zip(moments.mean.elements, means).allSatisfy { abs(Double($0) - $1) < 1e-6 })
    let covariance = moments.covariance
    for (a, b) in [(0, 0), (0, channels - 1), (channels / 2, channels / 3)] {
      let expected =
        (0..<pixels).reduce(0.0) { sum, p in
          sum + (Double(values[p * channels + a]) - means[a])
            * (Double(values[p * channels + b]) - means[b])
        } / Double(pixels)
      #expect(abs(covariance[a * channels + b] - expected) < 2e-6)
    }
    let power = values.reduce(0) { $0 + Double($1) * Double($1) } / Double(pixels)
    #expect(abs(moments.power - power) < 1e-5 * power)
  }

  @Test func `the gradient agrees with finite differences`() {
    var random = SeededRandom(seed: 22)
    let features = random.uniform([3, 5, 4])
    var second = random.uniform([4, 4])
    for i in 0..<4 { for j in 0..<i { second[i * 4 + j] = second[j * 4 + i] } }
    let slope = Moments(mean: random.uniform([4]), second: second)
    let expected = finiteDifferences(at: features) {
      let moments = Moments(of: $0, on: workers)
      return innerProduct(moments.mean, slope.mean) + innerProduct(moments.second, slope.second)
    }
    var gradient = Tensor(repeating: 1, shape: features.shape)
    Gram.writeGradient(
      of: slope.second, mean: slope.mean, features: features, into: &gradient, isAdding: true,
      on: workers)
    let added = Tensor(gradient.elements.map { $0 - 1 }, shape: gradient.shape)
    #expect(relativeDistance(added, expected) < 1e-3)
    Gram.writeGradient(
      of: slope.second, mean: slope.mean, features: features, into: &gradient, isAdding: false,
      on: workers)
    #expect(relativeDistance(gradient, expected) < 1e-3)
  }
}
