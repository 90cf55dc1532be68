import Foundation
import Testing

extension Journeys {
  @Suite struct Browsing {
    @Test func `files of all names are shown plainly and can be chosen`() async throws {
      try await Workplace.visit { place in
        let terminal = place.terminal
        let folder = "\(place.folder)/odd"
        try FileManager.default.createDirectory(
          atPath: folder, withIntermediateDirectories: false)
        let names: [[UInt8]] =
          [
            "a\tb\n.png", "\u{1B}[31mred\u{1B}]0;title\u{7}.png", "emoji 🎨👩‍🎨.png", "漢字.png",
            "e\u{301}.png", "\u{202E}gnp.png",
          ].map { Array($0.utf8) } + [[0x66, 0xFF, 0xFE] + Array(".png".utf8)]
        for name in names { try place.link("photo.png", to: Array("\(folder)/".utf8) + name) }
        try Data("no picture".utf8).write(to: URL(fileURLWithPath: "\(folder)/broken.png"))
        let photo = try Data(contentsOf: URL(fileURLWithPath: "\(place.folder)/photo.png"))
        try photo.prefix(photo.count / 2).write(to: URL(fileURLWithPath: "\(folder)/half.png"))
        mkfifo("\(folder)/pipe.png", 0o600)

        try terminal.run("impasto studio photo.png")
        try await terminal.wait(for: "now add a painting")
        try await place.browse(to: folder, with: "a")
        let screen = try await terminal.wait(for: "9 of 10")
        for text in [
          "a�b�.png", "�[31mred�]0;title�.png", "emoji 🎨", "漢字.png", "f��.png", "broken.png",
          "half.png",
        ] {
          #expect(screen.contains(text), "\(text) in\n\(screen)")
        }
        // Every name has been looked at, and the frame still stands where it should.
        try terminal.press(Array(repeating: "Down", count: 12))
        let rows = try await terminal.waitForStillness().rows
        let frames = rows[3..<36].map { row in
          row.split(separator: "│", omittingEmptySubsequences: false).prefix(2).map(\.columns)
        }
        #expect(Set(frames).count == 1, "\(rows.joined(separator: "\n"))")

        try terminal.type("half")
        try await terminal.wait(for: "filter: half")
        try await terminal.wait(for: "damaged")
        try terminal.press("Enter")
        try await terminal.wait(for: "half.png: ")
        try terminal.press("C-u")
        try terminal.type("f")
        try await terminal.wait(for: "filter: f")
        try terminal.press("Home", "Enter")
        try await terminal.wait(for: "ready")
        try terminal.press("a")
        try await terminal.wait(for: "Ctrl-E path")
        try terminal.press("Escape")
        try await terminal.wait(for: "ready")
        try terminal.press("q")
        #expect(try await terminal.waitForShell() == 0)
      }
    }

    @Test func `a folder that vanishes is told and can be left`() async throws {
      try await Workplace.visit { place in
        let terminal = place.terminal
        let folder = "\(place.folder)/brief"
        try FileManager.default.createDirectory(
          atPath: folder, withIntermediateDirectories: false)
        for number in 0..<60 {
          try place.link("photo.png", to: Array("\(folder)/\(number).png".utf8))
        }
        try terminal.run("impasto")
        try await terminal.wait(for: "choose a photograph")
        try await place.browse(to: folder, with: "o")
        try await terminal.wait(for: "60, by name")
        try FileManager.default.removeItem(atPath: folder)
        try terminal.press("End")
        try await terminal.wait(for: "no such file")
        try terminal.press("C-r")
        try await terminal.wait(for: "no such folder")
        try terminal.press("BSpace")
        try await terminal.wait(for: "painting.jpg")
        try terminal.press("Escape")
        try await terminal.wait(for: "choose a photograph")
        try terminal.press("q")
        #expect(try await terminal.waitForShell() == 0)
      }
    }

    @Test func `ten thousand files are no matter`() async throws {
      try await Workplace.visit { place in
        let terminal = place.terminal
        let folder = "\(place.folder)/many"
        try FileManager.default.createDirectory(
          atPath: folder, withIntermediateDirectories: false)
        for number in 1...10_000 {
          try place.link("photo.png", to: Array("\(folder)/picture \(number).png".utf8))
        }
        try terminal.run("impasto")
        try await terminal.wait(for: "choose a photograph")
        try await place.browse(to: folder, with: "o")
        try await terminal.wait(for: "picture 2.png")
        try terminal.press("End")
        try await terminal.wait(for: "picture 10000.png")
        try terminal.type("7777")
        try await terminal.wait(for: "picture 7777.png")
        try await terminal.wait(for: "96×64")
        try terminal.press("Down", "Enter")
        try await terminal.wait(for: "now add a painting")
        #expect(terminal.screen.contains("picture 7777"))
        try terminal.press("q")
        #expect(try await terminal.waitForShell() == 0)
      }
    }
  }
}

extension Workplace {
  /// Makes another name, which need not be text, for one of the pictures.
  fileprivate func link(_ name: String, to path: [UInt8]) throws {
    let made = (path + [0]).map { CChar(bitPattern: $0) }.withUnsafeBufferPointer { path in
      path.baseAddress.map { Foundation.link("\(folder)/\(name)", $0) }
    }
    try #require(made == 0)
  }

  /// Opens the browser with a key and goes to a folder by its path.
  func browse(to path: String, with key: String) async throws {
    try terminal.press(key)
    try await terminal.wait(for: "Ctrl-E path")
    try terminal.type(path)
    try await terminal.wait(for: "go  Tab complete")
    try terminal.press("Enter")
    try await terminal.wait(for: "Ctrl-E path")
  }
}

extension Substring {
  /// The width on a terminal, as far as the names here go.
  fileprivate var columns: Int {
    unicodeScalars.reduce(0) { width, scalar in
      switch scalar.properties.generalCategory {
      case .nonspacingMark, .format: width
      default:
        width + (scalar.properties.isEmojiPresentation || scalar.properties.isIdeographic ? 2 : 1)
      }
    }
  }
}
