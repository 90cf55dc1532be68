import Foundation
import Pictures
import Testing

extension Journeys {
  @Suite struct Recovery {
    @Test func `a run that was killed goes on and ends as if nothing had happened`() async throws {
      try await Workplace.visit { place in
        let terminal = place.terminal
        try await place.openStudio()
        try await place.startPainting(iterations: 1500)
        try await place.pause()
        try await place.waitForCheckpoint()
        try terminal.press("Space")
        try await place.waitForProgress()
        kill(try place.process, SIGKILL)
        #expect(try await terminal.waitForShell() == 128 + Int(SIGKILL))

        try terminal.run("reset; clear; impasto")
        try await terminal.wait(for: "A run was cut short")
        try await terminal.wait(for: "of 1500 iterations were done")
        try terminal.press("p")
        try await terminal.wait(until: "the picture is shown") { !$0.contains("cut short") }
        try terminal.press("p", "Enter")
        try await terminal.wait(for: "done after 1500 iterations")
        try terminal.press("s", "C-u")
        try terminal.type("resumed.png")
        try terminal.press("Enter")
        try await terminal.wait(for: "saved as resumed.png")
        try terminal.press("q")
        #expect(try await terminal.waitForShell() == 0)

        try terminal.run(
          "impasto history export latest -o run && "
            + "impasto render --recipe run/recipe.yaml -o whole.png --no-history --quiet")
        #expect(try await terminal.waitForShell() == 0)
        #expect(
          try PictureDecoder.decode("\(place.folder)/resumed.png")
            == PictureDecoder.decode("\(place.folder)/whole.png"))
        #expect(place.names(in: "home/runs").count == 1)
      }
    }

    @Test func `leaving in the middle of a run is no end of it`() async throws {
      try await Workplace.visit { place in
        let terminal = place.terminal
        try await place.openStudio()
        try await place.startPainting()
        try await place.leave()
        try terminal.run("clear; impasto")
        try await terminal.wait(for: "A run was cut short")
        try terminal.press("Enter")
        try await terminal.wait(for: "running")
        try await place.waitForProgress()
        // A second studio beside it neither sees a run that was cut short nor takes this one.
        try terminal.press("C-z")
        #expect(try await terminal.waitForShell() == 128 + Int(SIGTSTP))
        try terminal.run("clear; impasto history list; impasto")
        try await terminal.wait(for: "choose a photograph")
        try terminal.press("H")
        try await terminal.wait(for: "goes on, ")
        try terminal.press("d")
        #expect(!terminal.screen.contains("Delete this run?"))
        try terminal.press("q")
        #expect(try await terminal.waitForShell() == 0)
        try terminal.run("fg")
        try await terminal.wait(for: "running")
        try terminal.press("x")
        try await terminal.wait(for: "stopped after")
        try await place.leave()
        try terminal.run("clear; impasto")
        try await terminal.wait(for: "choose a photograph")
        try terminal.press("H")
        try await terminal.wait(for: "stopped after")
        #expect(!terminal.screen.contains("cut short"))
        try terminal.press("c")
        try await terminal.wait(for: "running")
        try await place.waitForProgress()
        try terminal.press("x")
        try await terminal.wait(for: "stopped after")
        try await place.leave()
        #expect(place.names(in: "home/runs").count == 1)
      }
    }
  }
}
