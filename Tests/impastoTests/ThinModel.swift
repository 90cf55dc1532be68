import Foundation
import Pictures
import TestSupport
import Tensors
import Testing

/// Where the small network of the Styling tests is.
let thinModel = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
  .appendingPathComponent("../StylingTests/Fixtures/thin_golden.safetensors").path

/// Calls `body` with a program whose model `thin` is that network, and a folder with two pictures.
func withThinModel(_ body: (Program, String) throws -> Void) throws {
  try withTemporaryFolder { folder in
    let models = "\(folder)/home/models"
    try FileManager.default.createDirectory(atPath: models, withIntermediateDirectories: true)
    try FileManager.default.copyItem(atPath: thinModel, toPath: "\(models)/thin.safetensors")
    var random = SeededRandom(seed: 21)
    for (name, size) in [("photo.png", (40, 61)), ("painting.jpg", (50, 44))] {
      let coarse = random.uniform([5, 5, 3], in: 0...1)
      let image = Resampler.lanczos3(
        coarse, height: size.0, width: size.1, on: Workers(threads: 1))
      try PictureEncoder.write(Picture(image), to: "\(folder)/\(name)")
    }
    try body(Program(home: "\(folder)/home"), folder)
  }
}

/// JSON Lines.
func events(_ output: String) throws -> [[String: Any]] {
  try output.split(separator: "\n").map {
    try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
  }
}
