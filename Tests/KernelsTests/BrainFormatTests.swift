import TestSupport
import Tensors
import Testing

@testable import Kernels

/// What is kept as bfloat16 is computed as in single precision, and rounded once.
@Suite struct BrainFormatTests {
  static let cases = [
    ConvolutionCase(height: 1, width: 7, inputs: 16, outputs: 32),
    ConvolutionCase(height: 13, width: 10, inputs: 272, outputs: 48),
    ConvolutionCase(height: 29, width: 30, inputs: 32, outputs: 64),
    ConvolutionCase(height: 40, width: 33, inputs: 48, outputs: 16),
  ].flatMap(\.onEveryLevel)

  let workers = Workers(threads: 2)

  /// Random numbers as they are kept, and the same in single precision.
  private func numbers(
    _ shape: Shape, _ random: inout SeededRandom
  ) -> (brain: Tensor, single: Tensor) {
    let brain = random.uniform(shape).converted(to: .brain)
    return (brain, brain.converted(to: .single))
  }

  private func room(_ shape: Shape) -> Tensor {
    Tensor(repeating: .nan, shape: shape).converted(to: .brain)
  }

  private func rounded(_ tensor: Tensor) -> [Float] { tensor.converted(to: .brain).elements }

  @Test(arguments: cases)
  func `a convolution's way there`(_ c: ConvolutionCase) {
    var random = SeededRandom(seed: 1)
    let convolution = WinogradConvolution(c.filter(&random), level: c.level)
    let input = numbers(c.inputShape, &random)
    var (expected, found) = (Tensor(shape: c.outputShape), room(c.outputShape))
    var (mask, foundMask) = (BitMask(shape: c.outputShape), BitMask(shape: c.outputShape))
    convolution.forward(input.single, into: &expected, positive: &mask, on: workers)
    convolution.forward(input.brain, into: &found, positive: &foundMask, on: workers)
    #expect(found.elements == rounded(expected))
    #expect(foundMask.words == mask.words)

    var (pooled, foundPooled) = (Tensor(shape: c.pooledShape), room(c.pooledShape))
    var record = PoolingRecord(pooledShape: c.pooledShape)
    var foundRecord = record
    convolution.forward(input.single, pooledInto: &pooled, record: &record, on: workers)
    convolution.forward(input.brain, pooledInto: &foundPooled, record: &foundRecord, on: workers)
    #expect(foundPooled.elements == rounded(pooled))
    #expect(foundRecord.choices == record.choices)
  }

  @Test(arguments: cases)
  func `a convolution's way back`(_ c: ConvolutionCase) {
    var random = SeededRandom(seed: 2)
    let convolution = WinogradConvolution(c.filter(&random), level: c.level)
    let gradient = numbers(c.outputShape, &random)
    let below = numbers(c.inputShape, &random)
    let loss = numbers(c.inputShape, &random)
    var (expected, found) = loss
    swap(&expected, &found)
    convolution.backward(
      gradient.single, into: &expected, isAdding: true, gate: .activation(below.single),
      on: workers)
    convolution.backward(
      gradient.brain, into: &found, isAdding: true, gate: .activation(below.brain), on: workers)
    #expect(found.elements == rounded(expected))
    #expect(found.elements.contains(0) && found.elements.contains { $0 != 0 })

    var pooled = Tensor(shape: c.pooledShape)
    var record = PoolingRecord(pooledShape: c.pooledShape)
    convolution.forward(below.single, pooledInto: &pooled, record: &record, on: workers)
    let pooledGradient = numbers(c.pooledShape, &random)
    convolution.backward(
      unpooling: pooledGradient.single, record: record, into: &expected, on: workers)
    convolution.backward(
      unpooling: pooledGradient.brain, record: record, into: &found, on: workers)
    #expect(found.elements == rounded(expected))
  }

  @Test(arguments: KernelLevel.supported)
  func `the first convolution, there and back`(level: KernelLevel) {
    var random = SeededRandom(seed: 3)
    let c = ConvolutionCase(height: 37, width: 41, inputs: 3, outputs: 48, level: level)
    let convolution = PictureConvolution(c.filter(&random), level: level)
    let picture = random.uniform(c.inputShape)
    var (expected, found) = (Tensor(shape: c.outputShape), room(c.outputShape))
    convolution.forward(picture, into: &expected, on: workers)
    convolution.forward(picture, into: &found, on: workers)
    #expect(found.elements == rounded(expected))

    let gradient = numbers(c.outputShape, &random)
    var (back, foundBack) = (Tensor(shape: c.inputShape), Tensor(shape: c.inputShape))
    convolution.backward(gradient.single, into: &back, on: workers)
    convolution.backward(gradient.brain, into: &foundBack, on: workers)
    #expect(foundBack.elements == back.elements)
  }

  @Test(arguments: [(1, 1, 16), (33, 35, 48), (130, 127, 16)])
  func `what losses measure`(height: Int, width: Int, channels: Int) {
    var random = SeededRandom(seed: 4)
    let features = numbers([height, width, channels], &random)
    let other = numbers(features.single.shape, &random)
    #expect(
      relativeDistance(
        Gram.matrix(of: features.brain, on: workers), GramTests.reference(features.single)) < 1e-6)
    #expect(
      Gram.matrix(of: features.brain, on: Workers(threads: 3)).elements
        == Gram.matrix(of: features.brain, on: Workers(threads: 1)).elements)
    #expect(
      Moments(of: features.brain, on: workers).mean.elements
        == Moments(of: features.single, on: workers).mean.elements)
    #expect(
      Distance.sumOfSquares(features.brain, minus: other.brain, on: workers)
        == Distance.sumOfSquares(features.single, minus: other.single, on: workers))
    #expect(
      Distance.sumOfSquares(features.brain, on: workers)
        == Distance.sumOfSquares(features.single, on: workers))
  }

  @Test(arguments: [(1, 1), (33, 35), (90, 70)])
  func `what losses send back, of all pixels and of some`(height: Int, width: Int) {
    var random = SeededRandom(seed: 5)
    let features = numbers([height, width, 16], &random)
    let target = numbers(features.single.shape, &random)
    let second = random.uniform([16, 16])
    let indices = (0..<height * width).filter { $0 % 3 != 1 }
    let selection = PixelSelection(
      indices: indices, weights: random.uniform([indices.count], in: 0...2), area: 0.5)
    func sum(_ target: Tensor) -> [FeatureGradient] {
      [
        FeatureGradient(.moments(second: second, mean: nil), times: 2),
        FeatureGradient(.distance(from: target), times: 0.25),
        FeatureGradient(.moments(second: second, mean: nil), at: selection),
      ]
    }
    var (found, expected) = features
    let norm = FeatureGradient.magnitude(of: sum(target.brain), at: found, on: workers)
    #expect(norm == FeatureGradient.magnitude(of: sum(target.single), at: expected, on: workers))
    FeatureGradient.replace(&found, by: sum(target.brain), on: workers)
    FeatureGradient.replace(&expected, by: sum(target.single), on: workers)
    #expect(found.elements == rounded(expected))
  }
}
