import Tensors
import TestSupport
import Testing

@testable import Kernels

@Suite struct TotalVariationTests {
  let workers = Workers(threads: 2)

  @Test func `a flat picture has none`() {
    #expect(TotalVariation.value(of: Tensor(repeating: 0.3, shape: [5, 4, 3]), on: workers) == 0)
  }

  @Test func `each pair of neighbors counts once`() {
    // A single bright pixel differs from two neighbors straight and one on each diagonal it has.
    var corner = Tensor(shape: [3, 3, 1])
    corner[0] = 1
    #expect(abs(TotalVariation.value(of: corner, on: workers) - (4.0 / 3 + 1.0 / 6) / 9) < 1e-9)
    var middle = Tensor(shape: [3, 3, 1])
    middle[4] = 1
    #expect(abs(TotalVariation.value(of: middle, on: workers) - (8.0 / 3 + 4.0 / 6) / 9) < 1e-9)
  }

  @Test(arguments: [(1, 1, 1), (1, 6, 3), (6, 1, 2), (2, 2, 1), (5, 7, 3), (3, 16, 3)])
  func `its gradient agrees with finite differences`(height: Int, width: Int, channels: Int) {
    var random = SeededRandom(seed: UInt64(height * 100 + width))
    let image = random.uniform([height, width, channels], in: 0...1)
    let expected = finiteDifferences(at: image) { 2 * TotalVariation.value(of: $0, on: workers) }
    var gradient = Tensor(shape: image.shape)
    TotalVariation.addGradient(of: image, weight: 2, to: &gradient, on: workers)
    #expect(largestDifference(gradient, expected) < 1e-4)
  }
}
