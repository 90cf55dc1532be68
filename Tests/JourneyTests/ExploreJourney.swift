import Testing

extension Journeys {
  @Suite struct Exploring {
    @Test func `variations develop at once, lead on, are kept and taken over`() async throws {
      try await Workplace.visit { place in
        let terminal = place.terminal
        try terminal.run("impasto")
        try await terminal.wait(for: "choose a photograph")
        try terminal.press("e")
        try await terminal.wait(for: "choose a photograph first: o")
        try terminal.press("q")
        #expect(try await terminal.waitForShell() == 0)

        try terminal.run("clear")
        try await place.openStudio()
        try terminal.press("Tab")
        try await place.set(.iterations, to: "30")
        try terminal.press("e")
        try await terminal.wait(for: "exploring")
        try await terminal.wait(for: "step ×")
        try await terminal.wait(for: "✓ done")
        let before = terminal.screen
        try terminal.press("Right", "Enter")
        try await terminal.wait(until: "there are new neighbors") {
          $0 != before && $0.contains("◆")
        }
        try await terminal.wait(for: "✓ done")
        try terminal.press("f")
        try await terminal.wait(for: "kept as a favorite")
        #expect(place.favorites.count == 1)
        try terminal.press("-")
        try await terminal.wait(for: "✓ done")
        try terminal.press("Up", "a")
        try await terminal.wait(for: "the sliders are set; Space starts")
        try await place.set(.size, to: "64")
        try terminal.press("Space")
        try await terminal.wait(for: "done after 30 iterations")
        try await place.leave()
      }
    }
  }
}
