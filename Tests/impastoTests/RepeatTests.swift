import Files
import Foundation
import Pictures
import TestSupport
import Testing

/// Pictures that repeat themselves, and runs that go on.
@Suite struct RepeatTests {
  private let options = ["--model", "thin", "--size", "40", "--iterations", "6", "--quiet"]

  @Test(arguments: ["png", "jpg", "webp"])
  func `a picture that carries its recipe is repeated bit for bit from anywhere`(
    ending: String
  ) throws {
    try withThinModel { program, folder in
      let first = try program.start(
        [
          "render", "\(folder)/photo.png", "\(folder)/painting.jpg:0.7", "-o",
          "\(folder)/a.\(ending)", "--style-weight", "3.3333333333333335", "--start", "noise",
          "--seed", "5",
        ] + options
      ).wait()
      #expect(first.code == 0 && first.errors.isEmpty, "\(first.errors)")
      let again = try program.run(
        "render", "--recipe", "\(folder)/a.\(ending)", "-o", "\(folder)/b.\(ending)", "--quiet")
      #expect(again.code == 0 && again.errors.isEmpty, "\(again.errors)")
      #expect(
        try FileBytes.read("\(folder)/a.\(ending)") == FileBytes.read("\(folder)/b.\(ending)"))
    }
  }

  @Test func `a picture's sources may have moved with it, and changes are told`() throws {
    try withThinModel { program, folder in
      _ = try program.start(
        ["render", "\(folder)/photo.png", "\(folder)/painting.jpg", "-o", "\(folder)/a.png"]
          + options
      ).wait()
      let moved = "\(folder)/elsewhere"
      try FileManager.default.createDirectory(atPath: moved, withIntermediateDirectories: true)
      for name in ["a.png", "photo.png", "painting.jpg"] {
        try FileManager.default.moveItem(atPath: "\(folder)/\(name)", toPath: "\(moved)/\(name)")
      }
      let again = try program.run(
        "render", "--recipe", "\(moved)/a.png", "-o", "\(folder)/b.png", "--quiet")
      #expect(again.code == 0 && again.errors.isEmpty, "\(again.errors)")
      #expect(
        try PictureDecoder.decode("\(moved)/a.png") == PictureDecoder.decode("\(folder)/b.png"))

      let photo = try PictureDecoder.decode("\(moved)/photo.png")
      let other = Picture(
        width: photo.width, height: photo.height, rgb: photo.rgb.map { 255 - $0 })
      try PictureEncoder.write(other, to: "\(folder)/photo.png")
      let changed = try program.run(
        "render", "--recipe", "\(moved)/a.png", "-o", "\(folder)/c.png", "--quiet")
      #expect(changed.code == 0)
      #expect(
        changed.errors
          == "impasto: warning: \(folder)/photo.png has changed since the picture was made\n")
    }
  }

  @Test func `a picture need not tell, and what tells nothing is 65`() throws {
    try withThinModel { program, folder in
      let result = try program.start(
        [
          "render", "\(folder)/photo.png", "\(folder)/painting.jpg", "-o", "\(folder)/a.png",
          "--strip",
        ] + options
      ).wait()
      #expect(result.code == 0)
      #expect(try PictureDecoder.metadata(of: "\(folder)/a.png").isEmpty)
      let again = try program.run(
        "render", "--recipe", "\(folder)/a.png", "-o", "\(folder)/b.png")
      #expect(again.code == 65)
      #expect(again.errors.hasPrefix("impasto: error: \(folder)/a.png: the picture carries no"))
    }
  }

  @Test func `an interrupted render carries what it did, and goes on to the same end`() throws {
    try withThinModel { program, folder in
      func arguments(_ output: String, _ iterations: Int) -> [String] {
        [
          "render", "\(folder)/photo.png", "\(folder)/painting.jpg", "-o", "\(folder)/\(output)",
          "--model", "thin", "--size", "48", "--iterations", "\(iterations)",
        ]
      }
      let running = try program.start(arguments("a.png", 1_000_000) + ["--json"])
      running.waitForOutput("\"iteration\":3,")
      kill(running.process.processIdentifier, SIGINT)
      let interrupted = running.wait()
      #expect(interrupted.code == 130)
      #expect(interrupted.errors == "'impasto render --resume' goes on\n")
      let done = try #require(try events(interrupted.output).last?["iterations"] as? Int)

      let again = try program.run(
        "render", "--recipe", "\(folder)/a.png", "-o", "\(folder)/b.png", "--quiet")
      #expect(again.code == 0, "\(again.errors)")
      #expect(try FileBytes.read("\(folder)/a.png") == FileBytes.read("\(folder)/b.png"))

      let end = done + 3
      let resumed = try program.run("render", "--resume", "--iterations", "\(end)", "--json")
      #expect(resumed.code == 0, "\(resumed.errors)")
      #expect(
        try events(resumed.output).compactMap { $0["iteration"] as? Int } == Array(done..<end))
      #expect(try program.start(arguments("c.png", end) + ["--quiet"]).wait().code == 0)
      #expect(try FileBytes.read("\(folder)/a.png") == FileBytes.read("\(folder)/c.png"))

      let nothing = try program.run("render", "--resume")
      #expect(nothing.code == 66 && nothing.errors.contains("no run was interrupted"))
      let listed = try program.run("history", "list", "--json")
      let runs = try JSONSerialization.jsonObject(with: Data(listed.output.utf8))
      let states = try #require(runs as? [[String: Any]]).map { $0["state"] as? String }
      #expect(states == Array(repeating: "completed", count: 3))
    }
  }

  @Test func `what is no run is refused`() throws {
    try withThinModel { program, folder in
      for (name, code) in [("none", Int32(66)), ("../x", 66)] {
        #expect(try program.run("render", "--resume", name).code == code)
      }
      let run = "\(folder)/home/runs/x"
      try FileManager.default.createDirectory(atPath: run, withIntermediateDirectories: true)
      try FileManager.default.copyItem(atPath: thinModel, toPath: "\(run)/checkpoint.safetensors")
      let result = try program.run("render", "--resume", "x")
      #expect(result.code == 65 && result.errors.contains("not an interrupted run"))
      #expect(FileManager.default.fileExists(atPath: "\(run)/checkpoint.safetensors"))
      let both = try program.run("render", "--resume", "x", "--preset", "article")
      #expect(both.code == 65 || both.code == 64)
    }
  }
}
