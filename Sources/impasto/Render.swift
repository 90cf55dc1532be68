import ArgumentParser
import Dispatch
import Files
import Foundation
import Networks
import Pictures
import Recipes
import Styling
import Synchronization
import Tensors

/// `impasto render`: one picture, no studio.
struct Render: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Paint one photograph in the style of one or more paintings.",
    discussion: """
      The picture keeps its shape; --size is its longer side. Several paintings are blended by their \
      weights. Ctrl-C stops and saves what there is.

      EXAMPLES
        impasto render photo.jpg painting.jpg -o result.png
        impasto render photo.jpg monet.jpg:2 klee.jpg -o result.png --iterations 300
        impasto render --recipe recipe.yaml -o result.webp --quiet
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
  var output: String

  @OptionGroup var options: RecipeOptions

  @Option(help: ArgumentHelp("How many threads compute (default: one a core).", valueName: "n"))
  var threads: Int?

  @Flag(help: "Print JSON Lines: an object for each iteration and one for the result.")
  var json = false

  @Flag(name: .shortAndLong, help: "Print nothing but errors.")
  var quiet = false

  mutating func run() throws {
    let recipe = try completeRecipe()
    try requireWritableOutput()
    let threads = try validThreads(threads)
    let progress = ProgressLine(quiet: quiet)
    let (content, styles) = try pictures(of: recipe)
    let network = try ModelLibrary(progress: progress).network(recipe.model)
    let transfer = StyleTransfer(
      try StylingJob(
        content: content, styles: styles, recipe: recipe, network: network, threads: threads))

    let interruption = Interruption { transfer.steering.stop() }
    let reporter = RenderReporter(json: json, progress: progress, steering: transfer.steering)
    let outcome = try transfer.runToEnd(onIterate: reporter.report)
    progress.clear()
    if let code = interruption.exitCode, outcome.iterations == 0 {
      Failure("interrupted before the first iteration; nothing to save", code: .interrupted)
        .report()
      throw ExitCode(code)
    }
    try save(outcome.picture)
    try reporter.finish(outcome, output: output, quiet: quiet)
    if let code = interruption.exitCode { throw ExitCode(code) }
  }

  private func completeRecipe() throws -> Recipe {
    var recipe = try options.resolved()
    if let content { recipe.content = content }
    if !styles.isEmpty { recipe.styles = styles.map(Recipe.Style.init(argument:)) }
    let hint = "impasto render PHOTO PAINTING -o result.png"
    if recipe.content == nil {
      throw Failure("no photograph was given", hint: hint, code: .usage)
    }
    if recipe.styles.isEmpty {
      throw Failure("no painting was given", hint: hint, code: .usage)
    }
    try recipe.validate()
    return recipe
  }

  /// Finds out before the work, not after it, that the result has nowhere to go.
  private func requireWritableOutput() throws {
    guard PictureFormat(path: output) != nil else {
      throw Failure(
        "the name does not say which kind of picture it is", of: output,
        hint: "end it in .png, .jpg or .webp", code: .usage)
    }
    try AtomicFile.requireWritable(output)
  }

  private func pictures(of recipe: Recipe) throws -> (Picture, [StylingJob.Style]) {
    let content = try PictureDecoder.decode(recipe.content ?? "")
    let styles = try recipe.styles.map {
      StylingJob.Style(picture: try PictureDecoder.decode($0.picture), weight: $0.weight)
    }
    return (content, styles)
  }

  /// Saves the result; if its place has become impossible meanwhile, somewhere else.
  private func save(_ picture: Picture) throws {
    do {
      try PictureEncoder.write(picture, to: output)
    } catch {
      var failure = Failure(error)
      let folder = "\(Folders().state)/rescued"
      let refuge = "\(folder)/\((output as NSString).lastPathComponent)"
      try? FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
      if (try? PictureEncoder.write(picture, to: refuge)) != nil {
        failure.hint = "the picture was saved as \(refuge) instead"
      }
      throw failure
    }
  }
}

/// The number of threads asked for, or one for each core.
func validThreads(_ threads: Int?) throws -> Int {
  guard let threads else { return Workers.coreCount }
  guard (1...256).contains(threads) else {
    throw Failure("--threads is \(threads); it must be 1 to 256", code: .usage)
  }
  return threads
}

extension StyleTransfer {
  /// Runs and waits for the end; signals are handled meanwhile.
  func runToEnd(onIterate: @escaping @Sendable (Iterate) -> Void) throws -> Outcome {
    let result = Mutex<Result<Outcome, any Error>?>(nil)
    let ended = DispatchSemaphore(value: 0)
    start(onIterate: onIterate) { outcome in
      result.withLock { $0 = outcome }
      ended.signal()
    }
    ended.wait()
    guard let outcome = result.withLock({ $0 }) else { preconditionFailure("no outcome") }
    return try outcome.get()
  }
}
