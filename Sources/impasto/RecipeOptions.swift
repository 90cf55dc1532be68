import ArgumentParser
import Favorites
import Foundation
import Pictures
import Recipes

/// The options that make a recipe; what is not given comes from the recipe file or the preset.
struct RecipeOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How to paint: optimize; instant, in one pass; builtin:N[:W],…, in one pass and in styles 0 to "
        + "25 of a network's own; or model:NAME, with a network that you imported (default: optimize).",
      valueName: "method"))
  var method: Recipe.Method?

  @Option(
    help: ArgumentHelp("How far an instant stylization goes, 0 to 1 (default 1).", valueName: "x"))
  var strength: Double?

  @Option(
    help: "How an instant stylization grows: nearest, or bilinear, against checkerboards.")
  var upsampling: Recipe.Upsampling?

  @Flag(
    inversion: .prefixedNo,
    help: "Whether a median filter takes speckles out of an instant stylization.")
  var median: Bool?

  @Flag(
    inversion: .prefixedNo,
    help: "Whether an instant stylization too large for memory is measured in many passes.")
  var exact: Bool?

  @Option(
    help: ArgumentHelp(
      "Where to start from: \(Preset.all.map(\.name).joined(separator: ", ")).",
      valueName: "name"))
  var preset: String?

  @Option(
    help: ArgumentHelp(
      "A recipe in YAML, or a picture that carries one; its pictures are used unless given.",
      valueName: "file"),
    completion: .file())
  var recipe: String?

  @Option(
    help: ArgumentHelp("The longer side of the result, in pixels (default 512).", valueName: "px"))
  var size: Int?

  @Option(help: ArgumentHelp("How many steps to take (default 200).", valueName: "n"))
  var iterations: Int?

  @Option(help: "Where to start: content, noise or instant.")
  var start: Recipe.Start?

  @Option(help: ArgumentHelp("Decides the noise.", valueName: "n"))
  var seed: UInt64?

  @Option(help: ArgumentHelp("Weight of the photograph's structure, 1e-4 to 1e-2.", valueName: "x"))
  var contentWeight: Double?

  @Option(help: ArgumentHelp("Weight of the paintings' texture, 1 to 100.", valueName: "x"))
  var styleWeight: Double?

  @Option(help: ArgumentHelp("Weight of smoothness (total variation).", valueName: "x"))
  var tvWeight: Double?

  @Option(
    help: ArgumentHelp("Size of the style pictures as a multiple of --size.", valueName: "x"))
  var styleScale: Double?

  @Option(help: "The optimizer: adam or lbfgs, which needs fewer iterations.")
  var optimizer: Recipe.Optimizer?

  @Option(
    help: ArgumentHelp(
      "Start at this longer side and grow by √2 up to --size: coarse to fine.", valueName: "px"))
  var firstSize: Int?

  @Option(
    help: ArgumentHelp(
      "Show and save the mean of the last pictures: 0 does not, 0.95 is calm.", valueName: "x"))
  var averaging: Double?

  @Option(
    help: ArgumentHelp("The optimizer's step, in units of the picture's range.", valueName: "x"))
  var learningRate: Double?

  @Option(help: ArgumentHelp("Stop as soon as the total loss is below this.", valueName: "total"))
  var stopBelow: Double?

  @Option(
    help: ArgumentHelp("The network: vgg16, vgg19 or the id of an imported one.", valueName: "id"))
  var model: String?

  /// The recipe these options ask for, not validated and without pictures of its own.
  ///
  /// - Parameters:
  ///   - basis: what they depart from, when neither a recipe nor a preset may be given.
  ///   - standard: what they depart from when nothing else is given.
  func resolved(basis: Recipe? = nil, standard: Recipe = Recipe()) throws -> Recipe {
    if basis != nil, preset != nil || recipe != nil {
      throw Failure("a run that is resumed has its recipe", code: .usage)
    }
    if preset != nil, recipe != nil {
      throw Failure(
        "--preset and --recipe exclude each other", hint: "a recipe file may name a preset",
        code: .usage)
    }
    var result =
      if let basis { basis } else if let recipe { try Self.read(recipe) } else if let preset {
        try Preset.named(preset).recipe
      } else { standard }
    if let method { result.method = method }
    if let strength { result.strength = strength }
    if let upsampling { result.upsampling = upsampling }
    if let median { result.median = median }
    if let exact { result.exact = exact }
    if let size { result.size = size }
    if let iterations { result.iterations = iterations }
    if let start { result.start = start }
    if let seed { result.seed = seed }
    if let contentWeight { result.contentWeight = contentWeight }
    if let styleWeight { result.styleWeight = styleWeight }
    if let tvWeight { result.tvWeight = tvWeight }
    if let styleScale { result.styleScale = styleScale }
    if let optimizer { result.optimizer = optimizer }
    if let firstSize { result.firstSize = firstSize }
    if let averaging { result.averaging = averaging }
    if let learningRate { result.adam.learningRate = learningRate }
    if let stopBelow { result.stopBelow = stopBelow }
    if let model { result.model = model }
    return result
  }

  /// Reads a recipe file, or the recipe that a picture carries.
  private static func read(_ path: String) throws -> Recipe {
    guard PictureFormat(path: path) != nil else { return try RecipeFile.read(path) }
    let carried = try CarriedRecipe(picture: path)
    Warning.ofChanges(to: carried.sources, since: "the picture was made")
    return carried.recipe
  }
}

extension Recipe.Start: ExpressibleByArgument {}
extension Recipe.Optimizer: ExpressibleByArgument {}
extension Recipe.Method: ExpressibleByArgument {}
extension Recipe.Upsampling: ExpressibleByArgument {}

extension Recipe.Style {
  /// Reads `PATH` or `PATH:WEIGHT`; a file that bears the whole name wins.
  init(argument: String) {
    if let colon = argument.lastIndex(of: ":"),
      let weight = Double(argument[argument.index(after: colon)...]),
      colon != argument.startIndex, !FileManager.default.fileExists(atPath: argument)
    {
      self.init(picture: String(argument[..<colon]), weight: weight)
    } else {
      self.init(picture: argument)
    }
  }
}
