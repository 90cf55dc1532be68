import Foundation
import TestSupport
import Testing

@testable import Terminal

@Suite struct TerminfoEntryTests {
  /// What infocmp reads from an entry that is handed over as ncurses gets it; without one, from a file.
  private func infocmp(_ entry: TerminfoEntry?, _ type: String) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/infocmp")
    process.arguments = ["-1", "-x", type]
    process.environment = try entry.map { ["TERMINFO": try #require($0.environmentValue)] } ?? [:]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return String(decoding: output, as: UTF8.self)
  }

  /// In Debian, these are part of ncurses-base, which is always there.
  @Test(arguments: ["xterm-256color", "xterm", "linux", "tmux-256color", "screen", "vt100", "rxvt"])
  func `entries of the database survive being read and written`(type: String) throws {
    let entry = try #require(TerminfoEntry.find(type, environment: [:]))
    let compiled = try #require(entry.compiled)
    #expect(try TerminfoEntry(compiled) == entry)
    let lines = try infocmp(nil, type)
    // The first line tells where it came from.
    #expect(
      try infocmp(entry, type).split(separator: "\n").dropFirst()
        == lines.split(separator: "\n").dropFirst())
  }

  @Test(arguments: ["xterm-256color", "xterm", "tmux-256color"])
  func `direct color is what infocmp reads`(type: String) throws {
    let entry = try #require(TerminfoEntry.find(type, environment: [:])?.withDirectColor)
    let text = try infocmp(entry, type)
    for line in [
      "RGB", "colors#16777472", "pairs#0x10000",
      #"setaf=\E[38;%?%p1%{16777216}%<%t2;%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;%p1%{255}%&%d%e5;%p1%{255}%&%d%;m"#,
    ] {
      #expect(text.contains("\t\(line),\n"), "\(line)")
    }
    #expect(!text.contains("\tccc,") && !text.contains("\tinitc="))
    #expect(text.contains("\tcup=\\E[%i%p1%d;%p2%dH,"))
  }

  @Test func `damaged entries are refused or read, never trusted`() throws {
    let entry = try #require(TerminfoEntry.find("xterm-256color", environment: [:]))
    let whole = try #require(entry.compiled)
    for length in stride(from: 0, to: whole.count, by: 7) {
      _ = try? TerminfoEntry(Array(whole[..<length]))
    }
    for place in 0..<whole.count {
      var bytes = whole
      bytes[place] ^= UInt8(truncatingIfNeeded: place &* 37 | 1)
      if let damaged = try? TerminfoEntry(bytes) { _ = damaged.withDirectColor?.compiled }
    }
    #expect(throws: TerminfoEntry.Malformed.self) { try TerminfoEntry([]) }
    #expect(throws: TerminfoEntry.Malformed.self) {
      try TerminfoEntry([UInt8](repeating: 0xFF, count: 64))
    }
  }

  @Test func `names that are no names find nothing`() {
    for name in ["", ".", "..", "../../etc/passwd", "/etc/passwd", "x/y", "xterm\0"] {
      #expect(TerminfoEntry.find(name, environment: ["TERMINFO": "/usr/share/terminfo"]) == nil)
    }
  }
}
