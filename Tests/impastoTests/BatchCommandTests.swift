import Checkpoints
import Files
import Foundation
import Pictures
import TestSupport
import Tensors
import Testing

/// Batches as their users run them, with networks of random weights.
@Suite struct BatchCommandTests {
  /// A program with `magenta` and `thin`, and a folder with three photographs and two paintings.
  private func withBatch(_ body: (Program, String) throws -> Void) throws {
    try withThinModel { program, folder in
      try RandomStylizer(.magenta).install(in: "\(folder)/home/models")
      try FileManager.default.createDirectory(
        atPath: "\(folder)/photos", withIntermediateDirectories: true)
      let photo = try PictureDecoder.decode("\(folder)/photo.png")
      for (name, side) in [("a.png", 50), ("b c.jpg", 40), ("d.webp", 30)] {
        try PictureEncoder.write(
          photo.resized(longerSide: side, on: Workers(threads: 1)), to: "\(folder)/photos/\(name)")
      }
      try PictureEncoder.write(photo, to: "\(folder)/klee.png")
      try body(program, folder)
    }
  }

  private func arguments(_ folder: String, _ more: String...) -> [String] {
    [
      "batch", "\(folder)/photos", "--style", "\(folder)/painting.jpg", "--style",
      "\(folder)/klee.png", "--method", "instant", "--size", "40", "-o", "\(folder)/out",
    ] + more
  }

  @Test func `a batch paints what is missing, with its events, its sheet and its page`() throws {
    try withBatch { program, folder in
      let listed = try program.start(arguments(folder, "--dry-run")).wait()
      #expect(
        listed.code == 0 && listed.output.contains("6 of 6 pictures to paint"), "\(listed.errors)")
      #expect(!FileManager.default.fileExists(atPath: "\(folder)/out"))

      let first = try program.start(arguments(folder, "--json")).wait()
      #expect(first.code == 0, "\(first.errors)")
      let told = try events(first.output)
      #expect(told.first?["event"] as? String == "planned" && told.first?["todo"] as? Int == 6)
      #expect(told.count { $0["event"] as? String == "started" } == 6)
      #expect(
        Set(
          told.filter { $0["event"] as? String == "finished" }.compactMap {
            $0["output"] as? String
          })
          == [
            "a-painting.png", "a-klee.png", "b c-painting.png", "b c-klee.png", "d-painting.png",
            "d-klee.png",
          ])
      #expect(told.last?["event"] as? String == "summary" && told.last?["done"] as? Int == 6)
      let sheet = try PictureDecoder.decode("\(folder)/out/contact-sheet.png")
      #expect(sheet.width == 3 * 132 + 4 && sheet.height == 4 * 132 + 4)
      let page = try String(contentsOfFile: "\(folder)/out/index.html", encoding: .utf8)
      #expect(page.contains("src=\"./b%20c-klee.png\""))

