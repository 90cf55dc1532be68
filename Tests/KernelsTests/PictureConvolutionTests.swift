import TestSupport
import Tensors
import Testing

@testable import Kernels

@Suite struct PictureConvolutionTests {
  static let cases = [
    ConvolutionCase(height: 1, width: 1, inputs: 3, outputs: 16),
    ConvolutionCase(height: 2, width: 9, inputs: 3, outputs: 16),
    ConvolutionCase(height: 13, width: 1, inputs: 3, outputs: 48),
    ConvolutionCase(height: 16, width: 16, inputs: 3, outputs: 64),
    ConvolutionCase(height: 37, width: 41, inputs: 3, outputs: 64),
  ].flatMap(\.onEveryLevel)

  @Test(arguments: cases)
  func `forward agrees with the reference`(_ c: ConvolutionCase) {
    var random = SeededRandom(seed: 1)
    let filter = c.filter(&random)
    let picture = random.uniform(c.inputShape)
    var output = Tensor(repeating: .nan, shape: c.outputShape)
    PictureConvolution(filter, level: c.level).forward(
      picture, into: &output, on: Workers(threads: 2))
    let expected = rectified(ReferenceConvolution.forward(picture, filter))
    #expect(relativeDistance(output, expected) < 1e-6)
  }

  @Test(arguments: cases)
  func `backward agrees with the reference`(_ c: ConvolutionCase) {
    var random = SeededRandom(seed: 2)
    let filter = c.filter(&random)
    let gradient = random.uniform(c.outputShape)
    var result = Tensor(repeating: .nan, shape: c.inputShape)
    PictureConvolution(filter, level: c.level).backward(
      gradient, into: &result, on: Workers(threads: 2))
    #expect(
      relativeDistance(result, ReferenceConvolution.backward(gradient, filter)) < 1e-6)
  }

  @Test func `the number of threads does not change a bit`() {
    var random = SeededRandom(seed: 3)
    let c = ConvolutionCase(height: 61, width: 47, inputs: 3, outputs: 64)
    let convolution = PictureConvolution(c.filter(&random))
    let (picture, gradient) = (random.uniform(c.inputShape), random.uniform(c.outputShape))
    let results = [1, 2, 3].map { threads in
      var output = Tensor(shape: c.outputShape)
      var result = Tensor(shape: c.inputShape)
      convolution.forward(picture, into: &output, on: Workers(threads: threads))
      convolution.backward(gradient, into: &result, on: Workers(threads: threads))
      return output.elements + result.elements
    }
    #expect(results[0] == results[1] && results[0] == results[2])
  }
}
