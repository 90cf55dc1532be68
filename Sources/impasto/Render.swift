import ArgumentParser
import Favorites
import Files
import Foundation
import History
import Networks
import Pictures
import Recipes
import Styling
import Tensors

/// `impasto render`: one picture, no studio.
struct Render: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Paint one photograph in the style of one or more paintings.",
    discussion: """
      The picture keeps its shape; --size is its longer side. Several paintings are blended by their \
      weights. Ctrl-C stops and saves what there is. The picture carries its recipe, so that --recipe \
      with the picture repeats it, unless --strip leaves it out; the recipe names the pictures' places. \
      What a crash or Ctrl-C ends, --resume goes on with.

      EXAMPLES
        impasto render photo.jpg painting.jpg -o result.png
        impasto render photo.jpg monet.jpg:2 klee.jpg -o result.png --iterations 300
        impasto render --recipe recipe.yaml -o result.webp --quiet
        impasto render --recipe result.png -o larger.png --size 1024
        impasto render --resume
        impasto render photo.jpg painting.jpg -o result.png --method instant --strength 0.7
        impasto render photo.jpg -o result.png --method builtin:3:0.5,12:0.5
        impasto render photo.jpg sky.jpg sea.jpg -o result.png --mask 1=sky-mask.png
        impasto render photo.jpg painting.jpg -o result.png --protect face-mask.png --color content
      """)

  @Argument(help: "The photograph.", completion: .file())
  var content: String?

  @Argument(
    help: ArgumentHelp(
      "The paintings, each with its weight if you like.", valueName: "style[:weight]"),
    completion: .file())
  var styles: [String] = []

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The result: a .png, .jpg or .webp file.", valueName: "file"),
    completion: .file(extensions: ["png", "jpg", "webp"]))
  var output: String?

  @OptionGroup var options: RecipeOptions

  @Option(help: ArgumentHelp("How many threads compute (default: one a core).", valueName: "n"))
  var threads: Int?

  @Option(
    defaultAsFlag: "",
    help: ArgumentHelp(
      "Go on with a run that was interrupted: the latest, or the one of this name.",
      valueName: "run"))
  var resume: String?

  @Option(
    help: ArgumentHelp(
      "How often to save what --resume needs (default 10).", valueName: "seconds"))
  var checkpointEvery: Double?

  @Flag(help: "Show the result in the terminal.")
  var show = false

  @Option(
    help: ArgumentHelp(
      "Write the loss curves: a .png or .svg file to look at, or a .csv file.", valueName: "file"),
    completion: .file(extensions: ["png", "svg", "csv"]))
  var chart: String?

  @Flag(help: "Leave the recipe out of the picture.")
  var strip = false

  @Flag(
    inversion: .prefixedNo,
    help: "Whether 'impasto history' remembers the run; --strip leaves it out too.")
  var history = true

  @Flag(help: "Print JSON Lines: an object for each iteration and one for the result.")
  var json = false

  @Flag(name: .shortAndLong, help: "Print nothing but errors.")
  var quiet = false

  func run() throws {
    let configuration = Configuration.loadWarning()
    let recovery = try RunRecovery(
      resuming: resume, in: RunHistory(RunFolder(path: Folders().runs)),
      budget: configuration.historySize, isRemembered: history && !strip)
    do { try run(recovery, configuration) } catch {
      recovery.abandon()
      throw error
    }
  }

  private func run(_ recovery: RunRecovery, _ configuration: Configuration) throws {
    let recipe = try completeRecipe(basis: recovery.resumed?.recipe, configuration)
    let output = try writableOutput(recovery)
    if json, show {
      throw Failure("--show and --json exclude each other", code: .usage)
    }
    let printer = show ? try TerminalPrinter(configuration.graphics) : nil
    let curves = try chart.map(LossCurves.init)
    let threads = try validThreads(threads, configuration)
    let progress = ProgressLine(quiet: quiet)
    let sources = try RecipePictures(of: recipe) { path throws(PictureError) in
      try PictureDecoder.decode(path)
    }
    let record = FavoriteRecord(sources: hashedSources(of: recipe, recovery))
    try requireRoom(for: recipe, record, in: output)
    if recipe.isInstant {
      let result = try InstantRender(
        recipe: recipe, sources: sources, threads: threads, progress: progress
      ).run()
      let metadata = strip ? PictureMetadata() : try PictureMetadata(recipe: recipe, record: record)
      try save(result.picture, to: output, metadata: metadata)
      recovery.remember(result, of: recipe, output: output, record: record)
      try InstantRender.report(result, output: output, json: json, quiet: quiet)
      try printer?.print(result.picture)
      return
    }
    let library = ModelLibrary(progress: progress)
    let network = try library.network(recipe.model, precision: recipe.precision)
    let stylist =
      recipe.needsStylizer && recovery.resumed == nil
      ? try library.stylist(recipe.stylizerModel) : nil
    let transfer = StyleTransfer(
      try StylingJob(
        content: sources.content, styles: sources.styles, protection: sources.protection,
        recipe: recipe, network: network, threads: threads, beginning: recovery.beginning,
        stylist: stylist))

    let recorder = recovery.recorder(
      recipe, output: output, record: record,
      every: max(0, checkpointEvery ?? configuration.checkpointEvery))
    let interruption = Interruption { transfer.steering.stop() }
    let reporter = RenderReporter(
      json: json, progress: progress, steering: transfer.steering, before: recovery.before)
    let outcome: Outcome
    do {
      outcome = try transfer.runToEnd { iterate in
        recorder?.offer(iterate) { iterate.picture }
        reporter.report(iterate)
        curves?.take(iterate)
      }
    } catch {
      recorder?.fail("\(error)")
      throw error
    }
    progress.clear()
    let divergence = StylingError.diverged(iteration: outcome.iterations)
    if outcome.reason == .diverged, outcome.iterations == 0 {
      recorder?.discard()
      throw divergence
    }
    if let code = interruption.exitCode, outcome.iterations == 0 {
      recorder?.discard()
      Failure("interrupted before the first iteration; nothing to save", code: .interrupted)
        .report()
      throw ExitCode(code)
    }
    if outcome.reason == .stopped { recovery.end(recorder, outcome) }
    // What was painted up to here is what its recipe has to repeat.
    var repeatable = recipe
    if outcome.reason == .stopped { repeatable.iterations = outcome.iterations }
    let metadata =
      strip ? PictureMetadata() : try PictureMetadata(recipe: repeatable, record: record)
    do { try save(outcome.picture, to: output, metadata: metadata) } catch {
      recovery.end(recorder, outcome, isLost: true)
      throw error
    }
    if outcome.reason != .stopped { recovery.end(recorder, outcome) }
    try reporter.finish(outcome, output: output, quiet: quiet)
    try curves?.write()
    try printer?.print(outcome.picture)
    if outcome.reason == .diverged { throw divergence }
    if let code = interruption.exitCode {
      if !quiet, let recorder, recorder.failure == nil {
        FileHandle.standardError.write(Data("'impasto render --resume' goes on\n".utf8))
      }
      throw ExitCode(code)
    }
  }

  private func completeRecipe(
    basis: Recipe?, _ configuration: Configuration
  ) throws -> Recipe {
    var recipe = try options.resolved(basis: basis, standard: configuration.recipe)
    if let content { recipe.content = content }
    if !styles.isEmpty { recipe.styles = styles.map(Recipe.Style.init(argument:)) }
    try options.applyMasks(to: &recipe)
    let hint = "impasto render PHOTO PAINTING -o result.png"
    if recipe.content == nil {
      throw Failure("no photograph was given", hint: hint, code: .usage)
    }
    if !recipe.needsPaintings {
      guard styles.isEmpty else {
        throw Failure("\(recipe.method) needs no painting", code: .usage)
      }
      recipe.styles = []
    } else if recipe.styles.isEmpty {
      throw Failure("no painting was given", hint: hint, code: .usage)
    }
    try recipe.validate()
    return recipe.withAbsolutePaths()
  }

  /// Where the result goes; finds out before the work, not after it, that it cannot go there.
  private func writableOutput(_ recovery: RunRecovery) throws -> String {
    guard let output = output ?? recovery.output else {
      throw Failure("no place for the result was given", hint: "-o result.png", code: .usage)
    }
    guard PictureFormat(path: output) != nil else {
      throw Failure(
        "the name does not say which kind of picture it is", of: output,
        hint: "end it in .png, .jpg or .webp", code: .usage)
    }
    try AtomicFile.requireWritable(output)
    return output
  }

  /// The pictures of a recipe with their hashes; those of a resumed run as they were when it began.
  private func hashedSources(of recipe: Recipe, _ recovery: RunRecovery) -> [Favorite.Source] {
    let sources = Favorite.Source.all(of: recipe)
    guard let before = recovery.sources else { return sources }
    Warning.ofChanges(
      to: before.filter { old in sources.contains { $0.path == old.path } },
      since: "the run began")
    return sources
  }

  /// Finds out before the work that the recipe is too long for the picture's format.
  private func requireRoom(
    for recipe: Recipe, _ record: FavoriteRecord, in output: String
  ) throws {
    guard !strip, let format = PictureFormat(path: output) else { return }
    do {
      try PictureMetadata(recipe: recipe, record: record)
        .requireRoom(in: format, named: output)
    } catch let error as PictureError {
      var failure = Failure(error)
      failure.hint = "--strip leaves the recipe out"
      throw failure
    }
  }

  /// Saves the result; if its place has become impossible meanwhile, somewhere else.
  private func save(_ picture: Picture, to output: String, metadata: PictureMetadata) throws {
    do {
      try PictureEncoder.write(picture, to: output, metadata: metadata)
    } catch {
      var failure = Failure(error)
      let folder = "\(Folders().state)/rescued"
      let refuge = "\(folder)/\((output as NSString).lastPathComponent)"
      try? FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
      if (try? PictureEncoder.write(picture, to: refuge, metadata: metadata)) != nil {
        failure.hint = "the picture was saved as \(refuge) instead"
      }
      throw failure
    }
  }
}

/// The number of threads asked for, else the one configured, else one for each core.
func validThreads(
  _ threads: Int?, _ configuration: Configuration = .loadWarning()
) throws -> Int {
  guard let threads else { return configuration.threads ?? Workers.coreCount }
  guard (1...256).contains(threads) else {
    throw Failure("--threads is \(threads); it must be 1 to 256", code: .usage)
  }
  return threads
}
