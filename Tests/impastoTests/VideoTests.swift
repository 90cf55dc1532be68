import Checkpoints
import Foundation
import Programs
import TestSupport
import Testing

/// The subcommand as its user runs it.
@Suite struct VideoTests {
  private static let ffmpeg = RunningProgram.lookUp("ffmpeg")

  private func withClip(_ body: (Program, _ folder: String, _ clip: String) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let models = "\(folder)/home/models"
      try FileManager.default.createDirectory(atPath: models, withIntermediateDirectories: true)
      try RandomStylizer(.multistyle26).install(in: models)
      let clip = "\(folder)/clip.mp4"
      let maker = Process()
      maker.executableURL = URL(fileURLWithPath: try #require(Self.ffmpeg))
      maker.arguments =
        ["-v", "error", "-nostdin", "-f", "lavfi", "-i", "testsrc=size=64x36:rate=25"]
        + ["-frames:v", "200", "-pix_fmt", "yuv420p", clip]
      try maker.run()
      maker.waitUntilExit()
      try body(Program(home: "\(folder)/home"), folder, clip)
    }
  }

  @Test(.enabled(if: Self.ffmpeg != nil))
  func `a film is painted, killed and gone on with`() throws {
    try withClip { program, folder, clip in
      let arguments = [
        "video", clip, "-o", "\(folder)/out.mkv", "--method", "builtin:3", "--size", "64", "--json",
      ]
      let first = try program.start(arguments)
      first.waitForOutput(#""event":"frame","frame":5"#)
      first.process.interrupt()
      let stopped = first.wait()
      #expect(stopped.code == 130 && stopped.errors.contains("goes on"), "\(stopped.errors)")
      #expect(!FileManager.default.fileExists(atPath: "\(folder)/out.mkv"))
      let second = try program.start(arguments)
      second.waitForOutput(#""event":"frame""#)
      kill(second.process.processIdentifier, SIGKILL)
      _ = second.wait()
      let third = try program.start(arguments).wait()
      #expect(third.code == 0, "\(third.errors)")
      let story = try events(third.output)
      #expect((story.first?["done"] as? Int ?? 0) >= 6)
      let finished = try #require(story.last)
      #expect(finished["event"] as? String == "finished" && finished["frames"] as? Int == 200)
      #expect(finished["width"] as? Int == 64 && finished["height"] as? Int == 36)
      #expect(FileManager.default.fileExists(atPath: "\(folder)/out.mkv"))
    }
  }

  @Test(.enabled(if: Self.ffmpeg != nil))
  func `what is wrong is told before any work, in a line`() throws {
    try withClip { program, folder, clip in
      let cases: [(Int32, [String])] = [
        (64, [clip, "-o", "\(folder)/out.png", "--method", "builtin:3"]),
        (64, [clip, "-o", "\(folder)/out.mp4"]),
        (64, [clip, "-o", "\(folder)/out.mp4", "--method", "builtin:3", "--steadiness", "1"]),
        (64, [clip, "-o", "\(folder)/out.mp4", "--method", "builtin:3", "--frames", "200-300"]),
        (66, ["\(folder)/none.mp4", "-o", "\(folder)/out.mp4", "--method", "builtin:3"]),
        (73, [clip, "-o", "\(folder)/none/out.mp4", "--method", "builtin:3"]),
        (
          65,
          ["\(folder)/home/models/multistyle26.safetensors", "-o", "\(folder)/out.mp4"]
            + ["--method", "builtin:3"]
        ),
      ]
      for (code, arguments) in cases {
        let result = try program.start(["video"] + arguments).wait()
        #expect(result.code == code, "\(arguments): \(result.errors)")
        #expect((1...2).contains(result.errorLines.count), "\(result.errors)")
      }
    }
  }

  @Test func `without ffmpeg there is a hint`() throws {
    try withTemporaryFolder { folder in
      let result = try Program(home: folder).run(
        "video", "film.mp4", "-o", "\(folder)/out.mp4", "--method", "builtin:3",
        environment: ["PATH": folder])
      #expect(result.code == 69)
      #expect(result.errorLines.last?.contains("ffmpeg") == true, "\(result.errors)")
    }
  }
}
