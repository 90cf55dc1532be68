import Foundation
import Testing

extension Journeys {
  @Suite struct Terminals {
    @Test func `what is no terminal is refused in two lines`() async throws {
      try await Workplace.visit { place in
        let terminal = place.terminal
        try terminal.run("set -o pipefail")
        for line in [
          "impasto studio photo.png painting.jpg < /dev/null", "impasto | cat", "echo | impasto",
          "TERM=dumb impasto", "TERM= impasto", "env -u TERM impasto", "TERM=nothing impasto",
        ] {
          try terminal.run("clear; \(line)")
          #expect(try await terminal.waitForShell() == 69, "\(line)")
          let lines = terminal.screen.rows
          #expect(lines[0].hasPrefix("impasto: error: "), "\(line): \(lines)")
          #expect(lines[1].hasPrefix("hint: "), "\(line): \(lines)")
          #expect(try terminal.modes == .shell, "\(line)")
        }
      }
    }

    @Test func `NO_COLOR leaves all colors out`() async throws {
      try await Workplace.visit { place in
        let terminal = place.terminal
        try await place.openStudio("NO_COLOR=1")
        try await place.startPainting()
        try terminal.press("?")
        try await terminal.wait(for: "Keys")
        let colors = try terminal.colorCodes
        #expect(colors.isEmpty, "\(colors)")
        try terminal.press("Escape")
        try await terminal.wait(until: "the help is closed") { !$0.contains("Keys") }
        try await place.leave()
      }
    }

    @Test func `the C locale gets ASCII and nothing else`() async throws {
      try await Workplace.visit { place in
        let terminal = place.terminal
        try await place.openStudio("LC_ALL=C")
        try await place.startPainting()
        let running = try await terminal.wait(for: "running")
        #expect(running.isASCII, "\(running)")
        try await place.pause()
        for (key, text) in [
          ("?", "Keys"), (":", "Commands"), ("t", "Themes"), ("q", "Leave without"),
          ("o", "filter"),
        ] {
          try terminal.press(key)
          let screen = try await terminal.wait(for: text)
          #expect(screen.isASCII, "\(screen)")
          try terminal.press("Escape")
          try await terminal.wait(until: "\(text) is gone") { !$0.contains(text) }
        }
        try await place.leave()
      }
    }
  }
}

extension String {
  fileprivate var isASCII: Bool { utf8.allSatisfy { $0 < 0x80 } }
}

extension TmuxTerminal {
  /// The numbers by which the screen is colored; 39 and 49 are the terminal's own colors.
  fileprivate var colorCodes: Set<Int> {
    get throws {
      let sequences = try coloredScreen.matches(of: #/\u{1B}\[([0-9;]*)m/#)
      let codes = sequences.flatMap { $0.1.split(separator: ";").compactMap { Int($0) } }
      return Set(codes).subtracting([39, 49]).filter { $0 >= 30 }
    }
  }
}
