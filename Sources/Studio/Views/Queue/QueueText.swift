import Files
import Foundation
import Recipes
import Terminal

/// How the queue words what it shows.
enum QueueText {
  /// What a job is made of: a film's name, or a folder's.
  static func name(of job: QueuedJob) -> String {
    let name = (job.source as NSString).lastPathComponent
    return (job.isFilm ? name : "\(name)/").printable
  }

  /// A sign for what a job is doing, and how to take it.
  static func sign(of job: QueuedJob) -> (text: String, role: Theme.Role) {
    switch job.phase {
    case .waiting: ("○", .dim)
    case .running: ("●", .success)
    case .stopping: ("◆", .warning)
    case .paused: ("■", .warning)
    case .done: job.progress.failures > 0 ? ("▲", .warning) : ("✓", .success)
    case .failed: ("✗", .error)
    }
  }

  /// How far a job is, such as `34/180`.
  static func count(of job: QueuedJob) -> String {
    guard let total = job.progress.total else { return "" }
    return Readout.progress(job.progress.done, of: total)
  }

  /// How far a job is, in a sentence.
  static func state(of job: QueuedJob) -> String {
    let progress = job.progress
    let things = job.isFilm ? "frames" : "pictures"
    let count = progress.total.map { "\(progress.done) of \($0) \(things)" }
    let left = progress.secondsLeft.map { ", \(Format.duration($0)) left" } ?? ""
    switch job.phase {
    case .waiting: return "waits for its turn"
    case .running: return count.map { $0 + left } ?? "begins"
    case .stopping: return "halts"
    case .paused: return count.map { "halted after \($0)" } ?? "halted"
    case .done: return "done: \(progress.done) \(things)"
    case .failed(let reason): return reason.printable
    }
  }

  /// So many pictures failed.
  static func failures(_ count: Int) -> String {
    count == 1 ? "1 picture failed" : "\(count) pictures failed"
  }

  /// How it is painted, such as `knife + mosaic, 512 px, in one pass`.
  static func recipe(of job: QueuedJob) -> String {
    let recipe = job.recipe
    let styles = recipe.styles.map {
      (($0.picture as NSString).lastPathComponent as NSString).deletingPathExtension.printable
    }
    let method =
      switch recipe.method {
      case .optimize: "\(recipe.iterations) iterations"
      case .instant: "in one pass"
      case .builtin(let styles):
        "built-in \(styles.map { "\($0.number)" }.joined(separator: " + "))"
      case .model(let name): name.printable
      }
    return ([styles.joined(separator: " + "), "\(recipe.size) px", method].filter { !$0.isEmpty })
      .joined(separator: ", ")
  }
}
