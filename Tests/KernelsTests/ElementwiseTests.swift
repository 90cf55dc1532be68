import Tensors
import TestSupport
import Testing

@testable import Kernels

@Suite struct ElementwiseTests {
  let workers = Workers(threads: 2)

  @Test func `the rectifier's gradient stops where it had clipped`() {
    var gradient = Tensor([1, 2, 3, 4], shape: [2, 2, 1])
    Rectifier.backward(
      &gradient, activation: Tensor([0, 5, 0, 1e-30], shape: [2, 2, 1]), on: workers)
    #expect(gradient.elements == [0, 2, 0, 4])
  }

  @Test func `bias comes before the rectifier`() {
    var rows: [Float] = [1, -2, -5, 4]
    let bias: [Float] = [1, 3]
    rows.withUnsafeMutableBufferPointer { rows in
      bias.withUnsafeBufferPointer { bias in
        Rectifier.addBiasAndRectify(rows, bias: bias, columns: 2)
      }
    }
    #expect(rows == [2, 1, 0, 7])
  }

  @Test func `sums of squares agree with a plain sum, for every number of threads`() {
    var random = SeededRandom(seed: 8)
    let (x, y) = (random.uniform([97, 89, 11]), random.uniform([97, 89, 11]))
    let plain = zip(x.elements, y.elements).reduce(0.0) {
      $0 + Double($1.0 - $1.1) * Double($1.0 - $1.1)
    }
    let sums = [1, 2, 5].map {
      Distance.sumOfSquares(x, minus: y, on: Workers(threads: $0))
    }
    #expect(abs(sums[0] / plain - 1) < 1e-12)
    #expect(sums[0] == sums[1] && sums[0] == sums[2])
    #expect(abs(Distance.sumOfSquares(x, on: workers) / innerProduct(x, x) - 1) < 1e-12)
  }

  @Test func `the distance's gradient agrees with finite differences`() {
    var random = SeededRandom(seed: 9)
    let (x, y) = (random.uniform([3, 4, 2]), random.uniform([3, 4, 2]))
    let expected = finiteDifferences(at: x) {
      1.5 * Distance.sumOfSquares($0, minus: y, on: workers)
    }
    var gradient = Tensor(shape: x.shape)
    Distance.addGradient(of: x, minus: y, scale: 3, to: &gradient, on: workers)
    #expect(relativeDistance(gradient, expected) < 1e-4)
  }
}
