import Foundation
import Testing

extension Journeys {
  @Suite struct Window {
    @Test func `the window may have any size at any time`() async throws {
      try await Workplace.visit { place in
        let terminal = place.terminal
        try await place.openStudio()
        try await place.startPainting()
        for (columns, rows) in [(80, 24), (40, 12), (200, 60), (120, 40)] {
          try terminal.resize(columns: columns, rows: rows)
          try await terminal.wait(until: "\(columns)×\(rows) are filled") { screen in
            let lines = screen.rows
            return lines.count == rows && lines[0].contains("running")
              && lines[1].hasPrefix("╭ ") && lines[1].count == columns && lines[1].hasSuffix("╮")
              && lines[rows - 1].contains("? help")
          }
          try await place.waitForProgress()
        }
        try terminal.resize(columns: 30, rows: 8)
        let small = try await terminal.wait(for: "30×8")
        #expect(small.contains("Impasto needs 40×12"))
        #expect(!small.contains("running"))

        // What comes back is what was there: nothing is left over, nothing is missing.
        try terminal.resize(columns: 120, rows: 40)
        try await terminal.wait(for: "running")
        let paused = try await place.pause()
        for (columns, rows) in [(80, 24), (30, 8), (200, 60), (40, 12)] {
          try terminal.resize(columns: columns, rows: rows)
          try await terminal.wait(until: "\(rows) rows are filled") {
            $0.rows.count == rows && $0.contains(rows == 8 ? "30×8" : "paused")
          }
        }
        try terminal.resize(columns: 120, rows: 40)
        try await terminal.wait(until: "everything is back:\n\(paused)") { $0 == paused }
        try await place.leave()
      }
    }

    @Test func `Ctrl-L draws over what others wrote`() async throws {
      try await Workplace.visit { place in
        let terminal = place.terminal
        try await place.openStudio()
        let before = try await terminal.waitForStillness()
        try terminal.scribble(
          "\u{1B}[5;1Hsomebody wants to talk to you\r\n\u{1B}[2K\u{1B}[30;9Hbye")
        try await terminal.wait(for: "somebody")
        try terminal.press("C-l")
        try await terminal.wait(until: "the scribble is gone:\n\(before)") { $0 == before }
        try terminal.press("q")
        #expect(try await terminal.waitForShell() == 0)
      }
    }

    @Test func `help, commands and themes open and close, and a theme is remembered`()
      async throws
    {
      try await Workplace.visit { place in
        let terminal = place.terminal
        try await place.openStudio()
        let before = try await terminal.waitForStillness()
        for (key, text) in [("?", "Keys"), ("F1", "Keys"), (":", "Commands"), ("t", "Themes")] {
          try terminal.press(key)
          try await terminal.wait(for: "╭─ \(text) ")
          try terminal.press("Escape")
          try await terminal.wait(until: "\(text) left no trace:\n\(before)") { $0 == before }
        }
        try terminal.press(":")
        try await terminal.wait(for: "Commands")
        try terminal.type("letter")
        try await terminal.wait(until: "one command is left") {
          $0.contains("preset-article-adam") && !$0.contains("no command") && !$0.contains("redraw")
        }
        try terminal.press("Enter")
        try await terminal.wait(for: "preset article-adam: ")

        let dark = try terminal.statusStyle
        try terminal.press("t")
        try await terminal.wait(for: "Themes")
        try terminal.press("Down")
        try await terminal.wait(until: "the theme is shown at once") { _ in
          try terminal.statusStyle != dark
        }
        let chosen = try terminal.statusStyle
        try terminal.press("Escape")
        try await terminal.wait(until: "the theme is as it was") { _ in
          try terminal.statusStyle == dark
        }
        try terminal.press("t", "Down", "Enter")
        try await terminal.wait(until: "the theme is chosen") {
          try !$0.contains("Themes") && terminal.statusStyle == chosen
        }
        try terminal.press("q")
        #expect(try await terminal.waitForShell() == 0)
        try await place.openStudio()
        #expect(try terminal.statusStyle == chosen)
        try terminal.press("q")
        #expect(try await terminal.waitForShell() == 0)
      }
    }
  }
}

extension TmuxTerminal {
  /// The look of the status line's beginning.
  fileprivate var statusStyle: Substring {
    get throws { try coloredScreen.prefix { $0 != " " } }
  }
}
