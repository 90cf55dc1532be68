import Kernels
import Tensors
import TestSupport
import Testing

@Suite struct TransposedConvolutionTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let window: [Int], stride: Int, cut: [Int], extra: Int
    var testDescription: String { "\(window) by \(stride), cut \(cut), extra \(extra)" }
  }

  static let cases = [
    Case(window: [3, 3], stride: 1, cut: [1, 1], extra: 0),
    Case(window: [3, 3], stride: 2, cut: [1, 1], extra: 1),
    Case(window: [4, 4], stride: 2, cut: [1, 1], extra: 0),
    Case(window: [9, 5], stride: 3, cut: [4, 0], extra: 2),
    Case(window: [2, 1], stride: 3, cut: [0, 0], extra: 1),
    Case(window: [3, 3], stride: 2, cut: [2, 2], extra: 0),
    Case(window: [3, 3], stride: 1, cut: [2, 2], extra: 0),
  ]

  /// Each pixel adds its multiple of the window, in double precision.
  private func reference(
    _ input: Tensor, _ weights: Tensor, _ bias: Tensor, _ geometry: TransposedConvolution.Geometry
  ) -> Tensor {
    let (inputs, outputs) = (weights.shape[2], weights.shape[3])
    var sums = (0..<geometry.height * geometry.width * outputs).map { Double(bias[$0 % outputs]) }
    for y in 0..<input.shape.height {
      for x in 0..<input.shape.width {
        for i in 0..<weights.shape[0] {
          for j in 0..<weights.shape[1] {
            let (row, column) = (
              y * geometry.stride + i - geometry.top, x * geometry.stride + j - geometry.left
            )
            guard (0..<geometry.height).contains(row), (0..<geometry.width).contains(column) else {
              continue
            }
            for a in 0..<inputs {
              for b in 0..<outputs {
                sums[(row * geometry.width + column) * outputs + b] +=
                  Double(input[(y * input.shape.width + x) * inputs + a])
                  * Double(weights[((i * weights.shape[1] + j) * inputs + a) * outputs + b])
              }
            }
          }
        }
      }
    }
    return Tensor(
      sums.map { Float($0) }, shape: [geometry.height, geometry.width, outputs])
  }

  @Test(arguments: cases)
  func `it is the sum of shifted windows`(shape: Case) {
    var random = SeededRandom(seed: 3)
    let input = random.uniform([5, 7, 6], in: -1...1)
    let weights = random.uniform([shape.window[0], shape.window[1], 6, 5], in: -1...1)
    let bias = random.uniform([5], in: -1...1)
    let geometry = TransposedConvolution.Geometry(
      stride: shape.stride, top: shape.cut[0], left: shape.cut[1],
      height: 4 * shape.stride + shape.window[0] - 2 * shape.cut[0] + shape.extra,
      width: 6 * shape.stride + shape.window[1] - 2 * shape.cut[1] + shape.extra)
    let convolution = TransposedConvolution(
      weights: weights, bias: bias, geometry: geometry, input: input.shape)
    for threads in [1, 3] {
      let result = convolution.forward(input, on: Workers(threads: threads))
      #expect(
        largestDifference(result, reference(input, weights, bias, geometry)) < 2e-5)
    }
  }
}
