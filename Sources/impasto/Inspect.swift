import ArgumentParser
import Checkpoints
import Files
import Foundation
import Networks
import Pictures
import Recipes
import Styling
import Tensors

/// `impasto inspect`: what the engine sees.
struct Inspect: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Look into the engine.", subcommands: [InspectFeatures.self])
}

/// `impasto inspect features`: a layer's activations in a file.
struct InspectFeatures: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "features",
    abstract: "Write what a layer sees in a picture to a safetensors file.",
    discussion: """
      The tensor bears the layer's name; its axes are height, width and channels.

      EXAMPLES
        impasto inspect features photo.jpg --layer conv4_2 --size 256 -o features.safetensors
      """)

  @Argument(help: "The picture.", completion: .file())
  var picture: String

  @Option(help: ArgumentHelp("A convolution, such as conv4_2.", valueName: "name"))
  var layer: String

  @Option(help: ArgumentHelp("The longer side of the picture, in pixels.", valueName: "px"))
  var size = 512

  @Option(help: ArgumentHelp("The network.", valueName: "id"))
  var model = "vgg16"

  @Option(help: ArgumentHelp("How many threads compute (default: one a core).", valueName: "n"))
  var threads: Int?

  @Option(name: .shortAndLong, help: ArgumentHelp("The file to write.", valueName: "file"))
  var output: String

  func run() throws {
    var recipe = Recipe()
    recipe.size = size
    try recipe.validate()
    let workers = Workers(threads: try validThreads(threads))
    let picture = try PictureDecoder.decode(picture).resized(longerSide: size, on: workers)
    let network = try ModelLibrary(progress: ProgressLine()).network(model)
    guard let name = LayerName(layer), network.contains(name) else {
      throw StylingError.unknownLayer(layer, model: model)
    }
    try StylingJob.requireRoom(for: name, in: picture, longerSide: size, what: "picture")
    let extractor = FeatureExtractor(
      of: [name], through: network, height: picture.height, width: picture.width, on: workers)
    let features = extractor.features(of: Tensor(picture))[name]
    try SafetensorsFile.write(
      [(layer, features)], metadata: ["model": model, "layout": "NHWC without N"], to: output)
    print("\(output.printable): \(layer), \(features.shape)")
  }
}
