import Tensors
import TestSupport
import Testing

@testable import Kernels

@Suite struct GramTests {
  let workers = Workers(threads: 2)

  /// `G[a,b] = Σ over pixels of F[p,a] F[p,b] / pixels`, in double precision.
  static func reference(_ features: Tensor) -> Tensor {
    let (channels, values) = (features.shape.channels, features.elements)
    let pixels = values.count / channels
    return Tensor(
      (0..<channels * channels).map { i in
        let sum = (0..<pixels).reduce(0.0) { sum, p in
          sum + Double(values[p * channels + i / channels])
            * Double(values[p * channels + i % channels])
        }
        return Float(sum / Double(pixels))
      }, shape: [channels, channels])
  }

  @Test(arguments: [(1, 1, 3), (5, 7, 16), (130, 127, 16), (9, 1, 64), (6, 5, 144)])
  func `the matrix agrees with the reference`(height: Int, width: Int, channels: Int) {
    var random = SeededRandom(seed: 5)
    let features = random.uniform([height, width, channels])
    let matrix = Gram.matrix(of: features, on: workers)
    #expect(relativeDistance(matrix, Self.reference(features)) < 1e-6)
  }

  @Test func `its gradient agrees with finite differences`() {
    var random = SeededRandom(seed: 6)
    let features = random.uniform([3, 5, 4])
    var weight = random.uniform([4, 4])
    for i in 0..<4 { for j in 0..<i { weight[i * 4 + j] = weight[j * 4 + i] } }
    let expected = finiteDifferences(at: features) { features in
      innerProduct(Self.reference(features), weight)
    }
    var gradient = Tensor(repeating: 1, shape: features.shape)
    Gram.writeGradient(
      of: weight, features: features, into: &gradient, isAdding: true, on: workers)
    let added = Tensor(gradient.elements.map { $0 - 1 }, shape: gradient.shape)
    #expect(relativeDistance(added, expected) < 1e-4)
    Gram.writeGradient(
      of: weight, features: features, into: &gradient, isAdding: false, on: workers)
    #expect(relativeDistance(gradient, expected) < 1e-4)
  }

  @Test func `the number of threads does not change a bit`() {
    var random = SeededRandom(seed: 7)
    let features = random.uniform([150, 140, 16])
    let one = Gram.matrix(of: features, on: Workers(threads: 1))
    let three = Gram.matrix(of: features, on: Workers(threads: 3))
    #expect(one.elements == three.elements)
  }
}
