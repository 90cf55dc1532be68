import Checkpoints
import Files
import Foundation
import Pictures
import Tensors
import TestSupport
import Testing

/// Whole renders, with a network of few channels in the place of VGG.
@Suite struct RenderTests {
  @Test func `a render reports each iteration and writes the picture`() throws {
    try withThinModel { program, folder in
      let result = try program.run(
        "render", "\(folder)/photo.png", "\(folder)/painting.jpg", "-o", "\(folder)/out.webp",
        "--model", "thin", "--size", "48", "--iterations", "4", "--json")
      #expect(result.code == 0 && result.errors.isEmpty, "\(result.errors)")
      let events = try events(result.output)
      #expect(events.compactMap { $0["iteration"] as? Int } == [0, 1, 2, 3])
      #expect(events.first?["content"] as? Double == 0)
      let finished = try #require(events.last)
      #expect(finished["event"] as? String == "finished")
      #expect(finished["width"] as? Int == 48 && finished["height"] as? Int == 31)
      for key in ["total", "content", "style", "tv", "seconds", "secondsPerIteration"] {
        #expect(finished[key] is Double, "\(key)")
      }
      #expect(finished["peakMemoryBytes"] is Int)
      let picture = try PictureDecoder.decode("\(folder)/out.webp")
      #expect((picture.width, picture.height) == (48, 31))
    }
  }

  @Test func `the same recipe gives the same file, from options or from a recipe`() throws {
    try withThinModel { program, folder in
      let options = [
        "--preset", "article", "--model", "thin", "--size", "40", "--iterations", "3",
        "--style-weight", "20",
      ]
      let first = try program.start(
        ["render", "\(folder)/photo.png", "\(folder)/painting.jpg:2", "-o", "\(folder)/a.png"]
          + options + ["--threads", "1", "--quiet"]
      ).wait()
      #expect(first.code == 0 && first.output.isEmpty && first.errors.isEmpty)
      let recipe = """
        content: photo.png
        styles: [{picture: painting.jpg, weight: 5}]
        model: thin
        size: 40
        iterations: 3
        styleWeight: 20
        """
      try AtomicFile.write(Array(recipe.utf8), to: "\(folder)/r.yaml")
      let second = try program.run(
        "render", "--recipe", "\(folder)/r.yaml", "-o", "\(folder)/b.png", "--threads", "2")
      #expect(second.code == 0 && second.output.contains("b.png: 40×26, 3 iterations"))
      // The files tell of different recipes.
      #expect(
        try PictureDecoder.decode("\(folder)/a.png") == PictureDecoder.decode("\(folder)/b.png"))
    }
  }

  @Test(arguments: [SIGINT, SIGTERM])
  func `an interrupted render saves what there is`(signal: Int32) throws {
    try withThinModel { program, folder in
      let running = try program.start([
        "render", "\(folder)/photo.png", "\(folder)/painting.jpg", "-o", "\(folder)/out.png",
        "--model", "thin", "--size", "64", "--iterations", "1000000", "--json",
      ])
      running.waitForOutput("\"iteration\":2,")
      kill(running.process.processIdentifier, signal)
      let result = running.wait()
      #expect(result.code == 128 + signal, "\(result.errors)")
      #expect(try events(result.output).last?["event"] as? String == "finished")
      #expect(try PictureDecoder.decode("\(folder)/out.png").width == 64)
    }
  }

  @Test func `opacity comes back in the result`() throws {
    try withThinModel { program, folder in
      let photo = try PictureDecoder.decode("\(folder)/photo.png")
      let alpha = (0..<photo.width * photo.height).map { UInt8(truncatingIfNeeded: $0) }
      try PictureEncoder.write(
        Picture(width: photo.width, height: photo.height, rgb: photo.rgb, alpha: alpha),
        to: "\(folder)/photo.png")
      let result = try program.run(
        "render", "\(folder)/photo.png", "\(folder)/painting.jpg", "-o", "\(folder)/out.png",
        "--model", "thin", "--size", "61", "--iterations", "1")
      #expect(result.code == 0, "\(result.errors)")
      #expect(try PictureDecoder.decode("\(folder)/out.png").alpha == alpha)
    }
  }

  @Test func `a style that is too narrow and an unknown layer are explained`() throws {
    try withThinModel { program, folder in
      try PictureEncoder.write(
        Picture(width: 50, height: 1, rgb: [UInt8](repeating: 9, count: 150)),
        to: "\(folder)/line.png")
      let result = try program.run(
        "render", "\(folder)/photo.png", "\(folder)/line.png", "-o", "\(folder)/out.png",
        "--model", "thin", "--size", "48")
      #expect(result.code == 65)
      #expect(result.errors.contains("the style picture would be 48×1 pixels"))
      #expect(result.errorLines.count == 2)
      let layer = try program.run(
        "inspect", "features", "\(folder)/photo.png", "--layer", "conv7_1", "--model", "thin",
        "-o", "\(folder)/f.safetensors")
      #expect(layer.code == 64 && layer.errors.contains("no layer 'conv7_1'"))
    }
  }

  @Test func `features are written under their layer's name`() throws {
    try withThinModel { program, folder in
      let result = try program.run(
        "inspect", "features", "\(folder)/photo.png", "--layer", "conv3_2", "--size", "48",
        "--model", "thin", "-o", "\(folder)/f.safetensors")
      #expect(result.code == 0, "\(result.errors)")
      let file = try SafetensorsFile(path: "\(folder)/f.safetensors", mapped: false)
      #expect(file.names == ["conv3_2"])
      #expect(file.shape(of: "conv3_2") == [7, 12, 32])
    }
  }

  @Test func `the bench says what it measured`() throws {
    try withThinModel { program, _ in
      let result = try program.run(
        "bench", "--size", "32", "--iterations", "3", "--threads", "2", "--model", "thin",
        "--json")
      #expect(result.code == 0, "\(result.errors)")
      let report = try #require(try events(result.output).first)
      #expect(report["size"] as? Int == 32 && report["iterations"] as? Int == 3)
      #expect(report["threads"] as? Int == 2 && report["precision"] as? String == "float32")
      let median = try #require(report["medianSecondsPerIteration"] as? Double)
      let minimum = try #require(report["minSecondsPerIteration"] as? Double)
      #expect(minimum > 0 && minimum <= median)
      #expect(try #require(report["peakMemoryBytes"] as? Int) > 1 << 20)
    }
  }
}
