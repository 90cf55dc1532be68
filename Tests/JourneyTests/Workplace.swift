import Foundation
import Pictures
import Studio
import Tensors
import TestSupport
import Testing

/// Everything a person does with the studio, in a real terminal, one after the other.
///
/// The program is the one built beside the tests. Its model is a network of few channels, so that a run of
/// small pictures takes seconds.
@Suite(
  .serialized,
  .enabled(if: TmuxTerminal.isInstalled, "tmux is not installed: `make deps` installs it"))
enum Journeys {}

/// A user's home with the model in it and two small pictures, and a terminal in it.
struct Workplace {
  /// The user's home, where the shell is.
  let folder: String
  let terminal: TmuxTerminal

  /// Where the program keeps everything.
  var home: String { "\(folder)/home" }

  /// Calls `body` at a new workplace.
  static func visit(
    columns: Int = 120, rows: Int = 40, environment: [String: String] = [:],
    _ body: (Workplace) async throws -> Void
  ) async throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("impasto-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let models = "\(folder)/home/models"
    try FileManager.default.createDirectory(atPath: models, withIntermediateDirectories: true)
    let thin = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../StylingTests/Fixtures/thin_golden.safetensors")
    try FileManager.default.copyItem(atPath: thin.path, toPath: "\(models)/vgg16.safetensors")
    try paint("\(folder)/photo.png", seed: 1)
    try paint("\(folder)/painting.jpg", seed: 2)

    let programs = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
      .deletingLastPathComponent().path
    var variables = [
      "HOME": folder, "IMPASTO_HOME": "\(folder)/home", "LANG": "C.UTF-8",
      "PATH": "\(programs):/usr/local/bin:/usr/bin:/bin",
    ]
    variables["LD_LIBRARY_PATH"] = ProcessInfo.processInfo.environment["LD_LIBRARY_PATH"]
    let terminal = try TmuxTerminal(
      columns: columns, rows: rows, in: folder,
      environment: variables.merging(environment) { $1 })
    defer { terminal.close() }
    try await body(Workplace(folder: folder, terminal: terminal))
  }

  /// Writes a picture of soft spots.
  private static func paint(_ path: String, seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let spots = random.uniform([6, 9, 3], in: 0...1)
    let image = Resampler.lanczos3(spots, height: 64, width: 96, on: Workers(threads: 1))
    try PictureEncoder.write(Picture(image), to: path)
  }

  /// The names in a folder of the user's home; none if there is no such folder.
  func names(in subfolder: String) -> [String] {
    let names = try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(subfolder)")
    return (names ?? []).sorted()
  }

  /// The names of the favorites' pictures, but for what is being written: a favorite's picture is written
  /// again once it is measured.
  var favorites: [String] { names(in: "home/pictures").filter { !$0.hasPrefix(".") } }

  /// The running program's process.
  var process: pid_t {
    get throws {
      let candidates = try FileManager.default.contentsOfDirectory(atPath: "/proc")
      return try #require(
        candidates.compactMap { pid_t($0) }.first { process in
          let place = "/proc/\(process)"
          let name = try? String(contentsOfFile: "\(place)/comm", encoding: .utf8)
          let home = try? FileManager.default.destinationOfSymbolicLink(atPath: "\(place)/cwd")
          return name == "impasto\n" && home == folder
        })
    }
  }
}

/// What a person does again and again.
extension Workplace {
  /// Opens the studio on the two pictures.
  func openStudio(_ beginning: String = "") async throws {
    try terminal.run("\(beginning) impasto studio photo.png painting.jpg")
    try await terminal.wait(for: "ready")
    // The estimate is made: nothing moves by itself any more.
    try await terminal.wait(for: "takes about")
  }

  /// Types a slider's value; the settings have the keys.
  func set(_ parameter: Parameter, to value: String) async throws {
    let place = try #require(Setting.all.firstIndex(of: .slider(parameter)))
    try terminal.press(
      Array(repeating: "Up", count: Setting.all.count) + Array(repeating: "Down", count: place))
    try terminal.type(String(value.prefix(1)))
    try await terminal.wait(for: "Enter accept")
    try terminal.type(String(value.dropFirst()))
    try terminal.press("Enter")
    try await terminal.wait(until: "the dialog is closed") { !$0.contains("Enter accept") }
  }

  /// Starts a run of small pictures, waits until it is under way, and leaves the keys to the settings.
  func startPainting(iterations: Int = 100_000) async throws {
    try terminal.press("Tab")
    try await set(.size, to: "64")
    try await set(.iterations, to: "\(iterations)")
    try terminal.press("Space")
    try await terminal.wait(until: "there are pictures") {
      ($0.iteration ?? 0) > 0 && $0.hasFilm
    }
  }

  /// Waits until so many more iterations were made.
  func waitForProgress(of iterations: Int = 3) async throws {
    let before = terminal.screen.iteration ?? 0
    try await terminal.wait(until: "the run goes on from \(before)") {
      ($0.iteration ?? 0) >= before + iterations
    }
  }

  /// Pauses the run and waits until nothing moves.
  @discardableResult func pause() async throws -> String {
    try terminal.press("Space")
    try await terminal.wait(for: "paused")
    return try await terminal.waitForStillness()
  }

  /// Waits until what it takes to go on with the only run is on the disk.
  func waitForCheckpoint() async throws {
    try await terminal.wait(until: "there is a checkpoint") { _ in
      names(in: "home/runs").contains {
        names(in: "home/runs/\($0)").contains("checkpoint.safetensors")
      }
    }
  }

  /// Leaves without saving.
  func leave() async throws {
    try terminal.press("q")
    try await terminal.wait(for: "Leave without saving?")
    try terminal.press("y")
    #expect(try await terminal.waitForShell() == 0)
  }
}

/// What a person reads off the screen.
extension String {
  /// The rows.
  var rows: [Substring] { split(separator: "\n", omittingEmptySubsequences: false).dropLast() }

  /// The number of iterations on the status line.
  var iteration: Int? { rows.first?.firstMatch(of: #/(\d+)/\d+ /#).flatMap { Int($0.1) } }

  /// Whether there is more than one picture on the film: numbers or, of many, ticks.
  var hasFilm: Bool { contains(#/Film +(\d+ +\d+ |[^\d\s]{2})/#) }

  /// The value of a curve in the chart's legend.
  func loss(_ curve: String) throws -> Double? {
    try firstMatch(of: Regex(#"\#(curve) +([0-9.e-]+)"#))?.output[1].substring.flatMap {
      Double($0)
    }
  }

  /// The row that contains a text, and the column where it begins.
  func place(of text: String) -> (column: Int, row: Int)? {
    for (row, line) in rows.enumerated() {
      if let range = line.range(of: text) {
        return (line.distance(from: line.startIndex, to: range.lowerBound), row)
      }
    }
    return nil
  }
}
