import Foundation
import Pictures
import Recipes
import Testing

extension Journeys {
  @Suite struct Painting {
    @Test func `from the first start to a picture that is saved and kept`() async throws {
      try await Workplace.visit { place in
        let terminal = place.terminal
        try terminal.run("impasto")
        try await terminal.wait(for: "choose a photograph")
        try await choose("harbor.jpg", with: "o", typing: "harb", on: terminal)
        try await terminal.wait(for: "now add a painting")
        try await choose("impasto-knife.jpg", with: "a", typing: "knife", on: terminal)
        try await terminal.wait(for: "ready")

        try await place.startPainting()
        let beginning = try #require(try terminal.screen.loss("total"))
        try await terminal.wait(until: "the curves move") {
          try $0.loss("total").map { $0 != beginning } ?? false
        }

        try await place.set(.styleWeight, to: "50")
        try await terminal.wait(for: "•style weight")
        try await terminal.wait(until: "the chart marks the change") { $0.chartAxis.contains("▲") }
        try await place.waitForProgress()

        let last = try #require(try await place.pause().iteration)
        try terminal.press(",", ",", ",")
        let looking = try await terminal.wait(until: "an earlier picture is shown") {
          $0.iterationShown.map { $0 < last } ?? false
        }
        let first = try #require(looking.iterationShown)
        try terminal.press("c")
        try await terminal.wait(until: "the run goes on from \(first)") {
          $0.contains("running") && $0.chartAxis.contains("●")
        }
        try await place.waitForProgress()
        try await place.pause()

        try terminal.press("s")
        try await terminal.wait(for: "harbor-impasto-knife.png")
        try terminal.press("C-u")
        try terminal.type("result.png")
        try terminal.press("Enter")
        try await terminal.wait(for: "saved as")
        try terminal.press("f")
        try await terminal.wait(for: "kept as")
        try terminal.press("q")
        #expect(try await terminal.waitForShell() == 0)

        let saved = try PictureDecoder.decode("\(place.folder)/result.png")
        #expect(max(saved.width, saved.height) == 64)
        let kept = place.favorites
        #expect(kept.count == 1)
        let favorite = "\(place.home)/pictures/\(try #require(kept.first))"
        #expect(try PictureDecoder.decode(favorite) == saved)
        let text = try #require(try PictureDecoder.metadata(of: favorite).recipe)
        let recipe = try RecipeFile.recipe(in: text, named: favorite)
        #expect(recipe.size == 64 && recipe.styleWeight == 50)
        #expect(recipe.content?.hasSuffix("samples/content/harbor.jpg") == true)
        #expect(recipe.styles.map(\.weight) == [1])
        #expect(place.names(in: "home/rescued").isEmpty)
      }
    }

    private func choose(
      _ name: String, with key: String, typing filter: String, on terminal: TmuxTerminal
    ) async throws {
      try terminal.press(key)
      try await terminal.wait(for: name)
      try terminal.type(filter)
      try await terminal.wait(for: "filter: \(filter)")
      try terminal.press("Enter")
    }

    @Test func `the mouse drags a slider, turns the wheel and clicks on the film`() async throws {
      try await Workplace.visit { place in
        let terminal = place.terminal
        try await place.openStudio()
        try await place.startPainting()
        let row = try #require(terminal.screen.place(of: "style weight")).row
        try terminal.sendMouse(0, column: 18, row: row)
        for column in stride(from: 20, through: 60, by: 10) {
          try terminal.sendMouse(32, column: column, row: row)
        }
        try terminal.sendMouse(0, column: 60, row: row, isDown: false)
        try await terminal.wait(until: "the weight is at its end") { $0.styleWeight == 100 }
        try terminal.sendMouse(65, column: 10, row: row)
        try await terminal.wait(until: "the wheel lowers the weight") {
          $0.styleWeight.map { $0 < 100 } ?? false
        }
        try await terminal.wait(until: "the chart marks the change") { $0.chartAxis.contains("▲") }

        try await terminal.wait(until: "the film has frames") { $0.contains("Film ▪▪▪▪▪▪▪▪") }
        try await place.pause()
        let film = try #require(terminal.screen.place(of: "Film"))
        try terminal.click(column: film.column + 5, row: film.row)
        try await terminal.wait(for: "result · iteration 0 ")
        #expect(terminal.screen.contains("Film ◆"))
        try terminal.sendMouse(65, column: film.column + 6, row: film.row)
        try await terminal.wait(for: "▪◆▪")
        try await place.leave()
      }
    }

    @Test func `pictures and themes of the command line are checked before the screen is taken`()
      async throws
    {
      try await Workplace.visit { place in
        let terminal = place.terminal
        try terminal.run("impasto studio photo.png none.jpg")
        #expect(try await terminal.waitForShell() == 66)
        #expect(terminal.screen.contains("impasto: error: none.jpg: no such file"))
        try terminal.run("clear; impasto studio photo.png --theme none")
        #expect(try await terminal.waitForShell() == 64)
        let screen = terminal.screen
        #expect(screen.contains("impasto: error: there is no theme 'none'"))
        #expect(screen.contains("impasto-light"))

        try terminal.run("impasto studio photo.png painting.jpg photo.png --theme impasto-light")
        let studio = try await terminal.wait(for: "ready")
        #expect(studio.contains("style 1  96×64") && studio.contains("style 2  96×64"))
        try terminal.press("q")
        #expect(try await terminal.waitForShell() == 0)
      }
    }
  }
}

extension String {
  /// The lower edge of the chart, where marks are.
  fileprivate var chartAxis: Substring { rows.last { $0.contains("└") } ?? "" }

  /// The iteration of the picture in the preview.
  fileprivate var iterationShown: Int? {
    firstMatch(of: #/result · iteration (\d+)/#).flatMap { Int($0.1) }
  }

  /// What the slider says.
  fileprivate var styleWeight: Double? {
    firstMatch(of: #/•style weight[ ━─●]+([0-9.]+)/#).flatMap { Double($0.1) }
  }
}
