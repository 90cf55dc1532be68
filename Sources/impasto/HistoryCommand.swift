import ArgumentParser
import Files
import Foundation
import History
import Studio
import Styling

/// `impasto history`: runs of the past, those of the studio and those of `render`.
struct HistoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "List, show, export, remove and prune the runs of the past.",
    discussion: """
      A run is named by when it began; the beginning of the name is enough, and 'latest' is the last one. \
      All runs together take 1 GB at most, or what 'historySize' in the configuration says: old ones lose \
      their pictures first, then go.

      EXAMPLES
        impasto history list
        impasto history show latest
        impasto history export latest -o folder
        impasto history export 2026-01-31-2359 --iteration 120 -o picture.png
        impasto history prune --to 200MB
      """,
    subcommands: [List.self, Show.self, Export.self, Remove.self, Prune.self],
    defaultSubcommand: List.self)

  /// The user's runs.
  static var history: RunHistory { RunHistory(RunFolder(path: Folders().runs)) }

  /// The run of a name, of its beginning, or the latest.
  static func run(_ name: String) throws -> RecordedRun {
    guard name == "latest" else { return try history.run(name) }
    guard let run = history.runs().first else { throw HistoryError.notFound(name: name) }
    return run
  }
}

extension HistoryCommand {
  /// Which runs there are.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Show the runs, the latest first.")

    @Option(help: ArgumentHelp("Show so many at most.", valueName: "n"))
    var limit = 100

    @Flag(help: "Print a JSON array.")
    var json = false

    func run() throws {
      let runs = HistoryCommand.history.runs()
      let shown = runs.prefix(max(0, limit))
      if json { return try JSONLine.print(shown.map { RunReport($0) }) }
      for run in shown { print(Self.line(run).printable) }
      if runs.isEmpty {
        print("no runs")
      } else if shown.count < runs.count {
        print("\(shown.count) of \(runs.count); --limit shows more")
      }
    }

    private static func line(_ run: RecordedRun) -> String {
      run.name.padded(to: 20) + RunReport.state(of: run).padded(to: 15)
        + "\(run.record.iterations)/\(run.record.recipe.iterations)".padded(to: 12)
        + Format.bytes(run.byteCount).padded(to: 10) + RunReport.pictures(of: run)
    }
  }

  /// All about one run.
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Show all about a run.")

    @Argument(help: "The run.")
    var name: String

    @Flag(help: "Print a JSON object.")
    var json = false

    func run() throws {
      let report = RunReport(try HistoryCommand.run(name), complete: true)
      if json { try JSONLine.print(report) } else { try report.show() }
    }
  }

  /// Copies a run.
  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Copy a run into a folder, or one of its pictures into a file.",
      discussion: """
        The folder gets the pictures, which carry the recipes that lead to them, recipe.yaml and losses.csv.
        """)

    @Argument(help: "The run.")
    var name: String

    @Option(
      name: .shortAndLong,
      help: ArgumentHelp(
        "The folder; with --iteration the .png, .jpg or .webp file.", valueName: "path"))
    var output: String

    @Option(help: ArgumentHelp("Only the picture of this iteration.", valueName: "n"))
    var iteration: Int?

    @Flag(help: "Print a JSON object with the pictures' paths.")
    var json = false

    private struct Copies: Encodable {
      let run: String
      let pictures: [String]
    }

    func run() throws {
      let run = try HistoryCommand.run(name)
      var paths = [output]
      if let iteration {
        try run.export(iteration, to: output)
      } else {
        paths = try run.export(toFolder: output)
      }
      if json { return try JSONLine.print(Copies(run: run.name, pictures: paths)) }
      print("\(paths.count) \(paths.count == 1 ? "picture" : "pictures") in \(output.printable)")
    }
  }

  /// Deletes runs.
  struct Remove: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Delete runs for good; favorites that came of them stay.")

    @Argument(help: "The runs.")
    var names: [String]

    @Flag(name: .shortAndLong, help: "Do not ask.")
    var yes = false

    func run() throws {
      let runs = try names.map(HistoryCommand.run)
      let what = runs.count == 1 ? "this run" : "these \(runs.count) runs"
      try FavoritesCommand.confirm("Delete \(what)?", isAnswered: yes)
      for name in Set(runs.map(\.name)).sorted() { try HistoryCommand.history.remove(name) }
    }
  }

  /// Makes room.
  struct Prune: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Make room: old runs lose their pictures but for the last, then go.")

    @Option(
      help: ArgumentHelp("How much all runs may take, such as 500MB.", valueName: "size"))
    var to: ByteCount?

    @Option(help: ArgumentHelp("Keep only so many runs, the latest.", valueName: "n"))
    var keep: Int?

    @Flag(help: "Print a JSON object.")
    var json = false

    private struct Report: Encodable {
      let runs: Int
      let bytes: Int
    }

    func run() throws {
      guard keep ?? 0 >= 0 else { throw Failure("--keep is less than 0", code: .usage) }
      let (runs, bytes) = HistoryCommand.history.prune(
        to: to?.bytes ?? (keep == nil ? Configuration.loadWarning().historySize : .max),
        keeping: keep ?? .max)
      if json { return try JSONLine.print(Report(runs: runs, bytes: bytes)) }
      print("\(runs) \(runs == 1 ? "run" : "runs") deleted, \(Format.bytes(bytes)) free again")
    }
  }
}

/// A number of bytes as people write it: `1000`, `500kB`, `1.5 GB`.
struct ByteCount: ExpressibleByArgument {
  let bytes: Int

  init?(argument: String) {
    let text = argument.lowercased().filter { $0 != " " }
    let units: [(String, Double)] = [("kb", 1e3), ("mb", 1e6), ("gb", 1e9), ("b", 1), ("", 1)]
    guard let (unit, factor) = units.first(where: { text.hasSuffix($0.0) }),
      let number = Double(text.dropLast(unit.count)), number >= 0, number * factor < 1e18
    else { return nil }
    bytes = Int(number * factor)
  }
}
