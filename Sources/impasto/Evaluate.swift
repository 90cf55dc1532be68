import ArgumentParser
import Checkpoints
import Foundation
import Networks
import Pictures
import Recipes
import Studio
import Styling
import Tensors

/// `impasto evaluate`: how much of a photograph and of paintings is in a picture.
struct Evaluate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measure how much of the photograph and of the paintings is in a picture.",
    discussion: """
      psnr        peak signal-to-noise ratio to the photograph, over R, G and B, in decibels
      ssim        structural similarity of luminances: Gaussian windows, σ 1.5, 11×11 pixels
      perceptual  distance of the network's features, in the form of LPIPS but unweighted: the mean over \
      the last layer of each block; 0 for the photograph itself, 2 at most
      lpips       LPIPS 0.1, where its heads are installed and --model is torchvision's VGG-16
      gram        distance of Gram matrices to the paintings', Σ(G-A)²/ΣA², for each style layer

      The photograph is scaled to the picture's size, and the paintings to the same longer side times \
      --style-scale. The network sees them at --size at most.

      EXAMPLES
        impasto evaluate result.png --content photo.jpg --style painting.jpg
        impasto evaluate result.png --content photo.jpg --style monet.jpg:2 --style klee.jpg --json
      """)

  @Argument(help: "The picture.", completion: .file())
  var result: String

  @Option(help: "The photograph.", completion: .file())
  var content: String

  @Option(
    name: .customLong("style"),
    help: ArgumentHelp(
      "A painting, with its weight if you like; may be given several times.",
      valueName: "style[:weight]"), completion: .file())
  var styles: [String] = []

  @Option(
    help: ArgumentHelp("Size of the paintings as a multiple of the picture's.", valueName: "x"))
  var styleScale = 1.0

  @Option(help: ArgumentHelp("The longest side that the network looks at.", valueName: "px"))
  var size = Evaluator.standardSide

  @Option(
    help: ArgumentHelp("The network: vgg16, vgg19 or the id of an imported one.", valueName: "id"))
  var model = "vgg16"

  @Option(help: ArgumentHelp("How many threads compute (default: one a core).", valueName: "n"))
  var threads: Int?

  @Flag(help: "Print one JSON object.")
  var json = false

  private struct Report: Encodable {
    let result: String
    let content: String
    let styles: [String]
    let width: Int
    let height: Int
    let model: String
    let size: Int
    let psnr: Double
    let ssim: Double
    let perceptual: Double
    let lpips: Double?
    let gram: Double?
    let gramByLayer: [String: Double]
  }

  func run() throws {
    var recipe = Recipe()
    recipe.styles = styles.map(Recipe.Style.init(argument:))
    recipe.styleScale = styleScale
    recipe.size = size
    try recipe.validate()
    let workers = Workers(threads: try validThreads(threads))
    let picture = try PictureDecoder.decode(result)
    let subject = Evaluator.Subject(
      picture, of: try PictureDecoder.decode(content),
      styles: try recipe.styles.map {
        StylingJob.Style(picture: try PictureDecoder.decode($0.picture), weight: $0.weight)
      }, styleScale: styleScale)
    let library = ModelLibrary(progress: ProgressLine(quiet: json))
    let heads =
      library.store.isInstalled(PerceptualHeadsCheckpoint.id)
      ? try PerceptualHeadsCheckpoint(from: library.store.open(PerceptualHeadsCheckpoint.id)) : nil
    let evaluation = try Evaluator(
      try library.network(model), styleLayers: recipe.styleLayers, heads: heads
    ).evaluation(of: subject, longerSide: size, on: workers)
    if json {
      try JSONLine.print(report(evaluation, of: picture))
    } else {
      Self.print(evaluation)
    }
  }

  private func report(_ evaluation: Evaluation, of picture: Picture) -> Report {
    Report(
      result: result, content: content, styles: styles, width: picture.width,
      height: picture.height, model: model, size: min(size, max(picture.width, picture.height)),
      psnr: evaluation.signalToNoise, ssim: evaluation.structuralSimilarity,
      perceptual: evaluation.perceptualDistance, lpips: evaluation.lpips,
      gram: evaluation.gramDistance,
      gramByLayer: Dictionary(
        uniqueKeysWithValues: evaluation.gramDistances.map { ("\($0.key)", $0.value) }))
  }

  private static func print(_ evaluation: Evaluation) {
    func line(_ name: String, _ value: Double, _ unit: String = "") {
      Swift.print(name.padded(to: 12) + Format.significant(value) + unit)
    }
    line("psnr", evaluation.signalToNoise, " dB")
    line("ssim", evaluation.structuralSimilarity)
    line("perceptual", evaluation.perceptualDistance)
    if let lpips = evaluation.lpips { line("lpips", lpips) }
    if let gram = evaluation.gramDistance { line("gram", gram) }
    for (layer, distance) in evaluation.gramDistances.sorted(by: { $0.key < $1.key }) {
      line("  \(layer)", distance)
    }
  }
}
