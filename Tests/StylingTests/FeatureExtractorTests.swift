import Kernels
import Networks
import Tensors
import TestSupport
import Testing

/// The way back through every choice of layers that a loss may read.
@Suite struct FeatureExtractorTests {
  /// `Σ F² / 2` over its layers: the gradient with respect to each is the activation itself.
  private struct Energy: FeatureLoss {
    let layers: Set<LayerName>

    func replace(_ activation: inout Tensor, at layer: LayerName, on workers: Workers) {
      let nothing = Tensor(shape: activation.shape)
      FeatureGradient.replace(
        &activation, by: [FeatureGradient(.distance(from: nothing), times: 0.5)], on: workers)
    }

    func addImageGradient(to gradient: inout Tensor, on workers: Workers) {}
  }

  @Test(arguments: [(VGG.Precision.full, 1e-4), (.mixed, 0.02)])
  func `the gradient of a sum is the sum of the gradients, for all sets of layers`(
    precision: VGG.Precision, tolerance: Double
  ) throws {
    let network = try VGG(checkpoint: try Golden.thin().file, precision: precision)
    let names = [2, 2, 3, 3, 1].enumerated().flatMap { block, count in
      (1...count).map { LayerName(block: block + 1, index: $0) }
    }
    let workers = Workers(threads: 1)
    var random = SeededRandom(seed: 31)
    let image = random.uniform([17, 16, 3], in: 0...1)
    func gradient(_ layers: Set<LayerName>) -> Tensor {
      let extractor = FeatureExtractor(
        of: layers, through: network, height: 17, width: 16, on: workers)
      _ = extractor.features(of: image)
      return extractor.gradient(of: Energy(layers: layers))
    }
    let single = names.map { gradient([$0]).elements }
    for set in 1..<1 << names.count {
      let members = names.indices.filter { set >> $0 & 1 == 1 }
      var sum = [Float](repeating: 0, count: image.count)
      for member in members { for i in sum.indices { sum[i] += single[member][i] } }
      let found = gradient(Set(members.map { names[$0] }))
      #expect(
        relativeDistance(found, Tensor(sum, shape: image.shape)) < tolerance,
        "\(members.map { names[$0] })")
    }
  }
}
