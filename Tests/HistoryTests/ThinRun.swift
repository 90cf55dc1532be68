import Checkpoints
import Foundation
import Networks
import Pictures
import Recipes
import Styling
import Tensors

@testable import History

/// Runs of small pictures through a small network.
enum ThinRun {
  private static let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../StylingTests/Fixtures/thin_golden.safetensors").path

  static func recipe(iterations: Int) -> Recipe {
    var recipe = Recipe()
    recipe.content = "/p/harbor.png"
    recipe.styles = [.init(picture: "/p/knife.jpg", weight: 0.7)]
    recipe.size = 40
    recipe.iterations = iterations
    return recipe
  }

  static func transfer(
    _ recipe: Recipe, from beginning: StylingJob.Beginning = .recipe
  ) throws -> StyleTransfer {
    let file = try SafetensorsFile(path: path, mapped: false)
    var random = SeededRandom(seed: 1)
    func picture() -> Picture {
      Picture(
        Resampler.lanczos3(
          random.uniform([6, 5, 3], in: 0...1), height: 40, width: 36, on: Workers(threads: 1)))
    }
    return StyleTransfer(
      try StylingJob(
        content: picture(), styles: [.init(picture: picture(), weight: 0.7)], recipe: recipe,
        network: try VGG(checkpoint: file), threads: 2, beginning: beginning))
  }

  /// Records a whole run and returns its name.
  @discardableResult
  static func record(
    in history: RunHistory, iterations: Int = 4, begun: Date = Date()
  ) throws -> String {
    let recipe = recipe(iterations: iterations)
    let recorder = RunRecorder(
      try history.folder.begin(), RunRecord(.render, recipe: recipe, begun: begun))
    recorder.end(try run(recipe, recorder))
    return recorder.name
  }

  /// Runs to the end, or until an iterate stops it.
  static func run(
    _ recipe: Recipe, _ recorder: RunRecorder, from beginning: StylingJob.Beginning = .recipe,
    stoppingAt last: Int? = nil
  ) throws -> Outcome {
    let transfer = try transfer(recipe, from: beginning)
    let ended = DispatchSemaphore(value: 0)
    nonisolated(unsafe) var result: Result<Outcome, any Error>?
    let steering = transfer.steering
    transfer.start(
      onIterate: { iterate in
        recorder.offer(iterate) { Picture(iterate.image) }
        if iterate.iteration == last { steering.stop() }
      },
      onEnd: {
        result = $0
        ended.signal()
      })
    ended.wait()
    guard let result else { preconditionFailure("no result") }
    return try result.get()
  }
}
