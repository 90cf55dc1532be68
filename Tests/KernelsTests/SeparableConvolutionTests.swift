import Kernels
import Tensors
import TestSupport
import Testing

@Suite struct SeparableConvolutionTests {
  @Test(arguments: [1, 2], KernelLevel.supported)
  func `a depthwise convolution agrees with the definition`(stride: Int, level: KernelLevel) {
    var random = SeededRandom(seed: 4)
    let input = random.uniform([11, 9, 48])
    let weights = random.uniform([3, 3, 48])
    let bias = random.uniform([48])
    var geometry = ConvolutionGeometry(stride: stride, padding: 1, border: .zero)
    // As TensorFlow pads "same" at stride 2.
    if stride == 2 { (geometry.top, geometry.left) = (0, 0) }
    let convolution = DepthwiseConvolution(
      weights: weights, bias: bias, geometry: geometry, level: level)
    var output = Tensor(repeating: .nan, shape: convolution.outputShape(for: input.shape))
    convolution.forward(input, into: &output, on: Workers(threads: 2))
    let expected = ReferenceDirectConvolution.forward(
      input, weights: weights.reshaped(to: [3, 3, 1, 48]), bias: bias, geometry: geometry,
      isDepthwise: true)
    #expect(largestDifference(output, expected) < 1e-5)
  }

  @Test func `a pointwise convolution agrees with the definition, clamped`() {
    var random = SeededRandom(seed: 5)
    let input = random.uniform([37, 31, 24])
    let weights = random.uniform([24, 100])
    let bias = random.uniform([100])
    let convolution = PointwiseConvolution(weights: weights, bias: bias, range: 0...1)
    var output = Tensor(repeating: .nan, shape: [37, 31, 100])
    convolution.forward(input, into: &output, on: Workers(threads: 3))
    let expected = ReferenceDirectConvolution.forward(
      input, weights: weights.reshaped(to: [1, 1, 24, 100]), bias: bias,
      geometry: .init(padding: 0))
    let clamped = Tensor(expected.elements.map { min(max($0, 0), 1) }, shape: expected.shape)
    #expect(largestDifference(output, clamped) < 1e-5)
  }
}
