import Foundation
import Studio
import Styling
import Synchronization

/// Tells how a render goes: as JSON Lines on stdout, or as a line on stderr and a summary at the end.
final class RenderReporter: Sendable {
  private struct IterationEvent: Encodable {
    let event = "iteration"
    let iteration: Int
    let scale: Int
    let total: Double
    let content: Double
    let style: Double
    let tv: Double
    let seconds: Double
  }

  private struct FinishedEvent: Encodable {
    let event = "finished"
    let output: String
    let width: Int
    let height: Int
    let iterations: Int
    let seconds: Double
    let secondsPerIteration: Double
    let peakMemoryBytes: Int
    let total: Double?
    let content: Double?
    let style: Double?
    let tv: Double?
  }

  private let json: Bool
  private let progress: ProgressLine
  private let steering: Steering
  /// What came before the run was interrupted.
  private let before: (iterations: Int, seconds: Double)
  private let last = Mutex<Losses?>(nil)

  init(
    json: Bool, progress: ProgressLine, steering: Steering,
    before: (iterations: Int, seconds: Double) = (0, 0)
  ) {
    self.before = before
    self.json = json
    self.progress = progress
    self.steering = steering
  }

  /// Tells of an iteration; a reader who has gone away stops the run.
  func report(_ iterate: Iterate) {
    let losses = iterate.losses
    last.withLock { $0 = losses }
    if json {
      let event = IterationEvent(
        iteration: iterate.iteration, scale: iterate.scale, total: losses.total,
        content: losses.content, style: losses.style, tv: losses.tv, seconds: iterate.seconds)
      if (try? JSONLine.print(event)) == nil { steering.stop() }
    } else {
      progress.show(line(iterate))
    }
  }

  /// Tells of the result.
  func finish(_ outcome: Outcome, output: String, quiet: Bool) throws {
    let losses = outcome.losses ?? last.withLock { $0 }
    let seconds = before.seconds + outcome.seconds
    let perIteration = seconds / Double(max(outcome.iterations, 1))
    let (width, height) = (outcome.picture.width, outcome.picture.height)
    if json {
      try JSONLine.print(
        FinishedEvent(
          output: output, width: width, height: height, iterations: outcome.iterations,
          seconds: seconds, secondsPerIteration: perIteration,
          peakMemoryBytes: peakMemoryBytes(), total: losses?.total, content: losses?.content,
          style: losses?.style, tv: losses?.tv))
    } else if !quiet {
      print(
        "\(output.printable): \(width)×\(height), \(outcome.iterations) iterations in "
          + "\(Format.duration(seconds)) (\(Format.significant(perIteration, 3)) s each)"
          + (losses.map { ", loss \(Format.significant($0.total))" } ?? ""))
    }
  }

  private func line(_ iterate: Iterate) -> String {
    let total = steering.controls.iterations
    let iterations = iterate.iteration - before.iterations
    let perIteration = iterate.seconds / Double(max(iterations, 1))
    let remaining = perIteration * Double(total - iterate.iteration)
    var line = Format.bar(Double(iterate.iteration) / Double(max(total, 1)))
    line += "  \(iterate.iteration)/\(total)  loss \(Format.significant(iterate.losses.total))"
    line += "  content \(Format.significant(iterate.losses.content, 3))"
    line += "  style \(Format.significant(iterate.losses.style, 3))"
    if iterations > 0 {
      line += "  \(Format.significant(perIteration, 3)) s/it  \(Format.duration(remaining)) left"
    }
    return line
  }
}
