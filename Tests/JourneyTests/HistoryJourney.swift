import Foundation
import Pictures
import Testing

extension Journeys {
  @Suite struct History {
    @Test func `runs of the past are looked through, kept, gone on from and deleted`()
      async throws
    {
      try await Workplace.visit { place in
        let terminal = place.terminal
        try await place.openStudio()
        try terminal.press("H")
        try await terminal.wait(for: "no run was recorded yet")
        try terminal.press("Escape")
        try await terminal.wait(for: "takes about")
        try await place.startPainting(iterations: 20)
        try await terminal.wait(for: "done after 20 iterations")

        try terminal.press("H")
        try await terminal.wait(for: "1 run,")
        try await terminal.wait(for: "iteration 20  21 of 21")
        try terminal.press("Left", "Left")
        try await terminal.wait(until: "the picture is read and can be kept") {
          $0.contains("iteration 18  19 of 21") && $0.contains("f keep")
        }
        try terminal.press("f")
        try await terminal.wait(for: "kept as a favorite")
        #expect(place.favorites.count == 1)
        try terminal.press("c")
        // The history says how its runs ended, too.
        try await terminal.wait(until: "the run from the past is over") {
          $0.contains("Settings") && $0.contains("done after 20 iterations")
        }
        try terminal.press("H")
        try await terminal.wait(for: "2 runs,")
        // The run that was looked at stays the one that is looked at.
        try terminal.press("Home")
        try await terminal.wait(for: "went on from iterate 18")
        try terminal.press("Down", "d")
        try await terminal.wait(for: "Delete this run?")
        try terminal.press("y")
        try await terminal.wait(for: "the run is gone")
        try await terminal.wait(for: "1 run,")
        try terminal.press("a")
        try await terminal.wait(for: "the sliders and pictures are the run's")
        try await place.leave()
        #expect(place.names(in: "home/runs").count == 1)

        try terminal.run("clear; impasto history list")
        #expect(try await terminal.waitForShell() == 0)
        #expect(terminal.screen.contains("completed      20/20"))
        try terminal.run("clear; impasto history export latest --iteration 19 -o picture.png")
        #expect(try await terminal.waitForShell() == 0)
        #expect(try PictureDecoder.decode("\(place.folder)/picture.png").width == 64)
      }
    }

    @Test func `a picture that carries a recipe offers it`() async throws {
      try await Workplace.visit { place in
        let terminal = place.terminal
        try terminal.run(
          "impasto render photo.png painting.jpg -o result.png --size 64 --iterations 5 "
            + "--style-weight 31 --quiet")
        #expect(try await terminal.waitForShell() == 0)
        try terminal.run("clear; impasto studio result.png")
        try await terminal.wait(for: "Take over the recipe of result.png?")
        try terminal.press("n")
        try await terminal.wait(until: "the question is gone") { !$0.contains("Take over") }
        #expect(terminal.screen.contains("result.png"))
        // As if it was dropped on the terminal.
        try terminal.paste("\(place.folder)/result.png")
        try await terminal.wait(for: "Take over the recipe of result.png?")
        try terminal.press("y")
        try await terminal.wait(for: "the sliders and pictures are the picture's")
        try await terminal.wait(until: "the pictures are its own") {
          $0.contains("photo.png") && $0.contains("painting.jpg") && !$0.contains("result.png")
        }
        #expect(terminal.screen.contains("31"))
        try terminal.press("Space")
        try await terminal.wait(for: "done after 5 iterations")
        try terminal.press("s", "C-u")
        try terminal.type("again.png")
        try terminal.press("Enter")
        try await terminal.wait(for: "saved as again.png")
        #expect(
          try PictureDecoder.decode("\(place.folder)/result.png")
            == PictureDecoder.decode("\(place.folder)/again.png"))
        try terminal.press("q")
        #expect(try await terminal.waitForShell() == 0)
      }
    }
  }
}
