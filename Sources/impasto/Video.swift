import ArgumentParser
import Files
import Films
import Foundation
import Pictures
import Recipes
import Styling

/// `impasto video`: a film, frame by frame along its motion.
struct Video: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Paint a film in the style of one or more paintings.",
    discussion: """
      Frames are read by ffmpeg from whatever it reads, and painted one after the other; the sound stays. \
      What the frame before became is moved along with the motion and holds the next one, so that nothing \
      flickers; a cut begins anew. --method instant (the default here), builtin:N and model:NAME paint in \
      one pass, --method optimize in many iterations, a few minutes a frame at large sizes.

      Painted frames are kept every few seconds: after Ctrl-C or a crash the same command goes on.

      EXAMPLES
        impasto video film.mp4 painting.jpg -o painted.mp4
        impasto video film.mp4 painting.jpg -o painted.mp4 --size 512 --steadiness 0.8
        impasto video film.mkv -o painted.mkv --method builtin:19
        impasto video film.mp4 painting.jpg -o try.mp4 --frames 100-149
        impasto video film.mp4 painting.jpg -o painted.mp4 --method optimize --iterations 200 \
      --later-iterations 60
      """)

  @Argument(help: "The film.", completion: .file())
  var film: String

  @Argument(
    help: ArgumentHelp(
      "The paintings, each with its weight if you like.", valueName: "style[:weight]"),
    completion: .file())
  var styles: [String] = []

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The result: an .mp4, .mkv, .mov or .webm file.", valueName: "file"),
    completion: .file(extensions: FilmOutput.extensions))
  var output: String

  @Option(
    help: ArgumentHelp(
      "Which frames to paint, from 0: 100-149; sound is cut to them.", valueName: "first-last"))
  var frames: FrameRange?

  @Option(
    help: ArgumentHelp(
      "The share of the frame before in what is painted in one pass, 0 to 0.95 (default 0.85).",
      valueName: "x"))
  var steadiness = 0.85

  @Option(
    help: ArgumentHelp(
      "Weight of likeness to the frame before, with --method optimize (default 30).",
      valueName: "x"))
  var temporalWeight = 30.0

  @Option(
    help: ArgumentHelp(
      "How many steps frames take that have one before them, with --method optimize (default: a quarter "
        + "of --iterations).", valueName: "n"))
  var laterIterations: Int?

  @OptionGroup var options: RecipeOptions

  @Option(help: ArgumentHelp("How many threads compute (default: one a core).", valueName: "n"))
  var threads: Int?

  @Flag(help: "Print JSON Lines: an object for each shot and frame and one for the result.")
  var json = false

  @Flag(name: .shortAndLong, help: "Print nothing but errors.")
  var quiet = false

  func run() throws {
    let configuration = Configuration.loadWarning()
    let recipe = try completeRecipe(configuration)
    let threads = try validThreads(threads, configuration)
    let progress = ProgressLine(quiet: quiet)
    let ffmpeg = try FFmpeg()
    let output = try FilmOutput(path: output)
    let film = try FilmFormat(probing: film, with: ffmpeg)
    if film.isVariable, !quiet {
      Warning.show(
        "\(film.path): its frames come at irregular times; they are put at the nearest multiples of "
          + "1/\(film.rate.perSecond.formatted()) s")
    }
    let pictures = try paintings(of: recipe)
    let job = try FilmJob(
      film: film, frames: frames?.frames, recipe: recipe, styles: pictures.styles,
      protection: pictures.protection, method: try method(of: recipe, progress),
      threads: threads)
    let run = FilmRun(job, to: output, keepingFramesIn: Folders().films, with: ffmpeg)
    let interruption = Interruption { run.stop() }
    let reporter = FilmReporter(film: film, json: json, progress: progress) { run.stop() }
    do {
      let outcome = try run.run(onEvent: reporter.report)
      progress.clear()
      try reporter.finish(outcome, output: output.path, quiet: quiet)
    } catch is FilmRun.Stopped {
      progress.clear()
      if !quiet {
        FileHandle.standardError.write(
          Data("\(reporter.painted) frames are painted; the same command goes on\n".utf8))
      }
      throw ExitCode(interruption.exitCode ?? Failure.Code.interrupted.rawValue)
    } catch {
      progress.clear()
      throw error
    }
  }

  private func completeRecipe(_ configuration: Configuration) throws -> Recipe {
    guard (0...0.95).contains(steadiness) else {
      throw Failure("--steadiness is \(steadiness); it must be 0 to 0.95", code: .usage)
    }
    guard temporalWeight.isFinite, temporalWeight >= 0 else {
      throw Failure("--temporal-weight is \(temporalWeight); it must be 0 or more", code: .usage)
    }
    if let laterIterations, laterIterations < 0 {
      throw Failure(
        "--later-iterations is \(laterIterations); it must be 0 or more", code: .usage)
    }
    var recipe = try options.resolved(standard: configuration.recipe)
    if options.method == nil, options.recipe == nil, options.preset == nil {
      recipe.method = .instant
    }
    recipe.content = film
    if !styles.isEmpty { recipe.styles = styles.map(Recipe.Style.init(argument:)) }
    try options.applyMasks(to: &recipe)
    if !recipe.needsPaintings {
      guard styles.isEmpty else {
        throw Failure("\(recipe.method) needs no painting", code: .usage)
      }
      recipe.styles = []
    } else if recipe.styles.isEmpty {
      throw Failure(
        "no painting was given", hint: "impasto video FILM PAINTING -o painted.mp4", code: .usage)
    }
    try recipe.validate()
    return recipe.withAbsolutePaths()
  }

  /// The pictures that the recipe names but for the film.
  private func paintings(of recipe: Recipe) throws -> RecipePictures {
    try RecipePictures(of: recipe) { path throws(PictureError) in
      // The film is no picture; nobody looks at what stands for it.
      path == recipe.content
        ? Picture(width: 1, height: 1, rgb: [0, 0, 0]) : try PictureDecoder.decode(path)
    }
  }

  private func method(of recipe: Recipe, _ progress: ProgressLine) throws -> FilmJob.Method {
    let library = ModelLibrary(progress: progress)
    guard recipe.isInstant else {
      return .optimize(
        try library.network(recipe.model, precision: recipe.precision),
        stylist: recipe.needsStylizer ? try library.stylist(recipe.stylizerModel) : nil,
        temporalWeight: temporalWeight,
        laterIterations: laterIterations ?? max(1, recipe.iterations / 4))
    }
    return .instant(try library.stylist(recipe.stylizerModel), steadiness: steadiness)
  }
}

/// Frames as they are named on the command line: `100-149`.
struct FrameRange: ExpressibleByArgument {
  let frames: Range<Int>

  init?(argument: String) {
    let ends = argument.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    guard ends.count == 2, let first = ends[0], let last = ends[1], first >= 0, last >= first,
      last < Int.max
    else { return nil }
    frames = first..<last + 1
  }
}
