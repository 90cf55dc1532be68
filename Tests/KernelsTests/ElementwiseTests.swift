import Tensors
import TestSupport
import Testing

@testable import Kernels

@Suite struct ElementwiseTests {
  let workers = Workers(threads: 2)

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
}
