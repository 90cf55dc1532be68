import Checkpoints
import Foundation
import Pictures
import Recipes
import TestSupport
import Testing

extension Journeys {
  /// Painting in one pass, with networks of random weights.
  @Suite struct Instant {
    @Test func `a painting is chosen, seen at once, tuned, and started from`() async throws {
      try await Workplace.visit { place in
        let terminal = place.terminal
        try RandomStylizer(.magenta).install(in: "\(place.home)/models")
        try terminal.run("impasto studio photo.png")
        try await terminal.wait(for: "now add a painting")
        #expect(terminal.screen.contains("photograph · fit"))
        try await place.browse(to: place.folder, with: "a")
        try terminal.type("painting")
        try await terminal.wait(for: "filter: painting")
        try terminal.press("Enter")
        try await terminal.wait(for: "instant · fit")
        try await terminal.wait(for: "takes about")
        let strong = try await terminal.waitForStillness()

        try terminal.press("Tab")
        try await place.set(.strength, to: "0.2")
        try await terminal.wait(until: "another picture is shown") { screen in
          screen.contains("•strength") && screen.previewRows != strong.previewRows
        }

        // From the photograph to noise to one pass.
        try terminal.press("n", "n")
        try await terminal.wait(for: "instant: what a network paints in one pass")
        try await place.set(.size, to: "64")
        try await place.set(.iterations, to: "3")
        try terminal.press("Space")
        try await terminal.wait(for: "done")
        try terminal.press("f")
        try await terminal.wait(for: "kept as")
        let kept = try #require(place.favorites.first)
        let text = try #require(
          try PictureDecoder.metadata(of: "\(place.home)/pictures/\(kept)").recipe)
        let recipe = try RecipeFile.recipe(in: text, named: kept)
        #expect(recipe.start == .instant && recipe.strength == 0.2 && recipe.iterations == 3)
        try terminal.press("q")
        #expect(try await terminal.waitForShell() == 0)
      }
    }

    @Test func `built-in styles are looked through, blended and painted at full size`()
      async throws
    {
      try await Workplace.visit { place in
        let terminal = place.terminal
        try RandomStylizer(.multistyle26).install(in: "\(place.home)/models")
        try await place.openStudio()
        #expect(terminal.screen.contains("preview: I or impasto models install magenta"))
        try terminal.press("b")
        try await terminal.wait(for: "built-in styles")
        try await terminal.wait(for: "builtin:0")
        try terminal.press("Right", "Space", "Down", "Space")
        try await terminal.wait(for: "blend ")
        try await terminal.wait(for: "50 %")
        try terminal.press("Enter")
        try await terminal.wait(for: "Space paints it at full size")
        try await terminal.wait(until: "the blend is the preview") {
          $0.contains(#/builtin:1,\d+ · fit/#)
        }
        try terminal.press("Space")
        try await terminal.wait(for: "painted: s saves, f keeps")
        try terminal.press("s")
        try await terminal.wait(for: "save the picture as")
        try terminal.press("C-u")
        try terminal.type("result.png")
        try terminal.press("Enter")
        try await terminal.wait(for: "saved as")
        let result = try PictureDecoder.decode("\(place.folder)/result.png")
        #expect(max(result.width, result.height) == 512)
        try terminal.press("q")
        #expect(try await terminal.waitForShell() == 0)
      }
    }
  }
}

extension String {
  /// What lies right of the settings, where the preview is.
  fileprivate var previewRows: [Substring] { rows.dropFirst(3).prefix(20).map { $0.dropFirst(40) } }
}
