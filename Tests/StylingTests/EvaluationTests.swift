import Kernels
import Networks
import Pictures
import Recipes
import TestSupport
import Tensors
import Testing

@testable import Styling

@Suite struct EvaluationTests {
  private let workers = Workers(threads: 2)

  private func pictures() throws -> (content: Picture, style: Picture) {
    let golden = try Golden.thin()
    return (Picture(try golden["content"]), Picture(try golden["style"]))
  }

  private func evaluator() throws -> Evaluator {
    Evaluator(
      try VGG(checkpoint: Golden.thin().file), styleLayers: Golden.styleLayers.map { "\($0)" })
  }

  @Test func `the photograph itself is as near as can be`() throws {
    let (content, style) = try pictures()
    let evaluation = try evaluator().evaluation(
      of: .init(content, of: content, styles: [.init(picture: style, weight: 1)]), on: workers)
    #expect(evaluation.signalToNoise == .infinity)
    #expect(abs(evaluation.structuralSimilarity - 1) < 1e-12)
    #expect(evaluation.perceptualDistance == 0)
    #expect(evaluation.gramDistances.values.allSatisfy { $0 > 0 })
    #expect(evaluation.lpips == nil)
  }

  @Test func `a painting has its own texture`() throws {
    let (content, style) = try pictures()
    let painting = style.resized(longerSide: 48, on: workers)
    let photograph = Picture(
      Resampler.lanczos3(
        Tensor(content), height: painting.height, width: painting.width, on: workers))
    let evaluation = try evaluator().evaluation(
      of: .init(painting, of: photograph, styles: [.init(picture: painting, weight: 3)]),
      on: workers)
    #expect(evaluation.gramDistances.count == 5)
    #expect(evaluation.gramDistances.values.allSatisfy { $0 < 1e-9 })
    #expect(evaluation.perceptualDistance > 0.01 && evaluation.signalToNoise < 30)
  }

  @Test func `Gram distances are the style losses of a run's result`() throws {
    let (content, style) = try pictures()
    var recipe = Recipe()
    recipe.size = 48
    recipe.iterations = 3
    let styles = [
      StylingJob.Style(picture: style, weight: 2), StylingJob.Style(picture: content, weight: 1),
    ]
    let job = try StylingJob(
      content: content, styles: styles, recipe: recipe,
      network: try VGG(checkpoint: Golden.thin().file), threads: 2)
    let outcome = try StyleTransfer(job).run { _ in }
    let losses = try #require(outcome.losses)
    let evaluation = try evaluator().evaluation(
      of: .init(outcome.picture, of: content, styles: styles), on: workers)
    for (layer, loss) in losses.styleByLayer {
      // The result was rounded to bytes.
      let distance = try #require(evaluation.gramDistances[layer])
      #expect(abs(distance - loss) < 0.02 * loss + 1e-5, "\(layer)")
    }
  }

  @Test func `the perceptual distance is the mean over the last layer of each block`() throws {
    let (content, style) = try pictures()
    let network = try VGG(checkpoint: Golden.thin().file)
    let other = Picture(
      Resampler.lanczos3(
        Tensor(style), height: content.height, width: content.width, on: workers))
    let evaluation = try evaluator().evaluation(
      of: .init(other, of: content, styles: []), on: workers)
    let layers = network.lastLayers
    #expect(Set(layers.map(\.block)).count == layers.count && layers.count == 5)
    func features(_ picture: Picture) -> Features {
      FeatureExtractor(
        of: Set(layers), through: network, height: content.height, width: content.width,
        on: workers
      ).features(of: Tensor(picture))
    }
    let (a, b) = (features(other), features(content))
    let mean = layers.reduce(0) { $0 + UnitDistance.mean(a[$1], b[$1], on: workers) } / 5
    #expect(abs(evaluation.perceptualDistance - mean) < 1e-9)
    #expect(evaluation.gramDistance == nil && evaluation.gramDistances.isEmpty)
  }

  @Test func `a photograph of another shape is refused, one that is rounded otherwise is not`()
    throws
  {
    let (content, _) = try pictures()
    let evaluator = try evaluator()
    let square = Picture(width: 40, height: 40, rgb: Array(repeating: 9, count: 4800))
    #expect(throws: StylingError.self) {
      try evaluator.evaluation(
        of: .init(square, of: content.resized(longerSide: 80, on: workers), styles: []),
        on: workers)
    }
    let wide = Picture(width: 41, height: 40, rgb: Array(repeating: 9, count: 4920))
    let evaluation = try evaluator.evaluation(
      of: .init(wide, of: square, styles: []), on: workers)
    #expect(evaluation.signalToNoise == .infinity)
  }

  @Test func `tiny pictures have no features but other measures`() throws {
    let dot = Picture(width: 2, height: 1, rgb: [1, 2, 3, 4, 5, 6])
    let evaluation = try evaluator().evaluation(of: .init(dot, of: dot, styles: []), on: workers)
    #expect(evaluation.perceptualDistance == 0)
    #expect(throws: StylingError.self) {
      try evaluator().evaluation(
        of: .init(dot, of: dot, styles: [.init(picture: dot, weight: 1)]), on: workers)
    }
  }

  @Test func `measures survive the way to metrics and back`() {
    let evaluation = Evaluation(
      signalToNoise: 17.5, structuralSimilarity: 0.4, perceptualDistance: 0.3, lpips: 0.6,
      gramDistances: [LayerName(block: 1, index: 1): 0.5, LayerName(block: 5, index: 1): 0.25])
    #expect(Evaluation(metrics: evaluation.metrics) == evaluation)
    #expect(evaluation.metrics["gram"] == 0.375)
    #expect(Evaluation(metrics: ["psnr": 3]) == nil)
    #expect(Evaluation(metrics: [:]) == nil)
  }
}
