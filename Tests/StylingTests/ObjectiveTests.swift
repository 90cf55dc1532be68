import Networks
import Pictures
import Recipes
import TestSupport
import Tensors
import Testing

@testable import Styling

@Suite struct ObjectiveTests {
  let workers = Workers(threads: 2)

  /// Content and style layers: the article's; such as pooling follows; neighbors; the shallowest only.
  static let layerChoices = [
    (["conv4_2"], ["conv1_1", "conv2_1", "conv3_1", "conv4_1", "conv5_1"]),
    (["conv2_2"], ["conv1_2", "conv3_3", "conv4_3"]),
    (["conv3_2", "conv4_3"], ["conv1_1", "conv1_2", "conv2_1", "conv2_2", "conv3_1", "conv3_2"]),
    (["conv2_1"], ["conv1_2"]),
    (["conv5_1"], ["conv5_1"]),
    (["conv1_1"], ["conv1_1"]),
  ]

  @Test(arguments: layerChoices)
  func `the whole gradient agrees with finite differences`(
    contentNames: [String], styleNames: [String]
  ) throws {
    try expectGradient(contentNames, styleNames, by: .gram)
  }

  @Test(arguments: Recipe.StyleLoss.allCases)
  func `it does for every style loss`(loss: Recipe.StyleLoss) throws {
    let (content, style) = Self.layerChoices[0]
    try expectGradient(content, style, by: loss)
  }

  private func expectGradient(
    _ contentNames: [String], _ styleNames: [String], by loss: Recipe.StyleLoss
  ) throws {
    let network = try VGG(checkpoint: try Golden.thin().file)
    let contentLayers = Set(contentNames.compactMap(LayerName.init))
    let styleLayers = Set(styleNames.compactMap(LayerName.init))
    var random = SeededRandom(seed: 11)
    let (content, style) = (
      random.uniform([17, 19, 3], in: 0...1), random.uniform([21, 16, 3], in: 0...1)
    )
    let image = random.uniform([17, 19, 3], in: 0.2...0.8)
    let extractor = FeatureExtractor(
      of: contentLayers.union(styleLayers), through: network, height: 17, width: 19, on: workers)
    let targets = StyleTargets(
      of: style, at: styleLayers, through: network, isSampled: loss.needsSamples, on: workers,
      checkpoint: {})
    let weights = LossWeights(content: 1e-2, style: 5, tv: 3, detail: loss == .gram ? 0 : -0.5)
    let objective = Objective(
      content: extractor.features(of: content), at: contentLayers, style: targets,
      comparison: StyleComparison(by: loss), weights: weights, on: workers)
    func total(_ image: Tensor) -> Double {
      objective.appraisal(of: extractor.features(of: image)).losses.total
    }
    let appraisal = objective.appraisal(of: extractor.features(of: image))
    let gradient = extractor.gradient(of: appraisal)

    // Along directions rather than single pixels: rectifiers and poolings have corners, and float32
    // features have noise, both of which a whole direction averages out. Along the gradient itself
    // the noise counts least.
    let norm = innerProduct(gradient, gradient).squareRoot()
    let unit = Float(Double(image.count).squareRoot() / norm)
    let steepest = Tensor(gradient.elements.map { unit * $0 }, shape: image.shape)
    expectDerivative(along: steepest, within: 0.01 * norm * Double(unit) * norm)
    for _ in 0..<8 {
      expectDerivative(
        along: random.normal(image.shape, mean: 0, deviation: 1), within: 0.06 * norm)
    }

    func expectDerivative(along direction: Tensor, within tolerance: Double) {
      let step: Float = 1e-4
      func moved(_ factor: Float) -> Tensor {
        Tensor(
          zip(image.elements, direction.elements).map { $0 + factor * $1 }, shape: image.shape)
      }
      let expected = (total(moved(step)) - total(moved(-step))) / Double(2 * step)
      let found = innerProduct(gradient, direction)
      #expect(abs(found - expected) < tolerance, "\(found) against \(expected)")
    }
  }