      let again = try program.start(arguments(folder)).wait()
      #expect(
        again.code == 0 && again.output.hasPrefix("0 painted, 6 there already"), "\(again.output)")
      // What a batch paints is what a render paints, to the byte.
      let render = try program.run(
        "render", "\(folder)/photos/a.png", "\(folder)/klee.png", "--method", "instant", "--size",
        "40",
        "-o", "\(folder)/render.png", "--quiet")
      #expect(render.code == 0)
      #expect(
        try FileBytes.read("\(folder)/render.png") == FileBytes.read("\(folder)/out/a-klee.png"))
    }
  }

  @Test func `a plan paints by optimization, on one thread or two to the same bytes`() throws {
    try withBatch { program, folder in
      let plan = """
        contents: photos/*
        styles: painting.jpg
        recipe: {model: thin, size: 40, iterations: 2}
        variations: {strong: {styleWeight: 50}, weak: {styleWeight: 1, styleLoss: wasserstein}}
        output: out
        """
      try AtomicFile.write(Array(plan.utf8), to: "\(folder)/plan.yaml")
      let result = try program.run("batch", "\(folder)/plan.yaml", "--jobs", "2", "--threads", "1")
      #expect(result.code == 0 && result.output.hasPrefix("6 painted in "), "\(result.errors)")
      let other = try program.run(
        "batch", "\(folder)/plan.yaml", "-o", "\(folder)/other", "--jobs", "1", "--threads", "2")
      #expect(other.code == 0, "\(other.errors)")
      for name in ["a-painting-strong.png", "d-painting-weak.png"] {
        #expect(
          try FileBytes.read("\(folder)/out/\(name)") == FileBytes.read("\(folder)/other/\(name)"))
      }
      let changed = try program.run(
        "batch", "\(folder)/plan.yaml", "--tv-weight", "3", "--dry-run", "--json")
      let standings = try events(changed.output).compactMap { $0["standing"] as? String }
      #expect(standings == [String](repeating: "changed", count: 6), "\(changed.errors)")
    }
  }

  @Test func `pictures that fail are told, and the exit code says so`() throws {
    try withBatch { program, folder in
      try AtomicFile.write(Array("no picture".utf8), to: "\(folder)/photos/e.png")
      let result = try program.start(arguments(folder)).wait()
      #expect(result.code == 1 && result.output.hasPrefix("6 painted, 2 failed in "))
      #expect(result.errorLines.count == 2, "\(result.errors)")
      #expect(
        result.errors.contains("impasto: error: e-klee.png: \(folder)/photos/e.png: "),
        "\(result.errors)")
      #expect(try program.start(arguments(folder)).wait().code == 1)
      unlink("\(folder)/photos/e.png")
      #expect(try program.start(arguments(folder)).wait().code == 0)
    }
  }

  @Test func `Ctrl-C ends a batch, and the same command goes on`() throws {
    try withBatch { program, folder in
      let command = [
        "batch", "\(folder)/photos", "--style", "\(folder)/painting.jpg", "--model", "thin",
        "--size",
        "60", "--iterations", "100000", "-o", "\(folder)/out", "--json",
      ]
      let running = try program.start(command)
      running.waitForOutput("started")
      running.process.interrupt()
      let result = running.wait()
      #expect(result.code == 130 && result.errors == "the same command goes on\n")
      let summary = try #require(try events(result.output).last)
      #expect(summary["left"] as? Int == 3 && summary["done"] as? Int == 0)
      let names = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/out")
      #expect(Set(names) == [".impasto", "contact-sheet.png", "index.html"])
    }
  }

  @Test func `what cannot begin is said in a line`() throws {
    try withBatch { program, folder in
      func failure(_ arguments: [String], path: String? = nil) throws -> (Int32, [String]) {
        let result = try program.start(
          arguments, environment: path.map { ["PATH": $0] } ?? [:]
        ).wait()
        return (result.code, result.errorLines)
      }
      try AtomicFile.write(Array("content: a\n".utf8), to: "\(folder)/plan.yaml")
      let plan = try failure(["batch", "\(folder)/plan.yaml", "-o", "\(folder)/out"])
      #expect(plan.0 == 65)
      #expect(
        plan.1 == [
          "impasto: error: \(folder)/plan.yaml, line 1: unknown key 'content'",
          "hint: did you mean contents?",
        ])
      #expect(try failure(["batch", "\(folder)/none/*.png", "-o", "x"]).0 == 66)
      #expect(try failure(["batch", "\(folder)/photos", "-o", "x"]).0 == 64)
      #expect(try failure(arguments(folder, "--name", "{x}.png")).0 == 64)
      #expect(try failure(arguments(folder) + ["-o", "\(folder)/photos"]).0 == 64)
      let slurm = try failure(arguments(folder, "--engine", "slurm"), path: "/nowhere")
      #expect(slurm.0 == 69)
      #expect(
        slurm.1.first == "impasto: error: scontrol: there is no such program; it is Slurm's",
        "\(slurm.1)")
      #expect(try failure(["batch", "status", "\(folder)/out"]).0 == 66)
    }
  }

  /// Kills a batch at random moments; see `Tests/Recovery/kill_batch.py`.
  @Test func `no kill leaves a partial picture, and one more call leaves exactly the set`() throws {
    try withBatch { _, folder in
      let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../Recovery/kill_batch.py").path
      let process = Process()
      let output = Pipe()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments = ["python3", script, Program.executable.path, "\(folder)/home", "3"]
      process.standardOutput = output
      process.standardError = output
      try process.run()
      let said = String(
        decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      #expect(process.terminationStatus == 0, "\(said)")
    }
  }
}
