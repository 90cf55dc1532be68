import Files
import Foundation
import Pictures
import Tensors
import TestSupport
import Testing

/// Favorites from the shell.
@Suite struct FavoritesCommandTests {
  /// A home with three favorites, and their ids.
  private func withFavorites(_ body: (Program, String, [String]) throws -> Void) throws {
    try withThinModel { program, folder in
      try FileManager.default.createDirectory(
        atPath: "\(folder)/in", withIntermediateDirectories: true)
      for seed in 0..<3 {
        let result = try program.run(
          "render", "\(folder)/photo.png", "\(folder)/painting.jpg", "-o",
          "\(folder)/in/\(seed).png", "--model", "thin", "--size", "32", "--iterations", "0",
          "--start", "noise", "--seed", "\(seed)", "--quiet")
        #expect(result.code == 0, "\(result.errors)")
      }
      let result = try program.run("favorites", "import", "\(folder)/in", "--json")
      #expect(result.code == 0, "\(result.errors)")
      try body(
        program, folder, events(result.output).map { try #require($0["id"] as? String) })
    }
  }

  private func ids(_ program: Program, _ arguments: String...) throws -> [String] {
    let result = try program.start(["favorites", "list", "--json"] + arguments).wait()
    #expect(result.code == 0, "\(result.errors)")
    let list = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
    return try #require(list as? [[String: Any]]).compactMap { $0["id"] as? String }
  }

  @Test func `favorites are listed, found, shown and removed`() throws {
    try withFavorites { program, folder, ids in
      #expect(try self.ids(program) == ids.reversed())
      #expect(try self.ids(program, "--limit", "1", "--offset", "1") == [ids[1]])
      #expect(try self.ids(program, "paint") == ids.reversed())
      #expect(try self.ids(program, "--style", "painting.jpg", "--order", "oldest") == ids)
      #expect(try self.ids(program, "nothing").isEmpty)
      #expect(try program.run("favorites").output.contains("photo.png + painting.jpg"))

      let shown = try program.run("favorites", "show", String(ids[0].prefix(13)), "--json")
      let favorite = try #require(try events(shown.output).first)
      #expect(favorite["id"] as? String == ids[0])
      #expect((favorite["recipe"] as? [String: Any])?["size"] as? Int == 32)
      let again = try program.run(
        "render", "--recipe", try #require(favorite["picture"] as? String), "-o",
        "\(folder)/again.png", "--strip")
      #expect(again.code == 0, "\(again.errors)")
      #expect(
        try PictureDecoder.decode("\(folder)/again.png")
          == PictureDecoder.decode("\(folder)/in/0.png"))

      #expect(try program.run("favorites", "remove", ids[0]).code == 64, "nobody to ask")
      #expect(try program.run("favorites", "remove", ids[0], "--yes").code == 0)
      #expect(try self.ids(program) == [ids[2], ids[1]])
      #expect(try self.ids(program, "--trash") == [ids[0]])
      #expect(try program.run("favorites", "restore", ids[0]).code == 0)
      #expect(try self.ids(program) == ids.reversed())
    }
  }

  @Test func `what is exported is imported elsewhere, once`() throws {
    try withFavorites { program, folder, ids in
      let export = try program.run("favorites", "export", "--all", "-o", "\(folder)/out")
      #expect(export.code == 0 && export.output == "3 favorites in \(folder)/out\n")
      let other = Program(home: "\(folder)/other")
      let first = try other.run("favorites", "import", "\(folder)/out")
      #expect(first.code == 0 && first.output == "3 imported\n", "\(first.errors)")
      #expect(try self.ids(other) == ids.reversed())
      let second = try other.run("favorites", "import", "\(folder)/out", "\(folder)/in")
      #expect(second.code == 0 && second.output == "0 imported\n")
      #expect(second.errorLines.count == 6)
      let stranger = try other.run("favorites", "import", "\(folder)/photo.png")
      #expect(stranger.code == 65 && stranger.errors.contains("carries no recipe"))
    }
  }

  @Test func `a damaged library is 65 with a way on`() throws {
    try withFavorites { program, folder, ids in
      try AtomicFile.write(
        Array(repeating: UInt8(7), count: 9000), to: "\(folder)/home/library.sqlite")
      for file in ["wal", "shm"] { unlink("\(folder)/home/library.sqlite-\(file)") }
      let result = try program.run("favorites", "list")
      #expect(result.code == 65 && result.errors.contains("favorites rebuild"), "\(result.errors)")
      let rebuilt = try program.run("favorites", "rebuild")
      #expect(rebuilt.code == 0 && rebuilt.output.hasPrefix("3 favorites\n"), "\(rebuilt.errors)")
      #expect(try self.ids(program) == ids.reversed())
    }
  }

  @Test func `where files cannot grow nothing is half written`() throws {
    try withFavorites { program, folder, ids in
      let result = try program.run(
        fileBlocks: 4, "render", "\(folder)/photo.png", "\(folder)/painting.jpg", "-o",
        "\(folder)/out.png", "--model", "thin", "--size", "60", "--iterations", "1")
      #expect(result.code == 74, "\(result.errors)")
      #expect(result.errors.contains("\(folder)/out.png: cannot be written: file too large"))
      let left = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(!left.contains { $0.hasPrefix(".") || $0 == "out.png" }, "\(left)")

      for blocks in [1, 4, 16, 64] {
        try PictureEncoder.write(
          Picture(width: 90, height: 60, rgb: (0..<16_200).map { UInt8($0 % 251 * blocks % 256) }),
          to: "\(folder)/big.png", metadata: PictureDecoder.metadata(of: "\(folder)/in/0.png"))
        let result = try program.run(
          fileBlocks: blocks, "favorites", "import", "\(folder)/big.png")
        #expect(result.code == 74 || result.code == 0, "\(result.errors)")
        let count = try self.ids(program).count
        #expect(
          try FileManager.default.contentsOfDirectory(
            atPath: "\(folder)/home/pictures"
          ).filter { !$0.hasPrefix(".") }.count == count)
      }
      #expect(try Set(self.ids(program)).isSuperset(of: ids))
    }
  }

