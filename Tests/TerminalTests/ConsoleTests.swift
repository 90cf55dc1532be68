import Foundation
import TestSupport
import Testing

@Suite struct ConsoleTests {
  /// The host is built beside the tests.
  private static let host =
    URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent().appendingPathComponent("ConsoleHost").path

  /// A terminal on which the host has drawn its first frame.
  private func ready(
    _ changes: [String: String] = [:], columns: Int = 80, rows: Int = 24
  ) throws -> (terminal: PseudoTerminal, modes: String) {
    let terminal = try PseudoTerminal(columns: columns, rows: rows)
    let modes = terminal.modes
    var environment = [
      "TERM": "xterm-256color", "LANG": "C.UTF-8", "HOME": "/nonexistent",
      "SWIFT_BACKTRACE": "enable=no",
    ]
    if let path = ProcessInfo.processInfo.environment["LD_LIBRARY_PATH"] {
      environment["LD_LIBRARY_PATH"] = path
    }
    try start(on: terminal, environment.merging(changes) { $1 })
    #expect(terminal.waitForText("ready"))
    #expect(terminal.waitForText("日本"))
    #expect(terminal.modes != modes)
    return (terminal, modes)
  }

  /// Starts the host and answers the last question of the probe, which spares the wait for it.
  private func start(on terminal: PseudoTerminal, _ environment: [String: String]) throws {
    try terminal.start(Self.host, environment: environment)
    if terminal.waitForText("\u{1B}[c") { terminal.send("\u{1B}[?62;22c") }
  }

  private func expectRestored(_ terminal: PseudoTerminal, _ modes: String) {
    #expect(terminal.modes == modes)
    let text = String(decoding: terminal.output, as: UTF8.self)
    for (on, off) in [
      ("\u{1B}[?1049h", "\u{1B}[?1049l"), ("\u{1B}[?25l", "\u{1B}[?25h"),
      ("\u{1B}[?1002h", "\u{1B}[?1002l"), ("\u{1B}[?1006h", "\u{1B}[?1006l"),
      ("\u{1B}[?2004h", "\u{1B}[?2004l"), ("\u{1B}[?1h", "\u{1B}[?1l"),
    ] {
      let last = text.range(of: on, options: .backwards)
      let ended = last.map { text[$0.upperBound...].contains(off) }
      #expect(ended == true, "\(off.dropFirst()) must follow \(on.dropFirst())")
    }
  }

  @Test func `leaving restores the terminal`() throws {
    let (terminal, modes) = try ready()
    terminal.send("q")
    #expect(terminal.waitForEnd() == 0)
    expectRestored(terminal, modes)
    #expect(String(decoding: terminal.output, as: UTF8.self).hasSuffix("left well\r\n"))
  }

  @Test(arguments: [SIGTERM, SIGHUP, SIGINT])
  func `a request to end arrives as an event`(signal: Int32) throws {
    let (terminal, modes) = try ready()
    terminal.signal(signal)
    #expect(terminal.waitForEnd() == 0)
    expectRestored(terminal, modes)
  }

  @Test(arguments: [SIGSEGV, SIGILL, SIGBUS, SIGFPE, SIGABRT, SIGTRAP, SIGQUIT])
  func `a crash restores the terminal and keeps its signal`(signal: Int32) throws {
    let (terminal, modes) = try ready()
    terminal.signal(signal)
    #expect(terminal.waitForEnd() == -signal)
    expectRestored(terminal, modes)
  }

  @Test func `a fatal error restores the terminal and is read afterward`() throws {
    let (terminal, modes) = try ready()
    terminal.send("c")
    let end = terminal.waitForEnd()
    #expect(end == -SIGILL || end == -SIGTRAP)
    expectRestored(terminal, modes)
    let text = String(decoding: terminal.output, as: UTF8.self)
    let screenEnd = try #require(text.range(of: "\u{1B}[?1049l"))
    #expect(text[screenEnd.upperBound...].contains("Fatal error: asked to"))
  }

