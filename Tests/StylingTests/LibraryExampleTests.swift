import Checkpoints
import Foundation
import Networks
import Pictures
import Recipes
import Styling
import TestSupport
import Tensors
import Testing

func paint(_ photograph: String, like painting: String, to result: String, model: String) throws {
  let network = try VGG(checkpoint: SafetensorsFile(path: model, mapped: true))
  var recipe = Recipe()
  recipe.size = 256
  recipe.iterations = 100
  let job = try StylingJob(
    content: PictureDecoder.decode(photograph),
    styles: [.init(picture: PictureDecoder.decode(painting), weight: 1)],
    recipe: recipe, network: network)
  let outcome = try StyleTransfer(job).run { print($0.iteration, $0.losses.total) }
  try PictureEncoder.write(outcome.picture, to: result)
}

/// The example of the README: the function above, by public names alone.
@Suite struct LibraryExampleTests {
  @Test func `the example paints`() throws {
    try withTemporaryFolder { folder in
      var random = SeededRandom(seed: 4)
      for name in ["photo.png", "painting.png"] {
        let image = random.uniform([24, 36, 3], in: 0...1)
        try PictureEncoder.write(Picture(image), to: "\(folder)/\(name)")
      }
      try paint(
        "\(folder)/photo.png", like: "\(folder)/painting.png", to: "\(folder)/result.png",
        model: Golden.thin().file.path)
      #expect(try PictureDecoder.decode("\(folder)/result.png").width == 256)
    }
  }

  @Test func `the README shows the example as it is compiled`() throws {
    let source = try String(contentsOfFile: #filePath, encoding: .utf8)
    let start = try #require(source.range(of: "func paint("))
    let end = try #require(source.range(of: "\n}\n", range: start.lowerBound..<source.endIndex))
    let readme = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().appendingPathComponent("../../README.md").standardizedFileURL
    #expect(
      try String(contentsOf: readme, encoding: .utf8)
        .contains(source[start.lowerBound..<end.upperBound]))
  }
}
