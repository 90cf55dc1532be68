import Files
import Foundation
import History
import Recipes
import Studio
import Tensors

/// What the user prefers.
///
/// `config.yaml` says it, and before it the environment; options of a command come before both.
struct Configuration: Equatable {
  /// The studio's theme; nil for the last one chosen there.
  var theme: String?

  /// How the studio shows pictures.
  var graphics = StudioCommand.GraphicsOption.auto

  /// The recipe to start from.
  var preset = Preset.all[0].name

  /// The longer side of results, in pixels; nil for the preset's.
  var size: Int?

  /// How many threads compute; nil for one a core.
  var threads: Int?

  /// Seconds between two checkpoints of a run.
  var checkpointEvery = 10.0

  /// How many bytes the history of runs may take.
  var historySize = RunHistory.standardBudget

  /// The folder in which the studio looks for photographs first.
  var pictures: String?

  /// The keys of the studio.
  var keymap = Keymap()

  /// The recipe that commands and the studio start from.
  var recipe: Recipe {
    var recipe = (try? Preset.named(preset))?.recipe ?? Recipe()
    if let size { recipe.size = size }
    return recipe
  }
}

extension Configuration {
  /// A value that is not used, and why.
  struct Problem: Error, Equatable {
    /// The file and line, or the variable.
    let place: String
    let reason: String
    var hint: String?

    /// All of it in a line.
    var line: String { "\(place): \(reason)" + (hint.map { "; \($0)" } ?? "") }
  }

  /// What is configured, and what of it makes no sense; the rest applies.
  static func load(
    _ folders: Folders = Folders(),
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> (configuration: Configuration, problems: [Problem]) {
    var configuration = Configuration()
    var problems: [Problem] = []
    let file = ConfigurationFile(path: folders.configuration)
    file.apply(to: &configuration, &problems)
    for entry in Entry.all {
      guard let variable = entry.variable, let text = environment[variable], !text.isEmpty else {
        continue
      }
      do throws(Entry.Refusal) {
        try entry.read(.init(text: text), &configuration)
      } catch {
        problems.append(Problem(place: variable, reason: error.reason, hint: error.hint))
      }
    }
    return (configuration, problems)
  }

  /// What is configured; what of it makes no sense is told on stderr.
  static func loadWarning() -> Configuration {
    let (configuration, problems) = load()
    for problem in problems { Warning.show(problem.line) }
    return configuration
  }
}
