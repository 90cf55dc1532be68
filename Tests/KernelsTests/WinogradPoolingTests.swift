import TestSupport
import Tensors
import Testing

@testable import Kernels

@Suite struct WinogradPoolingTests {
  static let cases = [
    ConvolutionCase(height: 1, width: 1, inputs: 16, outputs: 16),
    ConvolutionCase(height: 1, width: 6, inputs: 16, outputs: 16),
    ConvolutionCase(height: 2, width: 2, inputs: 16, outputs: 48),
    ConvolutionCase(height: 3, width: 5, inputs: 16, outputs: 16),
    ConvolutionCase(height: 6, width: 7, inputs: 32, outputs: 16),
    ConvolutionCase(height: 29, width: 30, inputs: 16, outputs: 64),
    ConvolutionCase(height: 40, width: 33, inputs: 48, outputs: 16),
  ].flatMap(\.onEveryLevel)

  @Test(arguments: cases)
  func `fused pooling agrees with pooling afterwards`(_ c: ConvolutionCase) {
    var random = SeededRandom(seed: 1)
    let convolution = WinogradConvolution(c.filter(&random), level: c.level)
    let input = random.uniform(c.inputShape)
    let workers = Workers(threads: 2)
    var activation = Tensor(repeating: .nan, shape: c.outputShape)
    convolution.forward(input, into: &activation, on: workers)
    var expected = Tensor(shape: c.pooledShape)
    Pooling.forward(activation, into: &expected, on: workers)

    var pooled = Tensor(repeating: .nan, shape: c.pooledShape)
    var record = PoolingRecord(pooledShape: c.pooledShape)
    convolution.forward(input, pooledInto: &pooled, record: &record, on: workers)
    #expect(pooled.elements == expected.elements)
    #expect(pooled.elements.map { $0 > 0 } == (0..<pooled.count).map { record.positive[$0] })

    var again = Tensor(repeating: .nan, shape: c.outputShape)
    convolution.forward(
      input, into: &again, pooledInto: &pooled, record: &record, on: workers)
    #expect(again.elements == activation.elements)
    #expect(pooled.elements == expected.elements)
  }

  @Test(arguments: cases)
  func `fused unpooling agrees with unpooling before`(_ c: ConvolutionCase) {
    var random = SeededRandom(seed: 2)
    let convolution = WinogradConvolution(c.filter(&random), level: c.level)
    let workers = Workers(threads: 2)
    var activation = Tensor(shape: c.outputShape)
    var pooled = Tensor(shape: c.pooledShape)
    var record = PoolingRecord(pooledShape: c.pooledShape)
    convolution.forward(
      random.uniform(c.inputShape), into: &activation, pooledInto: &pooled, record: &record,
      on: workers)

    let pooledGradient = random.uniform(c.pooledShape)
    var gradient = Tensor(shape: c.outputShape)
    Pooling.addGradient(pooledGradient, record: record, to: &gradient, on: workers)
    var expected = Tensor(repeating: .nan, shape: c.inputShape)
    convolution.backward(gradient, into: &expected, on: workers)

    var result = Tensor(repeating: .nan, shape: c.inputShape)
    convolution.backward(
      unpooling: pooledGradient, record: record, into: &result, on: workers)
    #expect(result.elements == expected.elements)
  }

  @Test(arguments: KernelLevel.supported)
  func `of equal elements the first in reading order is the maximum`(level: KernelLevel) {
    // Weights of zero: only the bias is left, and all elements are equal.
    let bias = Tensor((0..<16).map { Float($0 - 8) }, shape: [16])
    let filter = ConvolutionFilter(weights: Tensor(shape: [3, 3, 16, 16]), bias: bias)
    var pooled = Tensor(shape: [4, 3, 16])
    var record = PoolingRecord(pooledShape: [4, 3, 16])
    WinogradConvolution(filter, level: level).forward(
      Tensor(shape: [8, 7, 16]), pooledInto: &pooled, record: &record, on: Workers(threads: 2))
    for i in 0..<pooled.count {
      #expect(record[i] == (0, 0))
      #expect(record.positive[i] == (i % 16 > 8))
      #expect(pooled[i] == max(0, Float(i % 16 - 8)))
    }
  }

  @Test func `the number of threads does not change a bit`() {
    var random = SeededRandom(seed: 3)
    let c = ConvolutionCase(height: 61, width: 46, inputs: 32, outputs: 64)
    let convolution = WinogradConvolution(c.filter(&random))
    let (input, gradient) = (random.uniform(c.inputShape), random.uniform(c.pooledShape))
    let results = [1, 2, 3].map { threads in
      var pooled = Tensor(shape: c.pooledShape)
      var record = PoolingRecord(pooledShape: c.pooledShape)
      var result = Tensor(shape: c.inputShape)
      let workers = Workers(threads: threads)
      convolution.forward(input, pooledInto: &pooled, record: &record, on: workers)
      convolution.backward(unpooling: gradient, record: record, into: &result, on: workers)
      return pooled.elements + result.elements
    }
    #expect(results[0] == results[1] && results[0] == results[2])
  }
}