  @Test func `blends are weighted means over the sum of magnitudes`() throws {
    let network = try VGG(checkpoint: try Golden.thin().file)
    var random = SeededRandom(seed: 12)
    let layer = LayerName(block: 1, index: 1)
    let (a, b) = (
      StyleTargets(
        of: random.uniform([8, 8, 3], in: 0...1), at: [layer], through: network, on: workers,
        checkpoint: {}),
      StyleTargets(
        of: random.uniform([9, 7, 3], in: 0...1), at: [layer], through: network, on: workers,
        checkpoint: {})
    )
    let blend = StyleTargets(blending: [a, b], shares: [3, -1], on: workers)
    let (x, y) = (
      try #require(a.layers[layer]).moments, try #require(b.layers[layer]).moments
    )
    func mix(_ x: Tensor, _ y: Tensor) -> Tensor {
      Tensor(zip(x.elements, y.elements).map { 0.75 * $0 - 0.25 * $1 }, shape: x.shape)
    }
    let found = try #require(blend.layers[layer])
    #expect(relativeDistance(found.moments.second, mix(x.second, y.second)) < 1e-6)
    #expect(relativeDistance(found.moments.mean, mix(x.mean, y.mean)) < 1e-6)
    #expect(abs(found.power / (0.75 * x.power + 0.25 * y.power) - 1) < 1e-6)
  }

  @Test func `normalized gradients have the L1 norm of their weights in every layer`() throws {
    let network = try VGG(checkpoint: try Golden.thin().file)
    let layers = [LayerName(block: 1, index: 1), LayerName(block: 2, index: 1)]
    var random = SeededRandom(seed: 13)
    let content = random.uniform([16, 20, 3], in: 0...1)
    let extractor = FeatureExtractor(
      of: Set(layers), through: network, height: 16, width: 20, on: workers)
    let targets = StyleTargets(
      of: random.uniform([18, 17, 3], in: 0...1), at: Set(layers), through: network, on: workers,
      checkpoint: {})
    let objective = Objective(
      content: extractor.features(of: content), at: [layers[1]], style: targets,
      comparison: StyleComparison(normalizesGradients: true),
      weights: LossWeights(content: 0.003, style: 8, tv: 0, detail: 1), on: workers)
    let features = extractor.features(of: random.uniform([16, 20, 3], in: 0...1))
    let appraisal = objective.appraisal(of: features)
    // Of what is replaced there remains what the rectifier passes on; features above zero show all.
    let positive = random.uniform(features[layers[0]].shape, in: 0.5...1)
    func norm(at layer: LayerName) -> Double {
      var gradient = Tensor(
        positive.elements.prefix(features[layer].count), shape: features[layer].shape)
      appraisal.replace(&gradient, at: layer, on: workers)
      return gradient.elements.reduce(0) { $0 + Double(abs($1)) }
    }
    #expect(abs(norm(at: layers[0]) - 8 * 0.8) < 1e-3)
    // Style and content may cancel each other where both pull.
    #expect((3 - 1.6...3 + 1.6 + 1e-3).contains(norm(at: layers[1])))
  }

  @Test func `the cache measures each painting once and forgets the oldest`() throws {
    let network = try VGG(checkpoint: try Golden.thin().file)
    let layer = LayerName(block: 1, index: 1)
    let cache = StyleTargetCache(capacity: 2)
    var measured = 0
    func use(_ shade: UInt8) {
      let picture = Picture(width: 2, height: 2, rgb: [UInt8](repeating: shade, count: 12))
      let key = StyleTargetCache.Key(
        picture: picture, longerSide: 2, model: "m", layers: [layer])
      _ = cache.targets(for: key) { () throws(Never) in
        measured += 1
        return StyleTargets(
          of: Tensor(picture), at: [layer], through: network, on: workers, checkpoint: {})
      }
    }
    for shade in [1, 2, 1, 2] { use(UInt8(shade)) }
    #expect(measured == 2)
    use(3)  // 1 is the one not used for longest
    use(2)
    #expect(measured == 3)
    use(1)
    #expect(measured == 4)
  }
}
