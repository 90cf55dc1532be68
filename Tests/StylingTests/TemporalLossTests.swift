import Networks
import Pictures
import Recipes
import TestSupport
import Tensors
import Testing

@testable import Styling

@Suite struct TemporalLossTests {
  private let workers = Workers(threads: 2)

  private func loss(_ height: Int, _ width: Int, seed: UInt64) -> (TemporalLoss, Tensor) {
    var random = SeededRandom(seed: seed)
    return (
      TemporalLoss(
        target: random.uniform([height, width, 3], in: 0...1),
        reliability: random.uniform([height, width, 1], in: 0...1)),
      random.uniform([height, width, 3], in: 0...1)
    )
  }

  @Test func `its gradient agrees with finite differences`() throws {
    let (loss, image) = loss(5, 7, seed: 3)
    let expected = finiteDifferences(at: image) { 7 * loss.value(of: $0, on: workers) }
    var found = Tensor(repeating: 0.25, shape: image.shape)
    loss.addGradient(of: image, weight: 7, to: &found, on: workers)
    for i in 0..<found.count { found[i] -= 0.25 }
    #expect(relativeDistance(found, expected) < 1e-3)
  }

  @Test func `what cannot be relied on does not count, and the target has no loss`() throws {
    var random = SeededRandom(seed: 4)
    let (target, other) = (
      random.uniform([6, 6, 3], in: 0...1), random.uniform([6, 6, 3], in: 0...1)
    )
    let (all, none) = (
      TemporalLoss(target: target, reliability: Tensor(repeating: 1, shape: [6, 6, 1])),
      TemporalLoss(target: target, reliability: Tensor(repeating: 0, shape: [6, 6, 1]))
    )
    #expect(all.value(of: target, on: workers) == 0 && all.value(of: other, on: workers) > 0.05)
    #expect(none.value(of: other, on: workers) == 0)
  }

  @Test func `the whole objective's gradient has it`() throws {
    let network = try VGG(checkpoint: try Golden.thin().file)
    let layer = LayerName(block: 1, index: 1)
    let (loss, image) = loss(17, 19, seed: 5)
    var random = SeededRandom(seed: 6)
    let extractor = FeatureExtractor(
      of: [layer], through: network, height: 17, width: 19, on: workers)
    let targets = StyleTargets(
      of: random.uniform([18, 16, 3], in: 0...1), at: [layer], through: network, on: workers,
      checkpoint: {})
    func gradient(temporal: Double) -> (Losses, Tensor) {
      let objective = Objective(
        content: extractor.features(of: image), at: [layer], style: targets, temporal: loss,
        weights: LossWeights(content: 1e-3, style: 1, tv: 0, temporal: temporal), on: workers)
      let appraisal = objective.appraisal(of: extractor.features(of: image))
      return (appraisal.losses, extractor.gradient(of: appraisal))
    }
    let (without, with) = (gradient(temporal: 0), gradient(temporal: 30))
    let value = loss.value(of: image, on: workers)
    #expect(with.0.temporal == value)
    #expect(abs(with.0.total - without.0.total - 30 * value) < 1e-9)
    var expected = without.1
    loss.addGradient(of: image, weight: 30, to: &expected, on: workers)
    #expect(relativeDistance(with.1, expected) < 1e-5)
  }

  @Test func `a frame stays near what came before it where that counts, at every scale`() throws {
    let network = try VGG(checkpoint: try Golden.thin().file)
    var random = SeededRandom(seed: 8)
    let content = Picture(random.uniform([32, 40, 3], in: 0...1))
    let painting = Picture(random.uniform([40, 33, 3], in: 0...1))
    let before = Tensor(repeating: 0.9, shape: [32, 40, 3])
    var reliability = Tensor(repeating: 1, shape: [32, 40, 1])
    for i in 0..<16 * 40 { reliability[i] = 0 }
    var recipe = Recipe()
    recipe.size = 40
    recipe.firstSize = 24
    recipe.iterations = 40
    recipe.contentLayers = ["conv2_2"]
    recipe.styleLayers = ["conv1_1", "conv2_1"]
    let job = try StylingJob(
      content: content, styles: [.init(picture: painting, weight: 1)], recipe: recipe,
      network: network, threads: 2,
      predecessor: .init(TemporalLoss(target: before, reliability: reliability), weight: 1e4))
    let result = Tensor(try StyleTransfer(job).run { _ in }.picture)
    func distance(_ rows: Range<Int>) -> Float {
      rows.reduce(0) { sum, y in
        sum + (y * 120..<(y + 1) * 120).reduce(0) { $0 + abs(result[$1] - before[$1]) }
      } / Float(rows.count * 120)
    }
    #expect(distance(20..<32) < 0.1 && distance(0..<12) > 0.2)
  }
}
