import Tensors
import TestSupport
import Testing

@testable import Kernels

@Suite struct PoolingTests {
  let workers = Workers(threads: 2)

  @Test func `the largest of each square wins and an odd edge is dropped`() {
    let input = Tensor([1, 5, 9, 2, 3, 9, 7, 7, 7], shape: [3, 3, 1])
    var output = Tensor(shape: [1, 1, 1])
    Pooling.forward(input, into: &output, on: workers)
    #expect(output.elements == [5])
  }

  @Test(arguments: [[4, 4, 4, 4], [4, 4.000_002, 3.999_998, 4.000_004]] as [[Float]])
  func `of elements equal but for rounding the first gets the gradient`(_ square: [Float]) {
    let input = Tensor(square, shape: [2, 2, 1])
    var gradient = Tensor(repeating: .nan, shape: [2, 2, 1])
    Pooling.backward(
      Tensor([3], shape: [1, 1, 1]), input: input, into: &gradient, on: workers)
    #expect(gradient.elements == [3, 0, 0, 0])
  }

  @Test(arguments: [(2, 2, 1), (5, 7, 3), (8, 6, 16), (3, 9, 2), (2, 3, 1)])
  func `its gradient agrees with finite differences`(height: Int, width: Int, channels: Int) {
    // A permutation of multiples of 0.1, so that no step changes which element is the largest.
    var random = SeededRandom(seed: UInt64(height * width))
    let count = height * width * channels
    let input = Tensor(
      (0..<count).shuffled(using: &random).map { Float($0) * 0.1 },
      shape: [height, width, channels])
    let pooled = Pooling.pooledShape(of: input.shape)
    let weight = random.uniform(pooled)
    let expected = finiteDifferences(at: input) { input in
      var output = Tensor(uninitialized: pooled)
      Pooling.forward(input, into: &output, on: workers)
      return innerProduct(output, weight)
    }
    var gradient = Tensor(repeating: .nan, shape: input.shape)
    Pooling.backward(weight, input: input, into: &gradient, on: workers)
    #expect(largestDifference(gradient, expected) < 1e-3)
  }

  @Test func `a picture of one row pools to nothing`() {
    let input = Tensor(repeating: 1, shape: [1, 6, 2])
    #expect(Pooling.pooledShape(of: input.shape) == [0, 3, 2])
    var gradient = Tensor(repeating: .nan, shape: input.shape)
    Pooling.backward(Tensor(shape: [0, 3, 2]), input: input, into: &gradient, on: workers)
    #expect(gradient.elements.allSatisfy { $0 == 0 })
  }
}
