import Files
import Foundation
import TestSupport
import Testing

/// Measures from the shell.
@Suite struct EvaluateTests {
  @Test func `a result is measured against photograph and painting`() throws {
    try withThinModel { program, folder in
      let (photo, painting) = ("\(folder)/photo.png", "\(folder)/painting.jpg")
      let rendered = try program.run(
        "render", photo, painting, "-o", "\(folder)/out.png", "--model", "thin", "--size", "48",
        "--iterations", "3", "--quiet")
      #expect(rendered.code == 0, "\(rendered.errors)")
      let result = try program.run(
        "evaluate", "\(folder)/out.png", "--content", photo, "--style", "\(painting):2", "--model",
        "thin", "--json")
      #expect(result.code == 0, "\(result.errors)")
      let report = try #require(try events(result.output).first)
      #expect(report["width"] as? Int == 48 && report["size"] as? Int == 48)
      let psnr = try #require(report["psnr"] as? Double)
      #expect(psnr > 5 && psnr < 60)
      let ssim = try #require(report["ssim"] as? Double)
      #expect(ssim > 0 && ssim < 1)
      let layers = try #require(report["gramByLayer"] as? [String: Double])
      #expect(Set(layers.keys) == ["conv1_1", "conv2_1", "conv3_1", "conv4_1", "conv5_1"])
      let gram = try #require(report["gram"] as? Double)
      #expect(abs(gram - layers.values.reduce(0, +) / 5) < 1e-12)
      #expect(report["lpips"] == nil)

      let text = try program.run(
        "evaluate", "\(folder)/out.png", "--content", photo, "--model", "thin")
      #expect(text.output.contains("psnr") && text.output.contains(" dB"))
      #expect(!text.output.contains("gram"))
    }
  }

  @Test func `a photograph measured against itself is infinitely near`() throws {
    try withThinModel { program, folder in
      let photo = "\(folder)/photo.png"
      let result = try program.run(
        "evaluate", photo, "--content", photo, "--model", "thin", "--json")
      let report = try #require(try events(result.output).first)
      #expect(report["psnr"] as? String == "Infinity" && report["perceptual"] as? Double == 0)
    }
  }

  @Test func `what cannot be compared is 65, what is not there 66`() throws {
    try withThinModel { program, folder in
      let other = try program.run(
        "evaluate", "\(folder)/photo.png", "--content", "\(folder)/painting.jpg", "--model", "thin")
      #expect(other.code == 65 && other.errors.contains("another shape"))
      #expect(other.errorLines.count == 1)
      let missing = try program.run(
        "evaluate", "\(folder)/none.png", "--content", "\(folder)/photo.png", "--model", "thin")
      #expect(missing.code == 66)
      #expect(try program.run("evaluate", "\(folder)/photo.png").code == 64)
    }
  }
}
