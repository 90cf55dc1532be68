import Foundation
import Pictures
import Recipes
import Testing

extension Journeys {
  @Suite struct Leaving {
    @Test func `unsaved work is asked about, and kept in any case`() async throws {
      try await Workplace.visit { place in
        let terminal = place.terminal
        try await place.openStudio()
        try await place.startPainting()
        try terminal.press("q")
        try await terminal.wait(for: "Leave without saving?")
        try terminal.press("n")
        try await terminal.wait(until: "the question is gone") { !$0.contains("Leave without") }
        try await place.waitForProgress()
        try await place.leave()
        try place.expectOneRescuedPicture()
        #expect(terminal.screen.contains("not saved, but kept: "))
      }
    }

    @Test func `what is saved needs no question`() async throws {
      try await Workplace.visit { place in
        let terminal = place.terminal
        try await place.openStudio()
        try await place.startPainting(iterations: 20)
        try await terminal.wait(for: "done after 20 iterations")
        try terminal.press("s", "Enter")
        try await terminal.wait(for: "saved as photo-painting.png")
        try terminal.press("s", "Enter")
        try await terminal.wait(for: "Replace the file?")
        try terminal.press("n", "q")
        #expect(try await terminal.waitForShell() == 0)
        #expect(place.names(in: "home/rescued").isEmpty)
        #expect(try PictureDecoder.decode("\(place.folder)/photo-painting.png").width == 64)
      }
    }

    @Test(arguments: [(SIGTERM, "TERM"), (SIGHUP, "HUP")])
    func `a request to end leaves a sane terminal and the work`(
      signal: Int32, name: String
    ) async throws {
      try await Workplace.visit { place in
        let terminal = place.terminal
        try await place.openStudioBelowShell()
        try await place.startPainting()
        kill(try place.process, signal)
        #expect(try await terminal.waitForShell() == 128 + Int(signal))
        try terminal.expectSanity()
        #expect(terminal.screen.contains("not saved, but kept: "))
        try place.expectOneRescuedPicture()
      }
    }

    @Test(arguments: [(SIGSEGV, "SEGV"), (SIGABRT, "ABRT")])
    func `a crash leaves a sane terminal, and the next start finds the work`(
      signal: Int32, name: String
    ) async throws {
      try await Workplace.visit { place in
        let terminal = place.terminal
        try await place.openStudioBelowShell()
        try await place.startPainting()
        try await place.pause()
        try await place.waitForCheckpoint()
        kill(try place.process, signal)
        #expect(try await terminal.waitForShell() == 128 + Int(signal))
        try terminal.expectSanity()

        try terminal.run("clear; impasto studio photo.png painting.jpg")
        try await terminal.wait(for: "A run was cut short")
        try terminal.press("Escape")
        try await terminal.wait(for: "the run stays in the history")
        try terminal.press("q")
        #expect(try await terminal.waitForShell() == 0)
        #expect(place.names(in: "home/rescued").isEmpty)
      }
    }

    @Test func `Ctrl-Z gives the shell its terminal, fg takes it again`() async throws {
      try await Workplace.visit { place in
        let terminal = place.terminal
        try await place.openStudio()
        try await place.startPainting()
        let paused = try await place.pause()
        try terminal.press("C-z")
        #expect(try await terminal.waitForShell() == 128 + Int(SIGTSTP))
        try terminal.run("echo $((6 * 7)); stty -a")
        #expect(try await terminal.waitForShell() == 0)
        #expect(terminal.screen.contains("\n42\n"))
        try terminal.expectSanity()

        try terminal.run("fg")
        try await terminal.wait(until: "everything is back:\n\(paused)") { $0 == paused }
        #expect(
          try terminal.modes
            == .init(isAlternateScreen: true, reportsMouse: true, showsCursor: false))
        try terminal.press("Space")
        try await place.waitForProgress()
        try terminal.press("C-z")
        #expect(try await terminal.waitForShell() == 128 + Int(SIGTSTP))
        try terminal.run("fg")
        try await terminal.wait(for: "running")
        try await place.waitForProgress()
        try await place.leave()
      }
    }

    @Test func `a picture that cannot be written stays`() async throws {
      try await Workplace.visit { place in
        let terminal = place.terminal
        // Like a disk that is full after four kilobytes.
        try terminal.run("trap '' XFSZ; ulimit -S -f 4")
        try await place.openStudio()
        try await place.startPainting(iterations: 20)
        try await terminal.wait(for: "done after 20 iterations")
        for (path, complaint) in [
          ("none/result.png", "✗ result.png: cannot be created: no such file or directory"),
          ("result.png", "✗ result.png: cannot be written: file too large"),
        ] {
          try terminal.press("s", "C-u")
          try terminal.type(path)
          try terminal.press("Enter")
          try await terminal.wait(for: complaint)
        }
        #expect(
          try FileManager.default.contentsOfDirectory(atPath: place.folder).sorted()
            == ["home", "painting.jpg", "photo.png", "tmux-\(getuid())"])
        try terminal.press("f")
        try await terminal.wait(for: "✗ 20")
        #expect(place.names(in: "home/pictures").isEmpty)

        // Somebody makes room.
        let limits = Process()
        limits.executableURL = URL(fileURLWithPath: "/usr/bin/prlimit")
        limits.arguments = ["--pid", "\(try place.process)", "--fsize=unlimited"]
        try limits.run()
        limits.waitUntilExit()
        try terminal.press("s", "Enter")
        try await terminal.wait(for: "saved as result.png")
        #expect(try PictureDecoder.decode("\(place.folder)/result.png").width == 64)
        try terminal.press("q")
        #expect(try await terminal.waitForShell() == 0)
      }
    }
  }
}

extension Workplace {
  /// Opens the studio where no interactive shell can repair the terminal behind it.
  fileprivate func openStudioBelowShell() async throws {
    let line = "impasto studio photo.png painting.jpg; code=$?; stty -a; exit $code"
    try terminal.run("sh -c '\(line)'")
    try await terminal.wait(for: "takes about")
  }

  fileprivate func expectOneRescuedPicture(
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let names = names(in: "home/rescued")
    let stem = try #require(
      names.first?.split(separator: ".").first, sourceLocation: sourceLocation)
    #expect(names == ["\(stem).png", "\(stem).yaml"], sourceLocation: sourceLocation)
    let path = "\(home)/rescued/\(stem)"
    #expect(try PictureDecoder.decode("\(path).png").width == 64, sourceLocation: sourceLocation)
    #expect(try RecipeFile.read("\(path).yaml").size == 64, sourceLocation: sourceLocation)
  }
}

extension TmuxTerminal {
  /// Expects the modes of a shell, in tmux and in what `stty -a` printed last.
  fileprivate func expectSanity(sourceLocation: SourceLocation = #_sourceLocation) throws {
    #expect(try modes == .shell, sourceLocation: sourceLocation)
    let screen = screen
    let words = screen.split(whereSeparator: \.isWhitespace)
    for mode in ["echo", "icanon", "isig", "icrnl", "opost"] {
      #expect(
        words.contains(Substring(mode)), "\(mode) in\n\(screen)", sourceLocation: sourceLocation)
    }
  }
}
