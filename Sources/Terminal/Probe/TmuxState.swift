import Foundation

/// What tmux says of itself and of the terminal it runs in.
struct TmuxState: Equatable, Sendable {
  /// Whether it hands on what is wrapped for it.
  var passesThrough: Bool
  /// The `TERM` of the terminal it runs in.
  var clientTerm: String

  /// Whether that terminal shows Kitty's placeholders, going by its name.
  var clientShowsPlaceholders: Bool {
    ["xterm-kitty", "xterm-ghostty", "ghostty"].contains(clientTerm)
  }

  /// A line of `query`'s.
  init?(_ line: String) {
    let words = line.split(whereSeparator: \.isWhitespace)
    guard let first = words.first else { return nil }
    // A flag, and a choice since 3.4.
    passesThrough = ["1", "on", "all"].contains(first)
    clientTerm = words.count > 1 ? String(words[1]) : ""
  }

  private static let query = "#{?allow-passthrough,#{allow-passthrough},off} #{client_termname}"

  /// Asks tmux; nil when it does not answer at once.
  static func current(environment: [String: String], within limit: Duration) -> TmuxState? {
    guard let folders = environment["PATH"]?.split(separator: ":"),
      let path = folders.map({ "\($0)/tmux" })
        .first(where: { FileManager.default.isExecutableFile(atPath: $0) })
    else { return nil }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = ["display-message", "-p", query]
    process.environment = environment
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    let line = TerminalInput.read(
      output.fileHandleForReading.fileDescriptor, within: limit, until: { $0.contains(0x0A) })
    if process.isRunning && line.isEmpty { process.terminate() }
    return TmuxState(String(decoding: line, as: UTF8.self))
  }
}
