import TestSupport
import Tensors
import Testing

@testable import Kernels

@Suite struct WinogradConvolutionTests {
  static let cases = [
    ConvolutionCase(height: 1, width: 1, inputs: 16, outputs: 16),
    ConvolutionCase(height: 1, width: 7, inputs: 16, outputs: 32),
    ConvolutionCase(height: 9, width: 1, inputs: 32, outputs: 48),
    ConvolutionCase(height: 16, width: 16, inputs: 64, outputs: 64),
    ConvolutionCase(height: 33, width: 31, inputs: 64, outputs: 16),
    ConvolutionCase(height: 61, width: 47, inputs: 16, outputs: 64),
    ConvolutionCase(height: 10, width: 13, inputs: 272, outputs: 48),
    ConvolutionCase(height: 5, width: 6, inputs: 512, outputs: 512),
    ConvolutionCase(height: 21, width: 18, inputs: 512, outputs: 16),
  ].flatMap(\.onEveryLevel)

  /// A tenth of what features may be off by, relative to their norm.
  static let tolerance = 5e-6

  @Test(arguments: cases)
  func `forward agrees with the reference`(_ c: ConvolutionCase) {
    var random = SeededRandom(seed: 1)
    let filter = c.filter(&random)
    let input = random.uniform(c.inputShape)
    let expected = rectified(ReferenceConvolution.forward(input, filter))
    var output = Tensor(repeating: .nan, shape: c.outputShape)
    var positive = BitMask(shape: c.outputShape)
    let convolution = WinogradConvolution(filter, level: c.level)
    convolution.forward(input, into: &output, positive: &positive, on: Workers(threads: 2))
    #expect(relativeDistance(output, expected) < Self.tolerance)
    #expect(output.elements.map { $0 > 0 } == (0..<output.count).map { positive[$0] })

    var plain = Tensor(repeating: .nan, shape: c.outputShape)
    convolution.forward(input, into: &plain, on: Workers(threads: 2))
    #expect(plain.elements == output.elements)
  }

  @Test(arguments: cases)
  func `backward agrees with the reference`(_ c: ConvolutionCase) {
    var random = SeededRandom(seed: 2)
    let filter = c.filter(&random)
    let gradient = random.uniform(c.outputShape)
    let expected = ReferenceConvolution.backward(gradient, filter)
    var result = Tensor(repeating: .nan, shape: c.inputShape)
    WinogradConvolution(filter, level: c.level).backward(
      gradient, into: &result, on: Workers(threads: 2))
    #expect(relativeDistance(result, expected) < Self.tolerance)
  }