  @Test func `an exit that forgets to close restores the terminal`() throws {
    let (terminal, modes) = try ready()
    terminal.send("o")
    #expect(terminal.waitForEnd() == 3)
    expectRestored(terminal, modes)
  }

  @Test func `unchanged frames and idling write nothing`() throws {
    let outputs = try ["n", "sssisss" + "n"].map { keys in
      // What it heard must fit on a line.
      let (terminal, _) = try ready(columns: 200)
      terminal.send(keys)
      #expect(terminal.waitForText("\"n\""))
      terminal.send("q")
      _ = terminal.waitForEnd()
      return terminal.output
    }
    #expect(outputs[0] == outputs[1])
  }

  @Test func `colors go out exactly`() throws {
    let (terminal, _) = try ready(["COLORTERM": "truecolor"])
    #expect(terminal.waitForText("38;2;1;2;3"))
    #expect(terminal.waitForText("48;2;250;128;0"))
  }

  @Test func `more colors than there are pairs repaint without clearing`() throws {
    let (terminal, _) = try ready(["COLORTERM": "truecolor"], columns: 250, rows: 80)
    for _ in 0..<6 {
      let start = terminal.output.count
      terminal.send("g")
      #expect(terminal.waitForText("▀", from: start))
    }
    terminal.send("q")
    #expect(terminal.waitForEnd() == 0)
    let text = String(decoding: terminal.output, as: UTF8.self)
    #expect(text.components(separatedBy: "\u{1B}[H\u{1B}[2J").count == 2)
  }

  @Test func `without UTF-8 nothing but ASCII goes out`() throws {
    let terminal = try PseudoTerminal(columns: 80, rows: 24)
    try start(on: terminal, ["TERM": "xterm-256color", "LANG": "C", "HOME": "/nonexistent"])
    #expect(terminal.waitForText("ready"))
    terminal.send("q")
    #expect(terminal.waitForEnd() == 0)
    #expect(terminal.output.allSatisfy { $0 < 0x80 })
  }

  @Test func `NO_COLOR leaves colors out`() throws {
    let (terminal, _) = try ready(["NO_COLOR": "1", "COLORTERM": "truecolor"])
    terminal.send("q")
    #expect(terminal.waitForEnd() == 0)
    #expect(!String(decoding: terminal.output, as: UTF8.self).contains("\u{1B}[38"))
  }

  @Test func `a resize is told and drawn`() throws {
    let (terminal, _) = try ready()
    terminal.resize(columns: 100, rows: 30)
    #expect(terminal.waitForText("resized"))
    terminal.send("q")
    #expect(terminal.waitForEnd() == 0)
  }

  @Test(arguments: [
    ["TERM": "dumb"], ["TERM": ""], ["TERM": "no-such-terminal"], ["TERM": "../../etc/passwd"],
  ])
  func `a terminal that will not do is refused`(environment: [String: String]) throws {
    let terminal = try PseudoTerminal(columns: 80, rows: 24)
    try terminal.start(Self.host, environment: environment.merging(["LANG": "C.UTF-8"]) { $1 })
    #expect(terminal.waitForEnd() == 1)
    #expect(String(decoding: terminal.output, as: UTF8.self).contains("cannot open: TERM"))
  }

  @Test func `suspending goes on at once where no shell could wake it`() throws {
    let (terminal, modes) = try ready()
    let start = terminal.output.count
    terminal.send("z")
    #expect(terminal.waitForText("resumed", from: start))
    #expect(terminal.modes != modes)
    let text = String(decoding: terminal.output[start...], as: UTF8.self)
    let left = try #require(text.range(of: "\u{1B}[?1049l"))
    #expect(text[left.upperBound...].contains("\u{1B}[?1049h"))
    terminal.send("q")
    #expect(terminal.waitForEnd() == 0)
    expectRestored(terminal, modes)
  }

  @Test func `a terminal that goes away ends the program`() throws {
    let (terminal, _) = try ready()
    terminal.hangUp()
    #expect(terminal.waitForEnd() != nil)
  }
}
