import Batches
import Files
import Foundation
import Studio
import Synchronization

/// Tells of a batch as it goes: a line on a terminal, or JSON Lines.
final class BatchReporter: Sendable {
  private struct State {
    var outline: BatchOutline?
    /// Pictures that were painted or failed.
    var ended = 0
    /// What they were to take.
    var endedSeconds = 0.0
    var start = ContinuousClock.now
  }

  private let runner: BatchRunner
  private let json: Bool
  private let quiet: Bool
  private let progress: ProgressLine
  private let state = Mutex(State())

  init(_ runner: BatchRunner, json: Bool, quiet: Bool) {
    self.runner = runner
    self.json = json
    self.quiet = quiet
    progress = ProgressLine(quiet: quiet || json)
  }

  /// Takes an event, on any thread.
  @Sendable func take(_ event: BatchEvent) {
    // Lines of several threads must not mix.
    state.withLock { state in
      switch event {
      case .planned(let outline):
        state.outline = outline
        state.start = .now
      case .started: break
      case .finished(let item, _, _, _), .failed(let item, _):
        state.ended += 1
        state.endedSeconds += state.outline?.estimate.items[item]?.seconds ?? 0
      }
      if json { try? JSONLine.print(EventLine(event, runner.items)) }
      if case .failed(let item, let fault) = event, !json {
        progress.clear()
        Failure(fault.line, of: runner.items[item].output, code: .badData).report()
      }
      if let outline = state.outline { progress.show(Self.line(state, outline)) }
    }
  }

  /// Removes the line.
  func clear() { progress.clear() }

  private static func line(_ state: State, _ outline: BatchOutline) -> String {
    let count = outline.items - outline.current
    var line = "\(state.ended) of \(count) pictures"
    let total = outline.estimate.seconds
    let share =
      total > 0 ? state.endedSeconds / total : Double(state.ended) / Double(max(1, count))
    line += "  \(Format.bar(share))"
    let elapsed = state.start.duration(to: .now) / .seconds(1)
    if share > 0 {
      line += "  \(Format.duration(elapsed / share - elapsed)) left"
    } else if total > 0 {
      line += "  about \(Format.duration(outline.seconds)) left"
    }
    return line
  }

  /// Tells what came of it.
  func finish(_ summary: BatchSummary) throws {
    let folder = runner.folder.path
    if json {
      try JSONLine.print(SummaryLine(summary, folder: folder))
    } else if !quiet {
      print(Self.text(summary, folder: folder))
    }
  }

  private static func text(_ summary: BatchSummary, folder: String) -> String {
    var parts = ["\(summary.done) painted"]
    if summary.current > 0 { parts.append("\(summary.current) there already") }
    if !summary.failures.isEmpty { parts.append("\(summary.failures.count) failed") }
    if summary.left > 0 { parts.append("\(summary.left) left") }
    let time = summary.seconds > 0 ? " in \(Format.duration(summary.seconds))" : ""
    return "\(parts.joined(separator: ", "))\(time): \(folder.printable)/\(BatchPages.index)"
  }
}

/// An event as a JSON object.
private struct EventLine: Encodable {
  private var event = ""
  private var item: Int?
  private var output: String?
  private var content: String?
  private var styles: [String]?
  private var variation: String?
  private var width: Int?
  private var height: Int?
  private var seconds: Double?
  private var path: String?
  private var reason: String?
  private var items: Int?
  private var todo: Int?
  private var skipped: Int?
  private var jobs: Int?
  private var threads: Int?
  private var bytes: Int?

  init(_ event: BatchEvent, _ items: [BatchItem]) {
    switch event {
    case .planned(let outline):
      self.event = "planned"
      self.items = outline.items
      todo = outline.items - outline.current
      skipped = outline.current
      jobs = outline.capacity.jobs
      threads = outline.capacity.threads
      seconds = outline.seconds
      bytes = outline.estimate.bytes
    case .started(let index):
      self.event = "started"
      name(index, of: items)
      content = items[index].recipe.content
      styles = items[index].recipe.styles.map(\.picture)
      variation = items[index].variation
    case .finished(let index, let width, let height, let seconds):
      self.event = "finished"
      name(index, of: items)
      self.width = width
      self.height = height
      self.seconds = seconds
    case .failed(let index, let fault):
      self.event = "failed"
      name(index, of: items)
      path = fault.path
      reason = fault.reason
    }
  }

  private mutating func name(_ index: Int, of items: [BatchItem]) {
    item = index
    output = items[index].output
  }
}

/// The last object.
private struct SummaryLine: Encodable {
  private let event = "summary"
  private let done: Int
  private let skipped: Int
  private let failed: Int
  private let left: Int
  private let seconds: Double
  private let folder: String

  init(_ summary: BatchSummary, folder: String) {
    done = summary.done
    skipped = summary.current
    failed = summary.failures.count
    left = summary.left
    seconds = summary.seconds
    self.folder = folder
  }
}
