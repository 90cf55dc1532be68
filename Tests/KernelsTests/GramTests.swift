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

  @Test(
    arguments: KernelLevel.supported,
    [(1, 1, 3), (5, 7, 16), (130, 127, 16), (9, 1, 64), (6, 5, 144), (13, 17, 200)])
  func `the matrix agrees with the reference`(
    level: KernelLevel, size: (height: Int, width: Int, channels: Int)
  ) {
    var random = SeededRandom(seed: 5)
    let features = random.uniform([size.height, size.width, size.channels])
    let reference = Self.reference(features)
    #expect(
      relativeDistance(Gram.matrix(of: features, on: workers, level: level), reference) < 1e-6)
    #expect(
      relativeDistance(
        Gram.matrix(of: features.converted(to: .brain), on: workers, level: level),
        Self.reference(features.converted(to: .brain).converted(to: .single))) < 1e-6)
  }

  @Test func `the number of threads does not change a bit`() {
    var random = SeededRandom(seed: 7)
    let features = random.uniform([150, 140, 16])
    let one = Gram.matrix(of: features, on: Workers(threads: 1))
    let three = Gram.matrix(of: features, on: Workers(threads: 3))
    #expect(one.elements == three.elements)
  }
}
