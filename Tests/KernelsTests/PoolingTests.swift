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

  /// Where the maxima are, by comparing.
  static func record(of input: Tensor) -> PoolingRecord {
    let (width, channels) = (input.shape.width, input.shape.channels)
    var record = PoolingRecord(pooledShape: Pooling.pooledShape(of: input.shape))
    for element in 0..<record.shape.count {
      let (pixel, channel) = (element / channels, element % channels)
      let (row, column) = (pixel / record.shape.width, pixel % record.shape.width)
      let square = (0..<4).map { place in
        input[((2 * row + place / 2) * width + 2 * column + place % 2) * channels + channel]
      }
      let place = square.indices.max { square[$0] < square[$1] } ?? 0
      record.choices[element / 16] |= UInt32(place % 2) << (element % 16)
      record.choices[element / 16] |= UInt32(place / 2) << (16 + element % 16)
    }
    return record
  }

  @Test(arguments: [(2, 2), (5, 7), (8, 6), (3, 9), (2, 3)])
  func `its gradient agrees with finite differences, and is added`(height: Int, width: Int) {
    // A permutation of multiples of 0.1, so that no step changes which element is the largest.
    var random = SeededRandom(seed: UInt64(height * width))
    let count = height * width * 16
    let input = Tensor(
      (0..<count).shuffled(using: &random).map { Float($0) * 0.1 }, shape: [height, width, 16])
    let pooled = Pooling.pooledShape(of: input.shape)
    let weight = random.uniform(pooled)
    let expected = finiteDifferences(at: input) { input in
      var output = Tensor(uninitialized: pooled)
      Pooling.forward(input, into: &output, on: workers)
      return innerProduct(output, weight)
    }
    var gradient = Tensor(repeating: 1, shape: input.shape)
    Pooling.addGradient(weight, record: Self.record(of: input), to: &gradient, on: workers)
    let added = Tensor(gradient.elements.map { $0 - 1 }, shape: gradient.shape)
    #expect(largestDifference(added, expected) < 2e-3)
  }

  @Test func `a picture of one row pools to nothing`() {
    #expect(Pooling.pooledShape(of: [1, 6, 16]) == [0, 3, 16])
    var gradient = Tensor(repeating: 1, shape: [1, 6, 16])
    Pooling.addGradient(
      Tensor(shape: [0, 3, 16]), record: PoolingRecord(pooledShape: [0, 3, 16]), to: &gradient,
      on: workers)
    #expect(gradient.elements.allSatisfy { $0 == 1 })
  }
}
