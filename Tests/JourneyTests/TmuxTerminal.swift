import Foundation
import TestSupport
import Testing

/// A person at a terminal: a shell in tmux, whose screen is read and whose keys are pressed.
final class TmuxTerminal {
  /// What tmux knows of the terminal's modes.
  struct Modes: Equatable {
    var isAlternateScreen: Bool
    var reportsMouse: Bool
    var showsCursor: Bool

    /// As a shell wants them.
    static let shell = Modes(isAlternateScreen: false, reportsMouse: false, showsCursor: true)
  }

  /// The server, in the foreground of a terminal of its own, and with the signals that a login would give it.
  private let server: PseudoTerminal
  private let environment: [String: String]
  /// The number that the shell's next prompt bears.
  private var commandNumber = 1

  /// How long anything may take on a machine that is busy.
  private static let patience = Duration.seconds(60)

  /// Where tmux is; nil where it is not.
  private static let executable = ["/usr/bin/tmux", "/usr/local/bin/tmux", "/bin/tmux"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  /// Whether there is anything to be a terminal with.
  static var isInstalled: Bool { executable != nil }

  /// Starts a shell.
  ///
  /// - Parameters:
  ///   - folder: where the shell starts; tmux keeps its socket there.
  ///   - environment: all that the shell knows.
  init(columns: Int, rows: Int, in folder: String, environment: [String: String]) throws {
    server = try PseudoTerminal(columns: columns, rows: rows)
    self.environment = environment.merging([
      "TMUX_TMPDIR": folder, "PS1": ##"[\#:$?] "##, "HISTFILE": "",
    ]) { $1 }
    try server.start(
      Self.executable ?? "tmux", ["-D", "-u", "-f", "/dev/null"], environment: self.environment)
    let deadline = ContinuousClock.now + Self.patience
    while try tmux(["show", "-g", "status"]).isEmpty, ContinuousClock.now < deadline {}
    try tmux(
      ["set", "-g", "status", "off"], ["set", "-g", "escape-time", "0"],
      ["set", "-g", "default-terminal", "tmux-256color"],
      [
        "new-session", "-d", "-x", "\(columns)", "-y", "\(rows)", "-c", folder,
        "bash", "--noprofile", "--norc", "-i",
      ])
  }

  /// Ends the shell and all that runs in it.
  func close() { _ = try? tmux(["kill-server"]) }

  // MARK: Hands

  /// Presses keys by the names that tmux has for them, such as `Enter`, `C-z`, `Up` or `q`.
  func press(_ keys: String...) throws { try press(keys) }

  /// Presses keys one after the other.
  func press(_ keys: [String]) throws { try tmux(["send-keys"] + keys) }

  /// Types text.
  func type(_ text: String) throws {
    // tmux takes a semicolon at the end for the end of its own command.
    let isCut = text.hasSuffix(";")
    try tmux(["send-keys", "-l", "--", isCut ? "\(text.dropLast())\\;" : text])
  }

  /// Pastes text, as by dropping a file on the terminal.
  func paste(_ text: String) throws {
    try tmux(["set-buffer", "--", text], ["paste-buffer", "-p"])
  }

  /// Sends what a terminal sends for the mouse: the button's code, a cell counted from 0, and whether the
  /// button went down.
  func sendMouse(_ button: Int, column: Int, row: Int, isDown: Bool = true) throws {
    let report = "\u{1B}[<\(button);\(column + 1);\(row + 1)\(isDown ? "M" : "m")"
    try tmux(["send-keys", "-H"] + report.utf8.map { String($0, radix: 16) })
  }

  /// Clicks with the left button.
  func click(column: Int, row: Int) throws {
    try sendMouse(0, column: column, row: row)
    try sendMouse(0, column: column, row: row, isDown: false)
  }

  /// Gives the shell a command line.
  func run(_ command: String) throws {
    commandNumber += 1
    try type(command)
    try press("Enter")
  }

  /// Gives the window another size.
  func resize(columns: Int, rows: Int) throws {
    try tmux(["resize-window", "-x", "\(columns)", "-y", "\(rows)"])
  }

  /// Writes on the terminal behind the program's back.
  func scribble(_ text: String) throws {
    let device = try tmux(["display-message", "-p", "#{pane_tty}"])
      .trimmingCharacters(in: .newlines)
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: device))
    try handle.write(contentsOf: Data(text.utf8))
    try handle.close()
  }

  // MARK: Eyes

  /// The text on the screen, a line a row.
  var screen: String { (try? tmux(["capture-pane", "-p"])) ?? "(there is no screen)" }

  /// The same with the sequences that color it.
  var coloredScreen: String { get throws { try tmux(["capture-pane", "-p", "-e"]) } }

  /// The terminal's modes.
  var modes: Modes {
    get throws {
      let flags = try tmux([
        "display-message", "-p", "#{alternate_on}#{mouse_any_flag}#{cursor_flag}",
      ]).map { $0 == "1" }
      return Modes(isAlternateScreen: flags[0], reportsMouse: flags[1], showsCursor: flags[2])
    }
  }

  /// Waits until a text is on the screen.
  @discardableResult func wait(
    for text: String, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> String {
    try await wait(until: "'\(text)' is there", sourceLocation: sourceLocation) {
      $0.contains(text)
    }
  }

  /// Waits until the screen is as wanted, and returns it.
  @discardableResult func wait(
    until wish: String, sourceLocation: SourceLocation = #_sourceLocation,
    _ isGranted: (_ screen: String) throws -> Bool
  ) async throws -> String {
    let deadline = ContinuousClock.now + Self.patience
    var screen = screen
    while true {
      if try isGranted(screen) { return screen }
      guard ContinuousClock.now < deadline else { break }
      // tmux does not tell of changes: the screen is looked at again and again.
      try await Task.sleep(for: .milliseconds(50))
      screen = self.screen
    }
    // `swift test` leaves out what it cannot decode, such as half a character at the end of its buffer.
    let plain = String(screen.map { $0.isASCII ? $0 : "?" })
    try #require(
      Bool(false), "waited in vain until \(wish):\n\(plain)",
      sourceLocation: sourceLocation)
    return screen
  }

  /// Waits until the screen has stayed as it is for a quarter of a second, and returns it.
  @discardableResult func waitForStillness(
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> String {
    var (last, count) = ("", 0)
    return try await wait(until: "nothing moves", sourceLocation: sourceLocation) { screen in
      count = screen == last ? count + 1 : 0
      last = screen
      return count >= 5
    }
  }

  /// Waits for the shell's prompt and returns how the command ended.
  func waitForShell(sourceLocation: SourceLocation = #_sourceLocation) async throws -> Int {
    let prompt = "[\(commandNumber):"
    let screen = try await wait(until: "the shell is back", sourceLocation: sourceLocation) {
      $0.contains(prompt)
    }
    let status = screen.components(separatedBy: prompt).last?.prefix { $0 != "]" }
    return try #require(status.flatMap { Int($0) }, sourceLocation: sourceLocation)
  }

  // MARK: tmux

  /// Gives tmux some commands and returns what it says.
  @discardableResult private func tmux(_ commands: [String]...) throws -> String {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: Self.executable ?? "tmux")
    process.arguments = ["-N", "-u"] + commands.joined(separator: [";"])
    process.environment = environment
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let said = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return String(decoding: said, as: UTF8.self)
  }
}
