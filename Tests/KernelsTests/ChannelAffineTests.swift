import Foundation
import Kernels
import Tensors
import TestSupport
import Testing

@Suite struct ChannelAffineTests {
  private let workers = Workers(threads: 2)

  @Test(arguments: [1, 3, 4, 8, 24, 32], KernelLevel.supported)
  func `scales, shifts, rectifies and adds`(channels: Int, level: KernelLevel) {
    var random = SeededRandom(seed: 1)
    let input = random.uniform([7, 1511, channels])
    let addend = random.uniform(input.shape)
    let scale = (0..<channels).map { Float($0) - 1.5 }
    let shift = (0..<channels).map { 0.25 * Float($0) - 1 }
    let map = ChannelAffine(scale: scale, shift: shift, isRectified: true)
    var output = Tensor(repeating: .nan, shape: input.shape)
    map.apply(to: input, adding: addend, into: &output, level: level, on: workers)
    let expected = (0..<input.count).map { i in
      max(0, input[i] * scale[i % channels] + shift[i % channels]) + addend[i]
    }
    #expect(largestDifference(output, Tensor(expected, shape: input.shape)) < 1e-5)
  }

  @Test(arguments: KernelLevel.supported)
  func `takes the sigmoid of every number`(level: KernelLevel) {
    let values = stride(from: Float(-110), through: 110, by: 0.037).map { $0 }
    let input = Tensor(values, shape: [1, values.count, 1])
    var output = Tensor(repeating: .nan, shape: input.shape)
    ChannelAffine(scale: [1], shift: [0])
      .applySigmoid(to: input, into: &output, level: level, on: workers)
    for (x, y) in zip(values, output.elements) {
      let expected = 1 / (1 + exp(-Double(x)))
      #expect(abs(Double(y) - expected) < 3e-7 * max(expected, 1e-30))
    }
  }

  @Test func `normalizes an instance`() {
    var random = SeededRandom(seed: 2)
    let input = random.normal([37, 41, 3], mean: 20, deviation: 0.1)
    let moments = ChannelMoments(of: input, on: workers)
    let map = ChannelAffine(
      normalizing: moments, gamma: [1, 2, 3], beta: [0, -1, 1], epsilon: 0)
    var output = Tensor(uninitialized: input.shape)
    map.apply(to: input, into: &output, on: workers)
    let result = ChannelMoments(of: output, on: workers)
    for c in 0..<3 {
      #expect(abs(result.mean[c] - [0, -1, 1][c]) < 1e-3)
      #expect(abs(result.variance[c].squareRoot() - [1, 2, 3][c]) < 1e-3)
    }
  }

  @Test func `joins moments to those of the whole`() {
    var random = SeededRandom(seed: 3)
    let whole = random.normal([10, 9, 2], mean: 5, deviation: 2)
    let values = whole.elements
    var joined = ChannelMoments(channels: 2)
    joined.join(
      ChannelMoments(of: Tensor(values[..<36], shape: [2, 9, 2]), on: workers))
    joined.join(ChannelMoments(of: Tensor(values[36...], shape: [8, 9, 2]), on: workers))
    let expected = ChannelMoments(of: whole, on: workers)
    #expect(joined.count == 90)
    for c in 0..<2 {
      #expect(abs(joined.mean[c] - expected.mean[c]) < 1e-9)
      #expect(abs(joined.variance[c] - expected.variance[c]) < 1e-9)
    }
  }
}
