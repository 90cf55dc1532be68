import Foundation
import Pictures
import TestSupport
import Testing

/// Masks and colors from the shell.
@Suite struct MaskRenderTests {
  private func withMasks(_ body: (Program, String) throws -> Void) throws {
    try withThinModel { program, folder in
      func mask(_ name: String, _ width: Int, _ value: (Int) -> UInt8) throws {
        let rgb = (0..<width * 40).flatMap { pixel in
          Array(repeating: value(pixel % width), count: 3)
        }
        try PictureEncoder.write(
          Picture(width: width, height: 40, rgb: rgb), to: "\(folder)/\(name)")
      }
      try mask("left.png", 61) { $0 < 30 ? 255 : 0 }
      try mask("black.png", 61) { _ in 0 }
      try mask("wide.png", 200) { _ in 255 }
      try body(program, folder)
    }
  }

  private func render(
    _ program: Program, _ folder: String, _ arguments: String...
  ) throws -> Program.Result {
    try program.start(
      [
        "render", "\(folder)/photo.png", "\(folder)/painting.jpg", "\(folder)/painting.jpg", "-o",
        "\(folder)/out.png", "--model", "thin", "--size", "61", "--iterations", "4", "--quiet",
      ] + arguments
    ).wait()
  }

  @Test func `what is protected comes out as it went in, and the recipe says so`() throws {
    try withMasks { program, folder in
      let result = try render(
        program, folder, "--protect", "\(folder)/left.png", "--color", "content")
      #expect(result.code == 0, "\(result.errors)")
      let (photo, out) = (
        try PictureDecoder.decode("\(folder)/photo.png"),
        try PictureDecoder.decode("\(folder)/out.png")
      )
      let protected = out.rgb.indices.filter { $0 / 3 % 61 < 30 }
      #expect(protected.allSatisfy { abs(Int(out.rgb[$0]) - Int(photo.rgb[$0])) <= 1 })
      #expect(out.rgb != photo.rgb)
      let recipe = try #require(try PictureDecoder.metadata(of: "\(folder)/out.png").recipe)
      #expect(recipe.contains("protect: \(folder)/left.png") && recipe.contains("color: content"))
      let again = try program.run(
        "render", "--recipe", "\(folder)/out.png", "-o", "\(folder)/again.png", "--quiet")
      #expect(again.code == 0, "\(again.errors)")
      #expect(try PictureDecoder.decode("\(folder)/again.png").rgb == out.rgb)
    }
  }

  @Test func `each painting can have its mask`() throws {
    try withMasks { program, folder in
      let result = try render(program, folder, "--mask", "1=\(folder)/left.png")
      #expect(result.code == 0, "\(result.errors)")
    }
  }

  @Test func `masks that make no sense are refused in a line`() throws {
    try withMasks { program, folder in
      for (arguments, code) in [
        (["--mask", "3=\(folder)/left.png"], 64), (["--mask", "left.png"], 64),
        (["--mask", "0=\(folder)/left.png"], 64), (["--mask", "1=\(folder)/wide.png"], 65),
        (["--protect", "\(folder)/wide.png"], 65), (["--protect", "\(folder)/none.png"], 66),
        (["--mask-threshold", "2"], 65), (["--color", "sepia"], 64),
        (["--mask", "1=\(folder)/black.png", "--mask", "2=\(folder)/black.png"], 65),
      ] as [([String], Int32)] {
        let result = try program.start(
          [
            "render", "\(folder)/photo.png", "\(folder)/painting.jpg", "\(folder)/painting.jpg",
            "-o", "\(folder)/out.png", "--model", "thin", "--size", "61", "--iterations", "1",
          ] + arguments
        ).wait()
        #expect(result.code == code, "\(arguments): \(result.errors)")
        #expect(result.errorLines.first?.hasPrefix("impasto: error: ") == true)
        #expect(result.errorLines.count <= 2)
      }
    }
  }
}
