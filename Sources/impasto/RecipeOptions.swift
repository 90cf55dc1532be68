import ArgumentParser
import Favorites
import Foundation
import Pictures
import Recipes

/// The options that make a recipe; what is not given comes from the recipe file or the preset.
struct RecipeOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How to paint: optimize; instant, in one pass; builtin:N[:W],..., in one pass and in styles 0 to "
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

  @Option(
    name: .customLong("mask"),
    help: ArgumentHelp(
      "Where a painting applies: the painting's number, from 1, and a gray picture, white where it does; "
        + "may be given several times. Paintings without one share what the masks leave.",
      valueName: "number=file"))
  var masks: [MaskOption] = []

  @Option(
    help: ArgumentHelp(
      "What of the photograph stays as it is: a gray picture, white where it does.",
      valueName: "file"), completion: .file())
  var protect: String?

  @Option(
    help: ArgumentHelp(
      "Take masks for black and white: what is lighter than x, 0 to 1, is white.", valueName: "x"))
  var maskThreshold: Double?

  @Option(
    help: ArgumentHelp(
      "Whose colors: style, the paintings'; content, the photograph's; covariance or histogram, the "
        + "paintings' made like the photograph's beforehand (default style).",
      valueName: "which"))
  var color: Recipe.Color?

  @Option(
    help: ArgumentHelp(
      "By what texture is compared: gram, covariance, wasserstein or sliced.", valueName: "name"))
  var styleLoss: Recipe.StyleLoss?

  @Option(
    help: ArgumentHelp(
      "From coarse, -1, to fine, 1: how the style's weight is shared among its layers.",
      valueName: "x"))
  var detail: Double?

  @Option(
    help: ArgumentHelp(
      "Where texture is compared, each with its weight if you like: conv1_1:4,conv2_1.",
      valueName: "layer[:weight],..."))
  var styleLayers: LayerList?

  @Option(
    help: ArgumentHelp(
      "Where the photograph's structure is compared: conv4_2.", valueName: "layer,..."))
  var contentLayers: LayerList?

  @Flag(
    inversion: .prefixedNo,
    help: "Whether every loss moves every layer with the same force, weights apart; with adam only."
  )
  var normalizeGradients: Bool?

  @Option(
    help: ArgumentHelp(
      "Iterations that see only the photograph, before texture comes in (default 0).",
      valueName: "n"))
  var contentFirst: Int?

  @Option(help: "The optimizer: adam or lbfgs, which needs fewer iterations.")
  var optimizer: Recipe.Optimizer?

  @Option(
    help: ArgumentHelp(
      "Start at this longer side and grow by √2 up to --size: coarse to fine.", valueName: "px"))
  var firstSize: Int?

  @Option(
    help: ArgumentHelp(
      "How many times the iterations of a size the next smaller one takes (default 1; 0.5 leaves most to "
        + "the largest).",
      valueName: "x"))
  var scaleTaper: Double?

  @Option(
    help: ArgumentHelp(
      "Paint this much around the picture and cut it off in the end, against specks at its edges: a share "
        + "of the longer side, 0 to 0.25.",
      valueName: "share"))
  var margin: Double?

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
    help: ArgumentHelp(
      "Stop after so many seconds; every size gets its share of them.", valueName: "seconds"))
  var stopAfter: Double?

  @Option(
    help: ArgumentHelp(
      "Stop when the total loss falls by less than this share over 50 iterations: 0.001.",
      valueName: "share"))
  var stopWhenFlat: Double?

  @Option(
    help: ArgumentHelp("The network: vgg16, vgg19 or the id of an imported one.", valueName: "id"))
  var model: String?

  @Option(
    help: "How finely the network's numbers are kept: full, or mixed, in half of the memory.")
  var precision: Recipe.Precision?

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
    if let color { result.color = color }
    if let protect { result.protect = protect }
    if let maskThreshold { result.maskThreshold = maskThreshold }
    if let styleLoss { result.styleLoss = styleLoss }
    if let detail { result.detail = detail }
    if let styleLayers {
      result.styleLayers = styleLayers.names
      result.styleLayerWeights = styleLayers.hasWeights ? styleLayers.weights : []
    }
    if let contentLayers {
      guard !contentLayers.hasWeights else {
        throw Failure("content layers have no weights", code: .usage)
      }
      result.contentLayers = contentLayers.names
    }
    if let normalizeGradients { result.normalizesGradients = normalizeGradients }
    if let contentFirst { result.contentFirst = contentFirst }
    if let scaleTaper { result.scaleTaper = scaleTaper }
    if let margin { result.margin = margin }
    if let stopAfter { result.stopAfter = stopAfter }
    if let stopWhenFlat { result.stopWhenFlat = stopWhenFlat }
    if let optimizer { result.optimizer = optimizer }
    if let firstSize { result.firstSize = firstSize }
    if let averaging { result.averaging = averaging }
    if let learningRate { result.adam.learningRate = learningRate }
    if let stopBelow { result.stopBelow = stopBelow }
    if let model { result.model = model }
    if let precision { result.precision = precision }
    return result
  }

  /// Gives the paintings of a recipe the masks that were asked for.
  func applyMasks(to recipe: inout Recipe) throws {
    for mask in masks {
      guard recipe.styles.indices.contains(mask.number - 1) else {
        throw Failure(
          "--mask \(mask): there is no painting \(mask.number)",
          hint: "paintings are counted from 1", code: .usage)
      }
      recipe.styles[mask.number - 1].mask = mask.file
    }
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
extension Recipe.Color: ExpressibleByArgument {}
extension Recipe.Optimizer: ExpressibleByArgument {}
extension Recipe.Precision: ExpressibleByArgument {}
extension Recipe.StyleLoss: ExpressibleByArgument {}
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
