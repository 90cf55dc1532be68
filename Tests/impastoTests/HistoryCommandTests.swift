import Files
import Foundation
import Pictures
import Recipes
import TestSupport
import Testing

/// Runs of the past from the shell.
@Suite struct HistoryCommandTests {
  private func render(_ program: Program, _ folder: String, _ options: String...) throws {
    let result = try program.start(
      [
        "render", "\(folder)/photo.png", "\(folder)/painting.jpg", "-o", "\(folder)/a.png",
        "--model", "thin", "--size", "40", "--iterations", "6", "--quiet",
      ] + options
    ).wait()
    #expect(result.code == 0 && result.errors.isEmpty, "\(result.errors)")
  }

  private func list(_ program: Program) throws -> [[String: Any]] {
    let result = try program.run("history", "list", "--json")
    #expect(result.code == 0, "\(result.errors)")
    let list = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
    return try #require(list as? [[String: Any]])
  }

  @Test func `a render is remembered, shown, exported, removed and pruned`() throws {
    try withThinModel { program, folder in
      #expect(try list(program).isEmpty)
      #expect(try program.run("history").output == "no runs\n")
      try render(program, folder, "--style-weight", "3.3333333333333335")
      let run = try #require(try list(program).first)
      #expect(run["state"] as? String == "completed" && run["iterations"] as? Int == 6)
      #expect(run["frames"] as? [Int] == Array(0...6))
      #expect(run["output"] as? String == "\(folder)/a.png")

      let shown = try program.run("history", "show", "latest", "--json")
      let complete = try #require(try events(shown.output).first)
      #expect((complete["recipe"] as? [String: Any])?["size"] as? Int == 40)
      #expect((complete["sources"] as? [[String: Any]])?.count == 2)
      #expect(try program.run("history", "show", "latest").output.contains("6 of 6"))

      let out = "\(folder)/out"
      let exported = try program.run("history", "export", "latest", "-o", out, "--json")
      #expect(exported.code == 0, "\(exported.errors)")
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: out).sorted()
          == (0...6).map { "frame-000000\($0).png" } + ["losses.csv", "recipe.yaml"])
      #expect(
        try PictureDecoder.decode("\(out)/frame-0000006.png")
          == PictureDecoder.decode("\(folder)/a.png"))
      let again = try program.run(
        "render", "--recipe", "\(out)/frame-0000004.png", "-o", "\(folder)/b.png", "--quiet",
        "--no-history")
      #expect(again.code == 0, "\(again.errors)")
      #expect(
        try PictureDecoder.decode("\(out)/frame-0000004.png")
          == PictureDecoder.decode("\(folder)/b.png"))
      #expect(
        try program.run(
          "history", "export", "latest", "--iteration", "9", "-o", "\(folder)/c.png"
        ).code == 66)

      try render(program, folder)
      #expect(try list(program).count == 2)
      let name = try #require(try list(program).last?["run"] as? String)
      #expect(try program.run("history", "remove", name).code == 64, "nobody to ask")
      #expect(try program.run("history", "remove", name, "--yes").code == 0)
      #expect(try list(program).count == 1)
      #expect(
        try program.run("history", "prune", "--to", "0", "--json").output.contains(#""runs":1"#))
      #expect(try list(program).isEmpty)
      #expect(try program.run("history", "show", "x").code == 66)
      #expect(try program.run("history", "prune", "--to", "much").code == 64)
    }
  }

  @Test func `what is not to be told or remembered leaves nothing`() throws {
    try withThinModel { program, folder in
      try render(program, folder, "--strip")
      try render(program, folder, "--no-history")
      #expect(try list(program).isEmpty)
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: "\(folder)/home/runs").isEmpty)
    }
  }

  @Test func `the configuration says how much may be remembered`() throws {
    try withThinModel { program, folder in
      try render(program, folder)
      try AtomicFile.write("historySize: 1kB".utf8, to: "\(folder)/home/config.yaml")
      try render(program, folder)
      // All but the run that has just ended.
      #expect(try list(program).count == 1)
    }
  }

  @Test(arguments: [1, 4])
  func `a disk that is full leaves no half file and a clear message`(blocks: Int) throws {
    try withThinModel { program, folder in
      try render(program, folder)
      let favorite = try program.run("favorites", "import", "\(folder)/a.png")
      #expect(favorite.code == 0, "\(favorite.errors)")
      for arguments in [
        ["favorites", "export", "--all", "-o", "\(folder)/x.zip"],
        ["history", "export", "latest", "--iteration", "6", "-o", "\(folder)/x.png"],
      ] {
        let result = try program.run(fileBlocks: blocks, arguments)
        #expect(result.code == 74, "\(arguments): \(result.code) \(result.errors)")
        #expect(result.errors.hasPrefix("impasto: error: "), "\(result.errors)")
      }
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
          == ["a.png", "home", "painting.jpg", "photo.png"])
      // The picture is too large, and the run still is recorded as far as it goes.
      let rendered = try program.run(
        fileBlocks: blocks,
        [
          "render", "\(folder)/photo.png", "\(folder)/painting.jpg", "-o", "\(folder)/y.png",
          "--model", "thin", "--size", "64", "--iterations", "3", "--checkpoint-every", "0",
        ])
      #expect(rendered.code == 74, "\(rendered.errors)")
      let runs = try FileManager.default.subpathsOfDirectory(atPath: "\(folder)/home/runs")
      #expect(!runs.contains { $0.contains("/.impasto-") }, "\(runs)")
      #expect(try list(program).count <= 2)
      #expect(!FileManager.default.fileExists(atPath: "\(folder)/y.png"))
    }
  }

  @Test func `favorites travel in a zip archive`() throws {
    try withThinModel { program, folder in
      try render(program, folder)
      try render(program, folder, "--seed", "2", "--start", "noise")
      _ = try program.run("history", "export", "latest", "-o", "\(folder)/in")
      #expect(try program.run("favorites", "import", "\(folder)/in").code == 0)
      let packed = try program.run("favorites", "export", "--all", "-o", "\(folder)/all.zip")
      #expect(packed.code == 0 && packed.output.hasPrefix("7 favorites in"), "\(packed.errors)")
      let other = Program(home: "\(folder)/other")
      let taken = try other.run("favorites", "import", "\(folder)/all.zip", "--json")
      #expect(taken.code == 0, "\(taken.errors)")
      #expect(try events(taken.output).count == 7)
      let twice = try other.run("favorites", "import", "\(folder)/all.zip")
      #expect(twice.code == 0 && twice.output == "0 imported\n", "\(twice.errors)")
      let bytes = try FileBytes.read("\(folder)/all.zip")
      try AtomicFile.write(bytes.dropLast(30), to: "\(folder)/cut.zip")
      #expect(try other.run("favorites", "import", "\(folder)/cut.zip").code == 65)
      #expect(try other.run("favorites", "import", "\(folder)/none.zip").code == 66)
    }
  }
}
