import Foundation
import Pictures
import TestSupport
import Testing

extension Journeys {
  @Suite struct Readme {
    /// The lines that the README has its reader type, without comments.
    private static func commands() throws -> [String] {
      let blocks = try String(contentsOf: root.appendingPathComponent("README.md"), encoding: .utf8)
        .components(separatedBy: "```sh\n").dropFirst()
      return blocks.flatMap { block in
        block.components(separatedBy: "```")[0].split(separator: "\n").map { line in
          line.split(separator: "#", omittingEmptySubsequences: false)[0]
            .trimmingCharacters(in: .whitespaces)
        }
      }
    }

    private static let root = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().appendingPathComponent("../..").standardizedFileURL

    @Test func `every command in the README works`() async throws {
      let commands = try Self.commands()
      #expect(commands.count > 10 && commands.contains("impasto"))
      try await Workplace.visit { place in
        try Self.furnish(place)
        try place.terminal.run("PATH=\(place.folder)/bin:$PATH")
        #expect(try await place.terminal.waitForShell() == 0)
        let hasFilms = try await Self.makeFilms(place)
        // What is in /shared needs a cluster.
        for command in commands where !command.isEmpty && !command.contains("/shared") {
          if command.contains(" video "), !hasFilms { continue }
          let words = command.split(separator: " ")
          if words[0] == "make" {
            try #expect(Self.makefile.contains("\n\(words[1]):"), "\(command)")
          } else if words.count == 1 || words[1] == "studio" {
            try place.terminal.run(command)
            try await place.terminal.wait(for: words.contains("photo.jpg") ? "ready" : "choose")
            try place.terminal.press("q")
            #expect(try await place.terminal.waitForShell() == 0, "\(command)")
          } else {
            try place.terminal.run(command)
            #expect(try await place.terminal.waitForShell() == 0, "\(command)")
          }
        }
      }
    }

    /// Films of a second; false where there is no ffmpeg.
    private static func makeFilms(_ place: Workplace) async throws -> Bool {
      try place.terminal.run("command -v ffmpeg")
      guard try await place.terminal.waitForShell() == 0 else { return false }
      for name in ["film.mp4", "film.mkv"] {
        try place.terminal.run(
          "ffmpeg -loglevel error -f lavfi -i testsrc=size=64x48:rate=24:duration=1 \(name)")
        try #require(try await place.terminal.waitForShell() == 0)
      }
      return true
    }

    private static var makefile: String {
      get throws {
        try String(contentsOf: root.appendingPathComponent("Makefile"), encoding: .utf8)
      }
    }

    /// What the commands need: pictures, a recipe, networks, and a program that is soon done.
    private static func furnish(_ place: Workplace) throws {
      let photo = try PictureDecoder.decode("\(place.folder)/photo.png")
      for name in ["photo", "painting", "monet", "klee"] {
        try PictureEncoder.write(photo, to: "\(place.folder)/\(name).jpg")
      }
      try "content: photo.jpg\nstyles: [klee.jpg]\n"
        .write(toFile: "\(place.folder)/recipe.yaml", atomically: true, encoding: .utf8)
      try """
      contents: [photos]
      styles: [klee.jpg, {name: both, mix: [monet.jpg, {picture: klee.jpg, weight: 2}]}]
      recipe: {method: instant, size: 48}
      output: planned

      """.write(toFile: "\(place.folder)/plan.yaml", atomically: true, encoding: .utf8)
      try FileManager.default.createDirectory(
        atPath: "\(place.folder)/photos", withIntermediateDirectories: true)
      try PictureEncoder.write(photo, to: "\(place.folder)/photos/one.jpg")
      try RandomStylizer(.magenta).install(in: "\(place.home)/models")
      try RandomStylizer(.multistyle26).install(in: "\(place.home)/models")
      let script = """
        #!/bin/sh
        PATH=${PATH#*:}
        case "$1" in render | video) set -- "$@" --size 48 --iterations 3 ;; esac
        exec impasto "$@"

        """
      let folder = "\(place.folder)/bin"
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try script.write(toFile: "\(folder)/impasto", atomically: true, encoding: .utf8)
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o755], ofItemAtPath: "\(folder)/impasto")
    }
  }
}
