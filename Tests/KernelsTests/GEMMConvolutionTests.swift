import Tensors
import TestSupport
import Testing

@testable import Kernels

@Suite struct GEMMConvolutionTests {
  struct Case: CustomTestStringConvertible {
    let height: Int
    let width: Int
    let inputs: Int
    let outputs: Int
    var testDescription: String { "\(height)×\(width), \(inputs) to \(outputs)" }
  }

  static let cases = [
    Case(height: 1, width: 1, inputs: 3, outputs: 16),
    Case(height: 1, width: 7, inputs: 16, outputs: 16),
    Case(height: 9, width: 1, inputs: 3, outputs: 5),
    Case(height: 2, width: 2, inputs: 16, outputs: 32),
    Case(height: 17, width: 23, inputs: 3, outputs: 64),
    Case(height: 33, width: 31, inputs: 32, outputs: 16),
    Case(height: 5, width: 6, inputs: 512, outputs: 16),
  ]

  @Test(arguments: cases)
  func `forward agrees with the reference`(_ c: Case) {
    var random = SeededRandom(seed: 1)
    let filter = Self.filter(c, &random)
    let input = random.uniform([c.height, c.width, c.inputs])
    var expected = ReferenceConvolution.forward(input, filter)
    expected.withMutableFloats { for i in $0.indices { $0[i] = max(0, $0[i]) } }
    var output = Tensor(repeating: .nan, shape: [c.height, c.width, c.outputs])
    GEMMConvolution(filter).forwardRectified(input, into: &output, on: Workers(threads: 2))
    #expect(relativeDistance(output, expected) < 1e-6)
  }

  @Test(arguments: cases)
  func `backward agrees with the reference`(_ c: Case) {
    var random = SeededRandom(seed: 2)
    let filter = Self.filter(c, &random)
    let gradient = random.uniform([c.height, c.width, c.outputs])
    let expected = ReferenceConvolution.backward(gradient, filter)
    var result = Tensor(repeating: .nan, shape: [c.height, c.width, c.inputs])
    GEMMConvolution(filter).backward(gradient, into: &result, on: Workers(threads: 2))
    #expect(relativeDistance(result, expected) < 1e-6)
  }

  @Test func `the reference's gradient agrees with finite differences`() {
    var random = SeededRandom(seed: 3)
    let c = Case(height: 4, width: 5, inputs: 3, outputs: 4)
    let filter = Self.filter(c, &random)
    let input = random.uniform([4, 5, 3])
    let weight = random.uniform([4, 5, 4])
    let expected = finiteDifferences(at: input, step: 0.5) {
      innerProduct(ReferenceConvolution.forward($0, filter), weight)
    }
    #expect(relativeDistance(ReferenceConvolution.backward(weight, filter), expected) < 1e-5)
  }

  @Test func `the number of threads does not change a bit`() {
    var random = SeededRandom(seed: 4)
    let c = Case(height: 61, width: 47, inputs: 16, outputs: 32)
    let convolution = GEMMConvolution(Self.filter(c, &random))
    let input = random.uniform([61, 47, 16])
    let outputs = [1, 2, 3].map { threads in
      var output = Tensor(shape: [61, 47, 32])
      convolution.forwardRectified(input, into: &output, on: Workers(threads: threads))
      return output.elements
    }
    #expect(outputs[0] == outputs[1] && outputs[0] == outputs[2])
  }

  static func filter(_ c: Case, _ random: inout SeededRandom) -> ConvolutionFilter {
    ConvolutionFilter(
      weights: random.uniform([3, 3, c.inputs, c.outputs]), bias: random.uniform([c.outputs]))
  }
}