  @Test(arguments: KernelLevel.supported)
  func `every side from 1 to 40 agrees with the reference`(level: KernelLevel) {
    var random = SeededRandom(seed: 3)
    let workers = Workers(threads: 2)
    for side in 1...40 {
      let c = ConvolutionCase(
        height: side, width: 41 - side, inputs: 16, outputs: 16, level: level)
      let filter = c.filter(&random)
      let convolution = WinogradConvolution(filter, level: level)
      let input = random.uniform(c.inputShape)
      var output = Tensor(repeating: .nan, shape: c.outputShape)
      convolution.forward(input, into: &output, on: workers)
      let expected = rectified(ReferenceConvolution.forward(input, filter))
      #expect(relativeDistance(output, expected) < Self.tolerance, "forward, \(side)")
      convolution.backward(input, into: &output, on: workers)
      #expect(
        relativeDistance(output, ReferenceConvolution.backward(input, filter)) < Self.tolerance,
        "backward, \(side)")
    }
  }

  @Test(arguments: KernelLevel.supported)
  func `backward is the adjoint of forward`(level: KernelLevel) {
    var random = SeededRandom(seed: 4)
    let c = ConvolutionCase(height: 30, width: 23, inputs: 32, outputs: 48, level: level)
    // A bias that keeps everything above zero takes the rectifier out of the way.
    let bias = Tensor(repeating: 64, shape: [c.outputs])
    let filter = ConvolutionFilter(weights: c.filter(&random).weights, bias: bias)
    let convolution = WinogradConvolution(filter, level: level)
    let (x, y) = (random.uniform(c.inputShape), random.uniform(c.outputShape))
    var forward = Tensor(shape: c.outputShape)
    var backward = Tensor(shape: c.inputShape)
    convolution.forward(x, into: &forward, on: Workers(threads: 2))
    convolution.backward(y, into: &backward, on: Workers(threads: 2))
    #expect(forward.elements.allSatisfy { $0 > 0 })
    let ofBias = 64 * y.elements.reduce(0.0) { $0 + Double($1) }
    let (left, right) = (innerProduct(forward, y) - ofBias, innerProduct(x, backward))
    #expect(abs(left - right) < 1e-4 * abs(right))
  }

  @Test(arguments: KernelLevel.supported)
  func `a gate closes exactly where the activation was not positive`(level: KernelLevel) {
    var random = SeededRandom(seed: 5)
    let c = ConvolutionCase(height: 14, width: 17, inputs: 48, outputs: 32, level: level)
    let convolution = WinogradConvolution(c.filter(&random), level: level)
    let workers = Workers(threads: 2)
    let gradient = random.uniform(c.outputShape)
    // The activation of a layer below, and its bits.
    let below = ConvolutionCase(height: 14, width: 17, inputs: 16, outputs: 48)
    var activation = Tensor(shape: c.inputShape)
    var mask = BitMask(shape: c.inputShape)
    WinogradConvolution(below.filter(&random), level: level).forward(
      random.uniform(below.inputShape), into: &activation, positive: &mask, on: workers)

    var open = Tensor(shape: c.inputShape)
    convolution.backward(gradient, into: &open, on: workers)
    let expected = zip(open.elements, activation.elements).map { $1 > 0 ? $0 : 0 }
    #expect(expected.contains(0) && expected.contains { $0 != 0 })
    for gate in [RectifierGate.mask(mask), .activation(activation)] {
      var gated = Tensor(repeating: .nan, shape: c.inputShape)
      convolution.backward(gradient, into: &gated, gate: gate, on: workers)
      #expect(gated.elements == expected)
    }

    let loss = random.uniform(c.inputShape)
    var sum = loss
    convolution.backward(
      gradient, into: &sum, isAdding: true, gate: .mask(mask), on: workers)
    let both = zip(zip(open.elements, loss.elements), activation.elements)
    #expect(sum.elements == both.map { $1 > 0 ? $0.0 + $0.1 : 0 })
  }

  @Test func `the number of threads does not change a bit`() {
    var random = SeededRandom(seed: 6)
    let c = ConvolutionCase(height: 61, width: 47, inputs: 64, outputs: 128)
    let convolution = WinogradConvolution(c.filter(&random))
    let (input, gradient) = (random.uniform(c.inputShape), random.uniform(c.outputShape))
    let results = [1, 2, 3, 8].map { threads in
      var output = Tensor(shape: c.outputShape)
      var result = Tensor(shape: c.inputShape)
      convolution.forward(input, into: &output, on: Workers(threads: threads))
      convolution.backward(gradient, into: &result, on: Workers(threads: threads))
      return output.elements + result.elements
    }
    #expect(results.allSatisfy { $0 == results[0] })
  }

  @Test(arguments: KernelLevel.supported)
  func `half precision weights cost a thousandth`(level: KernelLevel) {
    var random = SeededRandom(seed: 7)
    let c = ConvolutionCase(height: 12, width: 9, inputs: 272, outputs: 64, level: level)
    // Small weights: their transforms would underflow half precision if they were not scaled.
    let weights = random.uniform([3, 3, c.inputs, c.outputs], in: -1e-4...1e-4)
    let filter = ConvolutionFilter(weights: weights, bias: Tensor(shape: [c.outputs]))
    let convolution = WinogradConvolution(filter, precision: .half, level: level)
    let (input, gradient) = (random.uniform(c.inputShape), random.uniform(c.outputShape))
    var output = Tensor(shape: c.outputShape)
    convolution.forward(input, into: &output, on: Workers(threads: 2))
    let expected = rectified(ReferenceConvolution.forward(input, filter))
    #expect(relativeDistance(output, expected) < 2e-3)
    var result = Tensor(shape: c.inputShape)
    convolution.backward(gradient, into: &result, on: Workers(threads: 2))
    #expect(relativeDistance(result, ReferenceConvolution.backward(gradient, filter)) < 2e-3)
  }
}
