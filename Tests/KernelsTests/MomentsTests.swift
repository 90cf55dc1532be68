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
}
