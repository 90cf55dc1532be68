import Foundation
import History
import Recipes
import Terminal

/// How the history words what it shows.
enum HistoryText {
  /// What a run is made of, such as `harbor × knife`.
  static func name(of run: RecordedRun) -> String {
    let recipe = run.record.recipe
    let stems = ([recipe.content].compactMap(\.self) + recipe.styles.map(\.picture)).map {
      (($0 as NSString).lastPathComponent as NSString).deletingPathExtension
    }
    return stems.isEmpty ? run.name : stems.joined(separator: " × ")
  }

  /// A sign for how far a run is, and how to take it.
  static func sign(of run: RecordedRun) -> (text: String, role: Theme.Role) {
    switch run.record.state {
    case .running: run.isOngoing ? ("●", .success) : ("▲", .warning)
    case .completed, .reachedTarget: ("✓", .success)
    case .stopped: ("■", .dim)
    case .failed: ("✗", .error)
    }
  }

  /// How far a run is, in a sentence.
  static func state(of run: RecordedRun) -> String {
    let record = run.record
    let count = "\(record.iterations) of \(record.recipe.iterations)"
    let took = Format.duration(record.seconds)
    return switch record.state {
    case .running where run.isOngoing: "goes on, \(count) iterations so far"
    case .running: "cut short after \(count) iterations"
    case .completed: "done after \(record.iterations) iterations in \(took)"
    case .reachedTarget: "below its target after \(record.iterations) iterations in \(took)"
    case .stopped: "stopped after \(count) iterations in \(took)"
    case .failed(let reason): "failed after \(count) iterations: \(reason)"
    }
  }

  /// What it was made by.
  static func recipe(of run: RecordedRun) -> String {
    let recipe = run.record.recipe
    let weights = GalleryText.weights(recipe).map { "\($0.name) \($0.value)" }
    return (["\(recipe.size) px"] + weights + [recipe.optimizer.rawValue]).joined(separator: ", ")
  }

  /// So many pictures.
  static func pictures(_ count: Int) -> String { count == 1 ? "1 picture" : "\(count) pictures" }

  /// A time span in its largest unit, such as `3 minutes`.
  static func age(_ seconds: Double) -> String {
    let units: [(name: String, seconds: Double)] = [
      ("day", 86_400), ("hour", 3600), ("minute", 60), ("second", 1),
    ]
    for (name, length) in units where seconds >= length {
      let count = Int(min(seconds / length, 1e6))
      return count == 1 ? "1 \(name)" : "\(count) \(name)s"
    }
    return "a moment"
  }

  /// A curve in one row of bars, from its lowest value to its highest, by their magnitudes.
  static func sparkline(_ values: [Double], columns: Int, isASCII: Bool) -> String {
    let bars = Array(isASCII ? "_.-=+*#%" : "▁▂▃▄▅▆▇█")
    let logs = values.filter { $0.isFinite && $0 > 0 }.map { log($0) }
    guard columns > 0, let least = logs.min(), let most = logs.max(), logs.count > 1 else {
      return ""
    }
    let count = min(columns, logs.count)
    return String(
      (0..<count).map { column in
        let value = logs[column * (logs.count - 1) / max(1, count - 1)]
        let share = most > least ? (value - least) / (most - least) : 0
        return bars[min(Int(share * Double(bars.count)), bars.count - 1)]
      })
  }
}
