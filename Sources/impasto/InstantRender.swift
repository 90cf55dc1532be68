import ArgumentParser
import Dispatch
import Favorites
import Foundation
import Networks
import Pictures
import Recipes
import Styling
import Studio
import Tensors

/// A render in one pass: no iterations, nothing to resume.
struct InstantRender {
  let recipe: Recipe
  let sources: RecipePictures
  let threads: Int
  let progress: ProgressLine

  /// Ends the work between two layers.
  private struct Interrupted: Error {}

  private struct FinishedEvent: Encodable {
    let event = "finished"
    let output: String
    let width: Int
    let height: Int
    let iterations = 0
    let seconds: Double
    let peakMemoryBytes: Int
  }

  /// What came of it.
  struct Result {
    let picture: Picture
    let seconds: Double
  }

  /// Paints; a signal ends it, with nothing to keep.
  func run() throws -> Result {
    let stylist = try ModelLibrary(progress: progress).stylist(recipe.stylizerModel)
    let look = InstantLook(recipe, paintings: sources.styles, protection: sources.protection)
    try StylingJob.requireFit(
      of: sources.styles, sources.protection, over: sources.content)
    guard stylist.canPaint(look) else {
      throw Failure(
        "is a network of another kind", of: recipe.stylizerModel,
        hint: "'impasto models remove \(recipe.stylizerModel)' and install it again", code: .badData
      )
    }
    let interruption = Interruption {}
    progress.show("painting")
    defer { progress.clear() }
    let start = ContinuousClock.now
    do {
      let picture = try stylist.stylize(
        sources.content, longerSide: recipe.size, as: look, on: Workers(threads: threads)
      ) { () throws(Interrupted) in
        if interruption.exitCode != nil { throw Interrupted() }
      }
      return Result(picture: picture, seconds: start.duration(to: .now) / .seconds(1))
    } catch is Interrupted {
      progress.clear()
      Failure("interrupted; nothing was saved", code: .interrupted).report()
      throw ExitCode(interruption.exitCode ?? Failure.Code.interrupted.rawValue)
    }
  }

  /// Tells of the result.
  static func report(_ result: Result, output: String, json: Bool, quiet: Bool) throws {
    let (width, height) = (result.picture.width, result.picture.height)
    if json {
      try JSONLine.print(
        FinishedEvent(
          output: output, width: width, height: height, seconds: result.seconds,
          peakMemoryBytes: peakMemoryBytes()))
    } else if !quiet {
      print(
        "\(output.printable): \(width)×\(height) in \(Format.significant(result.seconds, 3)) s")
    }
  }
}
