import Kernels
import Tensors
import TestSupport
import Testing

@Suite struct DirectConvolutionTests {
  /// A convolution and the picture that it is tried on; odd sizes throughout.
  struct Case: CustomStringConvertible, Sendable {
    let description: String
    let window: Int
    let inputs: Int
    let outputs: Int
    let geometry: ConvolutionGeometry
    var height = 13
    var width = 29

    func make() -> (input: Tensor, weights: Tensor, bias: Tensor) {
      var random = SeededRandom(seed: UInt64(window + inputs + outputs))
      return (
        random.uniform([height, width, inputs]),
        random.uniform([window, window, inputs, outputs], in: -0.2...0.2),
        random.uniform([outputs])
      )
    }
  }

  static let cases = [
    Case(
      description: "a picture, 9×9, to 32", window: 9, inputs: 3, outputs: 32,
      geometry: .init(padding: 4)),
    Case(
      description: "a picture, 9×9, to 8", window: 9, inputs: 3, outputs: 8,
      geometry: .init(padding: 4)),
    Case(
      description: "stride 2 in reflection", window: 3, inputs: 8, outputs: 16,
      geometry: .init(stride: 2, padding: 1)),
    Case(
      description: "stride 2 in zeros", window: 3, inputs: 3, outputs: 32,
      geometry: .init(stride: 2, padding: 1, border: .zero)),
    Case(
      description: "replicated edges", window: 5, inputs: 16, outputs: 24,
      geometry: .init(padding: 2, border: .replicate)),
    Case(
      description: "a residual's, many tiles", window: 3, inputs: 32, outputs: 32,
      geometry: .init(padding: 1), height: 21, width: 203),
    Case(
      description: "to a picture", window: 9, inputs: 4, outputs: 3,
      geometry: .init(padding: 4), height: 9, width: 253),
    Case(
      description: "nearest neighbors", window: 3, inputs: 32, outputs: 8,
      geometry: .init(upsampling: .nearest, padding: 1)),
    Case(
      description: "nearest neighbors, two groups", window: 3, inputs: 32, outputs: 16,
      geometry: .init(upsampling: .nearest, padding: 1)),
    Case(
      description: "nearest neighbors, to 4", window: 3, inputs: 8, outputs: 4,
      geometry: .init(upsampling: .nearest, padding: 1)),
    Case(
      description: "blended neighbors", window: 3, inputs: 8, outputs: 4,
      geometry: .init(upsampling: .bilinear, padding: 1)),
    Case(
      description: "blended neighbors, 5×5", window: 5, inputs: 6, outputs: 20,
      geometry: .init(upsampling: .bilinear, padding: 2)),
    Case(
      description: "a picture smaller than its border", window: 9, inputs: 3, outputs: 8,
      geometry: .init(padding: 4), height: 2, width: 3),
    Case(
      description: "one pixel", window: 3, inputs: 8, outputs: 4,
      geometry: .init(upsampling: .nearest, padding: 1), height: 1, width: 1),
  ]

  @Test(arguments: cases, KernelLevel.supported)
  func `agrees with the definition`(_ one: Case, level: KernelLevel) {
    let (input, weights, bias) = one.make()
    let convolution = DirectConvolution(
      weights: weights, bias: bias, geometry: one.geometry, level: level)
    var output = Tensor(repeating: .nan, shape: convolution.outputShape(for: input.shape))
    convolution.forward(input, into: &output, on: Workers(threads: 2))
    let expected = ReferenceDirectConvolution.forward(
      input, weights: weights, bias: bias, geometry: one.geometry)
    #expect(largestDifference(output, expected) < 2e-5)
  }

  @Test(arguments: cases, KernelLevel.supported)
  func `measures what it writes`(_ one: Case, level: KernelLevel) {
    let (input, weights, bias) = one.make()
    let convolution = DirectConvolution(
      weights: weights, bias: bias, geometry: one.geometry, range: -0.5...0.7, level: level)
    var output = Tensor(repeating: .nan, shape: convolution.outputShape(for: input.shape))
    let moments = convolution.measuredForward(input, into: &output, on: Workers(threads: 2))
    #expect(output.elements.allSatisfy { (-0.5...0.7).contains($0) })
    let expected = ChannelMoments(of: output, on: Workers(threads: 1))
    #expect(moments.count == expected.count)
    for (a, b) in zip(moments.mean, expected.mean) { #expect(abs(a - b) < 1e-6) }
    for (a, b) in zip(moments.variance, expected.variance) { #expect(abs(a - b) < 1e-6) }
  }

  @Test(arguments: cases.filter { $0.inputs > 3 }, KernelLevel.supported)
  func `reads through a map`(_ one: Case, level: KernelLevel) {
    let (input, weights, bias) = one.make()
    let map = ChannelAffine(
      scale: (0..<one.inputs).map { 0.5 + Float($0) / 10 },
      shift: (0..<one.inputs).map { 0.3 - Float($0) / 50 }, isRectified: true)
    let convolution = DirectConvolution(
      weights: weights, bias: bias, geometry: one.geometry, level: level)
    var output = Tensor(repeating: .nan, shape: convolution.outputShape(for: input.shape))
    convolution.forward(input, through: map, into: &output, on: Workers(threads: 2))
    var mapped = Tensor(uninitialized: input.shape)
    map.apply(to: input, into: &mapped, on: Workers(threads: 1))
    let expected = ReferenceDirectConvolution.forward(
      mapped, weights: weights, bias: bias, geometry: one.geometry)
    #expect(relativeDistance(output, expected) < 1e-6)
  }

  @Test func `does not depend on the number of threads`() {
    let (input, weights, bias) = Self.cases[5].make()
    let convolution = DirectConvolution(
      weights: weights, bias: bias, geometry: Self.cases[5].geometry)
    let results = [1, 2, 5].map { threads in
      var output = Tensor(uninitialized: convolution.outputShape(for: input.shape))
      let moments = convolution.measuredForward(
        input, into: &output, on: Workers(threads: threads))
      return (output.elements, moments)
    }
    #expect(results.allSatisfy { $0.0 == results[0].0 && $0.1 == results[0].1 })
  }
}
