import Foundation
import Pictures
import Testing

extension Journeys {
  @Suite struct Queue {
    @Test func `a folder is painted beside the studio, halted, and gone on with another day`()
      async throws
    {
      try await Workplace.visit { place in
        let terminal = place.terminal
        let photos = "\(place.folder)/photos"
        try FileManager.default.createDirectory(
          atPath: photos, withIntermediateDirectories: true)
        for name in ["a.png", "b.png", "c.png"] {
          try FileManager.default.copyItem(
            atPath: "\(place.folder)/photo.png", toPath: "\(photos)/\(name)")
        }
        try await place.openStudio()
        try terminal.press("Tab")
        try await place.set(.size, to: "64")
        try await place.set(.iterations, to: "100000")
        try terminal.press("B")
        try await terminal.wait(for: "Choose a film, or a folder")
        // As if the folder was dropped on the terminal.
        try terminal.paste(photos)
        try await terminal.wait(for: "c.png")
        try terminal.press("C-p")
        try await terminal.wait(for: "the folder for the painted pictures")
        try terminal.press("Enter")
        try await terminal.wait(for: "0 of 3 pictures")
        try terminal.press("Space")
        try await terminal.wait(for: "halted after 0 of 3 pictures")
        try terminal.press("d")
        try await terminal.wait(for: "Nothing is queued")

        // Now by few iterations.
        try terminal.press("Escape")
        try await terminal.wait(for: "Settings")
        try await place.set(.iterations, to: "3")
        try terminal.press("B")
        try await terminal.wait(for: "c.png")
        try terminal.press("C-p")
        try await terminal.wait(for: "the folder for the painted pictures")
        try terminal.press("Enter")
        try await terminal.wait(for: "done: 3 pictures")
        #expect(
          place.names(in: "photos-painted").filter { $0.hasSuffix(".png") }.contains {
            $0.hasPrefix("a")
          })
        try terminal.press("q")
        #expect(try await terminal.waitForShell() == 0)

        try terminal.run("clear; impasto studio")
        try await terminal.wait(for: "Pictures")
        try terminal.press("Q")
        try await terminal.wait(for: "done: 3 pictures")
        #expect(terminal.screen.contains("nothing to do"))
        try terminal.press("q")
        #expect(try await terminal.waitForShell() == 0)
      }
    }
  }
}
