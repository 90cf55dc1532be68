import Foundation
import Networks
import Pictures
import Recipes
import Styling
import Terminal
import Testing

@testable import Favorites
@testable import Studio

/// Results are measured, and favorites get to know.
@Suite struct EvaluationUpdateTests {
  private let picture = IdentifiedPicture(
    Picture(width: 2, height: 2, rgb: Array(repeating: 7, count: 12)))

  private let evaluation = Evaluation(
    signalToNoise: 14.2, structuralSimilarity: 0.41, perceptualDistance: 0.3,
    gramDistances: [LayerName(block: 1, index: 1): 0.012])

  private func state() -> StudioState {
    var state = StudioState(
      size: Size(columns: 120, rows: 40), traits: TerminalTraits(), themes: [.standard])
    state.run.id = 1
    state.run.recipe = state.completeRecipe
    state.run.phase = .running
    state.run.latest = picture
    return state
  }

  private func favorite(_ metrics: [String: Double]) -> Favorite {
    let sample = Favorite.sample(1)
    return metrics.isEmpty ? sample : sample.with(metrics: metrics)
  }

  @Test func `a run that has ended is measured`() throws {
    var state = state()
    let effects = update(
      &state, with: .run(id: 1, .ended(.completed, picture: picture, iterations: 5)))
    #expect(effects.contains(.evaluate(picture, try #require(state.run.recipe))))
    #expect(update(&state, with: .evaluated(picture, evaluation)).isEmpty)
    #expect(state.evaluations.evaluation(of: picture) == evaluation)
    #expect(state.provenance.metrics == evaluation.metrics)
  }

  @Test func `a run that has failed is not`() {
    var state = state()
    let effects = update(
      &state, with: .run(id: 1, .ended(.failed("no"), picture: nil, iterations: 0)))
    #expect(
      !effects.contains { if case .evaluate = $0 { true } else { false } })
  }

  @Test func `a favorite that was kept unmeasured is measured afterwards, once`() {
    var state = state()
    let favorite = favorite([:])
    let effects = update(&state, with: .kept(picture, .inLibrary(favorite)))
    #expect(effects == [.evaluate(picture, favorite.origin.recipe)])
    #expect(
      update(&state, with: .evaluated(picture, evaluation))
        == [.gallery(.measure(favorite.id, evaluation.metrics))])
    #expect(update(&state, with: .evaluated(picture, evaluation)).isEmpty)
  }

  @Test func `a favorite that came with its measures is left alone`() {
    var state = state()
    #expect(update(&state, with: .kept(picture, .inLibrary(favorite(["ssim": 1])))).isEmpty)
  }

  @Test func `measures are short, and infinity is readable`() {
    let measures = Readout.measures(["psnr": .infinity, "ssim": 0.41234, "gram.conv1_1": 3])
    #expect(measures.map(\.name) == ["psnr", "ssim"])
    #expect(measures.map(\.value) == ["∞", "0.412"])
  }
}
