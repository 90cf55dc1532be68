import Favorites
import Foundation
import History
import Recipes

@testable import Studio

/// Runs that were never made.
enum SampleRuns {
  static var recipe: Recipe {
    var recipe = Recipe()
    recipe.content = "/p/harbor.jpg"
    recipe.styles = [.init(picture: "/p/impasto-knife.jpg")]
    return recipe
  }

  /// A run that began so many hours before the last.
  static func run(
    _ hours: Int, _ state: RunRecord.State, iterations: Int = 200, ongoing isOngoing: Bool = false,
    saved hasCheckpoint: Bool = false, content: String = "/p/harbor.jpg"
  ) -> RecordedRun {
    var recipe = recipe
    recipe.content = content
    var record = RunRecord(
      .studio, recipe: recipe,
      begun: Date(timeIntervalSince1970: 1_769_900_000 - Double(hours) * 3600))
    record.state = state
    record.iterations = iterations
    record.seconds = 0.42 * Double(iterations)
    record.losses = Favorite.Losses(total: 0.8123, content: 0.31, style: 0.0502, tv: 0.04)
    return RecordedRun(
      name: "run-\(hours)", record: record,
      frames: Array(stride(from: 0, through: iterations, by: 12)), byteCount: 7_340_032,
      hasCheckpoint: hasCheckpoint, isOngoing: isOngoing, folder: "/state/runs/run-\(hours)")
  }

  static let all: [RecordedRun] =
    [
      run(0, .running, iterations: 87, ongoing: true),
      run(1, .running, iterations: 120, saved: true),
      run(3, .completed),
      run(4, .failed("the loss is no number\u{1B}[2J"), iterations: 3),
      run(29, .stopped, iterations: 60, saved: true, content: "/p/絵\u{1B}[2J.png"),
    ] + (30..<60).map { run($0, .completed) }

  static let losses: LossTable = {
    var table = LossTable(layers: [])
    for step in 0..<120 {
      table.append(
        .init(
          iteration: step, seconds: Double(step), total: 10 * exp(-Double(step) / 40) + 0.3,
          content: 0.3, style: 0.05, tv: 0))
    }
    return table
  }()

  static let cutShort = CutShort(
    run: run(1, .running, iterations: 120, saved: true), iteration: 118,
    picture: SamplePicture.result.identified, age: 754, changed: ["harbor.jpg"])
}

extension StudioState {
  /// The history, with a run selected and one of its pictures looked at.
  mutating func lookThroughSampleRuns() {
    _ = openHistory(&self)
    history.timeZone = TimeZone(secondsFromGMT: 0) ?? .current
    _ = took(.listed(SampleRuns.all), in: &self)
    _ = takeInHistory(.key(.init(.down)), in: &self)
    _ = takeInHistory(.key(.init(.left)), in: &self)
    _ = took(.losses(run: "run-1", SampleRuns.losses), in: &self)
    _ = took(
      .frame(.init(run: "run-1", iteration: 108), .loaded(SamplePicture.result.identified)),
      in: &self)
  }
}