  @Test func `an archive that finds no room leaves the one before and nothing else`() throws {
    try withFavorites { program, folder, _ in
      // Larger than what SQLite maps, which must have room.
      var random = SeededRandom(seed: 1)
      try PictureEncoder.write(
        Picture(random.uniform([150, 150, 3], in: 0...1)),
        to: "\(folder)/big.png", metadata: PictureDecoder.metadata(of: "\(folder)/in/0.png"))
      #expect(try program.run("favorites", "import", "\(folder)/big.png").code == 0)
      let archive = "\(folder)/out/all.zip"
      try FileManager.default.createDirectory(
        atPath: "\(folder)/out", withIntermediateDirectories: true)
      try AtomicFile.write([1, 2, 3], to: archive)
      let result = try program.run(
        fileBlocks: 80, "favorites", "export", "--all", "-o", archive)
      #expect(result.code == 74 && result.output.isEmpty)
      #expect(
        result.errors == "impasto: error: \(archive): cannot be written: file too large\n")
      #expect(try FileBytes.read(archive, limit: 10) == [1, 2, 3])
      #expect(try FileManager.default.contentsOfDirectory(atPath: "\(folder)/out") == ["all.zip"])
    }
  }

  @Test func `looking creates nothing, and mistakes are told apart`() throws {
    try withTemporaryFolder { (folder: String) throws in
      let program = Program(home: "\(folder)/home")
      #expect(try program.run("favorites", "list").output == "no favorites\n")
      #expect(try program.run("favorites", "show", "1f").code == 66)
      #expect(try program.run("favorites", "export", "-o", "x").code == 64)
      let export = try program.run("favorites", "export", "--all", "-o", "\(folder)/x.zip")
      #expect(export.code == 66 && export.errors.contains("there are no favorites"))
      #expect(!FileManager.default.fileExists(atPath: "\(folder)/home"))
      #expect(try program.run("favorites", "import", "\(folder)/none.png").code == 66)
    }
  }

  /// Kills what renders and keeps favorites, at random moments; see `Tests/Recovery/kill.py`.
  @Test func `no kill costs an acknowledged favorite or more than the last seconds of a run`()
    throws
  {
    let rounds = ProcessInfo.processInfo.environment["IMPASTO_KILL_ROUNDS"] ?? "20"
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../Recovery/kill.py").path
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", script, Program.executable.path, thinModel, rounds]
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let said = String(
      decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(said)")
  }
}
