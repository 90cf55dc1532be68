import Checkpoints
import Foundation
import Pictures
import TestSupport
import Tensors
import Testing

/// Renders in one pass, with networks of random weights.
@Suite struct InstantRenderTests {
  @Test func `one pass paints in built-in styles, and its picture repeats itself`() throws {
    try withThinModel { program, folder in
      try RandomStylizer(.multistyle26).install(in: "\(folder)/home/models")
      let result = try program.run(
        "render", "\(folder)/photo.png", "-o", "\(folder)/a.png", "--method",
        "builtin:3:0.5,12:0.5", "--strength", "0.8", "--size", "50", "--json")
      #expect(result.code == 0, "\(result.errors)")
      let finished = try #require(try events(result.output).last)
      #expect(finished["event"] as? String == "finished" && finished["iterations"] as? Int == 0)
      #expect(finished["width"] as? Int == 50 && finished["height"] as? Int == 33)
      let again = try program.run(
        "render", "--recipe", "\(folder)/a.png", "-o", "\(folder)/b.png", "--threads", "1")
      #expect(again.code == 0 && again.output.contains("b.png: 50×33 in "), "\(again.errors)")
      let (a, b) = (
        try PictureDecoder.decode("\(folder)/a.png"), try PictureDecoder.decode("\(folder)/b.png")
      )
      #expect(a == b)
    }
  }

  @Test func `one pass paints like paintings, and an optimization starts from that`() throws {
    try withThinModel { program, folder in
      try RandomStylizer(.magenta).install(in: "\(folder)/home/models")
      let pictures = ["\(folder)/photo.png", "\(folder)/painting.jpg"]
      let instant = try program.start(
        ["render"] + pictures + ["-o", "\(folder)/a.png", "--method", "instant", "--size", "48"]
      ).wait()
      #expect(instant.code == 0, "\(instant.errors)")
      let started = try program.start(
        ["render"] + pictures + [
          "-o", "\(folder)/b.png", "--model", "thin", "--start", "instant", "--size", "48",
          "--iterations", "0",
        ]
      ).wait()
      #expect(started.code == 0, "\(started.errors)")
      let (a, b) = (
        try PictureDecoder.decode("\(folder)/a.png"), try PictureDecoder.decode("\(folder)/b.png")
      )
      #expect(a == b)
    }
  }

  @Test(arguments: [
    (["--method", "builtin:26"], 65, "a built-in style's number is 26"),
    (["--method", "magic"], 64, "'magic' is invalid"),
    (["--method", "instant", "--strength", "2"], 65, "strength is 2.0; it must be 0 to 1"),
    (["PAINTING", "--method", "builtin:2"], 64, "builtin:2 needs no painting"),
    (["--method", "instant"], 64, "no painting was given"),
  ])
  func `what one pass cannot do is said`(options: [String], code: Int32, text: String) throws {
    try withThinModel { program, folder in
      let options = options.map { $0 == "PAINTING" ? "\(folder)/painting.jpg" : $0 }
      let result = try program.start(
        ["render", "\(folder)/photo.png"]
          + (options.contains("instant") && code == 65 ? ["\(folder)/painting.jpg"] : [])
          + options + ["-o", "\(folder)/out.png"]
      ).wait()
      #expect(result.code == code)
      #expect(result.errors.contains(text), "\(result.errors)")
    }
  }
}
