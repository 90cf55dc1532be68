import Favorites
import Files
import Foundation
import History
import Recipes
import Studio

/// A run of the history as the command line tells of it.
struct RunReport: Encodable {
  private struct Source: Encodable {
    let role: String
    let path: String
    let sha256: String?
  }

  private let run: String
  private let begun: String
  private let updated: String
  private let maker: String
  private let state: String
  private let reason: String?
  private let canResume: Bool
  private let iterations: Int
  private let planned: Int
  private let seconds: Double
  private let total: Double?
  private let content: Double?
  private let style: Double?
  private let tv: Double?
  private let bytes: Int
  private let frames: [Int]
  private let folder: String
  private let output: String?
  private let sources: [Source]
  private let recipe: Recipe?

  /// A report; its recipe takes most of the room.
  init(_ recorded: RecordedRun, complete: Bool = false) {
    let record = recorded.record
    run = recorded.name
    begun = record.begun.formatted(.iso8601)
    updated = record.updated.formatted(.iso8601)
    maker = record.maker.rawValue
    state = Self.state(of: recorded)
    reason = record.state.words.reason
    canResume = recorded.hasCheckpoint && !recorded.isOngoing
    iterations = record.iterations
    planned = record.recipe.iterations
    seconds = record.seconds
    total = record.losses?.total
    content = record.losses?.content
    style = record.losses?.style
    tv = record.losses?.tv
    bytes = recorded.byteCount
    frames = recorded.frames
    folder = recorded.folder
    output = record.output
    sources = record.sources.map {
      Source(role: $0.role.rawValue, path: $0.path, sha256: $0.sha256)
    }
    recipe = complete ? record.recipe : nil
  }

  /// How far a run is, in a word; `interrupted` was cut short.
  static func state(of run: RecordedRun) -> String {
    run.isCutShort ? "interrupted" : run.record.state.words.state
  }

  /// The names of the pictures it is made of.
  static func pictures(of run: RecordedRun) -> String {
    let recipe = run.record.recipe
    return ([recipe.content].compactMap(\.self) + recipe.styles.map(\.picture))
      .map { ($0 as NSString).lastPathComponent }.joined(separator: " + ")
  }

  /// Prints it for people.
  func show() throws {
    func row(_ name: String, _ value: String?) {
      if let value, !value.isEmpty { print(name.padded(to: 12) + value.printable) }
    }
    row("run", run)
    row("state", reason.map { "\(state): \($0)" } ?? state)
    row("begun", begun)
    row("by", maker)
    row("iterations", "\(iterations) of \(planned)")
    row("took", Format.duration(seconds))
    row("loss", total.map { Format.significant($0) })
    for source in sources { row(source.role, source.path) }
    row("result", output)
    row("pictures", frames.map { "\($0)" }.joined(separator: " "))
    row("folder", "\(folder), \(Format.bytes(bytes))")
    if canResume { row("goes on", "impasto render --resume \(run)") }
    guard let recipe else { return }
    print()
    for line in try RecipeFile.text(of: recipe).split(separator: "\n") {
      print(String(line).printable)
    }
  }
}
