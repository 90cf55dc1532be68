import Testing

extension Journeys {
  @Suite struct Favorites {
    @Test func `a favorite is kept, found, removed, brought back and gone on from`() async throws {
      try await Workplace.visit { place in
        let terminal = place.terminal
        try await place.openStudio()
        try terminal.press("F")
        try await terminal.wait(for: "no favorites yet")
        try terminal.press("q")
        try await place.startPainting(iterations: 20)
        try await terminal.wait(for: "done after 20 iterations")
        try terminal.press("f")
        try await terminal.wait(for: "kept as a favorite")
        #expect(place.favorites.count == 1)

        try terminal.press("F")
        try await terminal.wait(for: "1, newest first")
        try terminal.press("4")
        try await terminal.wait(for: "★★★★☆")
        try terminal.press("N")
        try await terminal.wait(for: "Enter accept")
        try terminal.type("Sea")
        try terminal.press("Enter")
        try await terminal.wait(until: "the title is new") {
          $0.contains("Sea") && !$0.contains("Enter accept")
        }
        try terminal.press("/")
        try terminal.type("se")
        try await terminal.wait(for: "1 of 1, newest first")
        try terminal.press("Enter", "d")
        try await terminal.wait(for: "nothing matches")
        try terminal.press("u")
        try await terminal.wait(for: "it is back")

        try terminal.press("g")
        try await terminal.wait(for: "done after 120 iterations")
        try terminal.press("f")
        try await terminal.wait(for: "kept as a favorite")
        try terminal.press("F")
        try await terminal.wait(for: "2, newest first")
        try await terminal.wait(for: "went on from iterate 20 of favorite")
        // It is kept, so nobody asks.
        try terminal.press("q", "q")
        #expect(try await terminal.waitForShell() == 0)
        #expect(place.favorites.count == 2)
        #expect(place.names(in: "home/rescued").isEmpty)
      }
    }
  }
}
