import Foundation
import Testing

@testable import Terminal

@Suite(.serialized) struct TerminalProbeTests {
  /// Terminals as they answer.
  enum Kind: String, CaseIterable, Sendable {
    case kitty, oldKitty, ghostty, xtermWithSixels, xterm, iTerm2, wezTerm, foot, tmux, silent
    case rubbish

    var answers: [(query: String, reply: String)] {
      let version = "\u{1B}[>q"
      let kitty = "\u{1B}_Gi=31"
      let synchronized = ("\u{1B}[?2026$p", "\u{1B}[?2026;2$y")
      func attributes(_ reply: String) -> (String, String) { ("\u{1B}[c", "\u{1B}[\(reply)c") }
      func name(_ name: String) -> (String, String) { (version, "\u{1B}P>|\(name)\u{1B}\\") }
      let yes = (kitty, "\u{1B}_Gi=31;OK\u{1B}\\")
      let cell = ("\u{1B}[16t", "\u{1B}[6;20;9t")
      switch self {
      case .kitty: return [name("kitty(0.35.2)"), yes, cell, synchronized, attributes("?62;")]
      case .oldKitty: return [name("kitty(0.26.5)"), yes, cell, synchronized, attributes("?62;")]
      case .ghostty:
        return [name("ghostty 1.1.3"), yes, cell, synchronized, attributes("?62;22;52")]
      case .xtermWithSixels:
        return [
          name("XTerm(379)"), ("\u{1B}[?1;3;256S", "\u{1B}[?1;0;256S"),
          ("\u{1B}[?2;4;0S", "\u{1B}[?2;0;1000;1000S"), attributes("?63;1;2;4;6;9"),
        ]
      case .xterm: return [name("XTerm(379)"), attributes("?64;1;2;6;9")]
      case .iTerm2: return [name("iTerm2 3.5.4"), cell, attributes("?62;4")]
      case .wezTerm:
        return [name("WezTerm 20240203-110809-5046fc22"), yes, cell, attributes("?65;4;6;18;22")]
      case .foot: return [name("foot(1.16.2)"), cell, synchronized, attributes("?62;4;22")]
      case .tmux: return [name("tmux 3.3a"), attributes("?1;2")]
      case .silent: return []
      case .rubbish:
        return [(version, "\u{1B}P\u{1B}[;;;\u{1B}]\u{7}\u{FF}\u{0}qqq\u{1B}[999999999999c")]
      }
    }

    var environment: [String: String] {
      self == .tmux ? ["TERM": "tmux-256color", "TMUX": "x"] : ["TERM": "xterm-256color"]
    }

    var expected: (TerminalTraits.Graphics, String) {
      switch self {
      case .kitty: (.kitty, "kitty 0.35")
      case .oldKitty: (.symbols, "kitty before 0.28")
      case .ghostty: (.kitty, "Ghostty 1.1")
      case .xtermWithSixels: (.sixel, "XTerm 379 has sixels")
      case .xterm: (.symbols, "XTerm 379 has no graphics")
      case .iTerm2: (.iterm, "iTerm2 3.5")
      case .wezTerm: (.iterm, "WezTerm 20240203")
      case .foot: (.sixel, "foot 1.16 has sixels")
      case .tmux: (.symbols, "tmux")
      case .silent: (.symbols, "no reply")
      case .rubbish: (.symbols, "no reply")
      }
    }
  }

  private func probe(
    _ kind: Kind, _ terminal: FakeTerminal, asked: TerminalTraits.Graphics? = nil
  ) -> (TerminalTraits, TerminalReport) {
    TerminalProbe.traits(
      startingFrom: TerminalTraits(colors: .indexed, glyphs: .full), asked: asked,
      tty: terminal.tty, environment: kind.environment)
  }

  @Test(arguments: Kind.allCases, [FakeTerminal.Manner.atOnce, .byteByByte])
  func `a terminal is recognized, and left as it was`(kind: Kind, manner: FakeTerminal.Manner)
    throws
  {
    let terminal = try FakeTerminal(answers: kind.answers, manner: manner)
    defer { terminal.close() }
    let before = terminal.modes
    let (traits, report) = probe(kind, terminal)
    #expect((traits.graphics, traits.graphicsReason) == kind.expected)
    #expect(report.reason == traits.graphicsReason)
    #expect(terminal.modes == before)
    #expect(!before.isEmpty)
    #expect(terminal.unread().isEmpty)
    #expect(traits.isSynchronized == kind.answers.contains { $0.query.contains("2026") })
    #expect(!terminal.queries.contains("_G") == (kind == .tmux))
  }

  @Test func `a cell's extent comes from the window where the terminal does not tell`() throws {
    let terminal = try FakeTerminal(answers: Kind.xtermWithSixels.answers)
    defer { terminal.close() }
    let (traits, report) = probe(.xtermWithSixels, terminal)
    #expect(traits.cell == .init(width: 9, height: 20))
    #expect(traits.pictureLimit == .init(width: 1000, height: 1000))
    #expect(report.sixelColors == 256)
  }

  @Test func `what is asked for needs no answer`() throws {
    let terminal = try FakeTerminal(answers: [])
    defer { terminal.close() }
    let (traits, _) = probe(.silent, terminal, asked: .sixel)
    #expect((traits.graphics, traits.graphicsReason) == (.sixel, "asked for"))
  }

  @Test func `what is no terminal is not asked`() throws {
    let file = open("/dev/null", O_RDWR)
    defer { close(file) }
    let (traits, report) = TerminalProbe.traits(
      startingFrom: TerminalTraits(), asked: nil, tty: file, environment: [:])
    #expect((traits.graphics, traits.graphicsReason) == (.symbols, "no reply"))
    #expect(report.isCellGuessed)
    let text = String(decoding: try JSONEncoder().encode(report), as: UTF8.self)
    #expect(text.contains("\"reason\":\"no reply\""))
  }
}
