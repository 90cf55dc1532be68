import Testing

@testable import Terminal

@Suite struct GraphicsChoiceTests {
  private let traits = TerminalTraits(colors: .direct, glyphs: .full)

  private func evidence(
    _ name: String?, attributes: [Int]? = [62], kitty: Bool = false, sixelColors: Int? = nil,
    environment: [String: String] = ["TERM": "xterm-256color"], tmux: TmuxState? = nil
  ) -> GraphicsChoice.Evidence {
    var replies = ProbeReplies()
    replies.name = name
    replies.attributes = attributes
    replies.hasKittyGraphics = kitty
    replies.sixelColors = sixelColors
    return GraphicsChoice.Evidence(environment: environment, replies: replies, tmux: tmux)
  }

  private func choice(
    _ evidence: GraphicsChoice.Evidence, asked: TerminalTraits.Graphics? = nil
  ) -> (TerminalTraits.Graphics, String) {
    let choice = GraphicsChoice(evidence, traits: traits, asked: asked)
    return (choice.graphics, choice.reason)
  }

  @Test func `each terminal gets the best that it is known to show`() {
    #expect(choice(evidence("kitty(0.35.2)", kitty: true)) == (.kitty, "kitty 0.35"))
    #expect(choice(evidence("ghostty 1.1.3", kitty: true)) == (.kitty, "Ghostty 1.1"))
    #expect(choice(evidence("kitty(0.26.5)", kitty: true)) == (.symbols, "kitty before 0.28"))
    #expect(
      choice(evidence("WezTerm 20240203-110809-5046fc22", attributes: [65, 4], kitty: true)).0
        == .iterm)
    #expect(choice(evidence("iTerm2 3.5.0", attributes: [62, 4])) == (.iterm, "iTerm2 3.5"))
    #expect(
      choice(evidence("foot(1.16.2)", attributes: [62, 4, 22])) == (.sixel, "foot 1.16 has sixels"))
    #expect(
      choice(evidence("Konsole 23.08.5", attributes: [62, 1, 4], kitty: true)) == (
        .sixel, "Konsole 23.8 has sixels"
      ))
    #expect(
      choice(evidence("XTerm(379)", attributes: [63, 1, 2, 4], sixelColors: 256)) == (
        .sixel, "XTerm 379 has sixels"
      ))
    #expect(
      choice(evidence("XTerm(379)", attributes: [63, 1, 2, 4], sixelColors: 16)) == (
        .symbols, "16 sixel colors only"
      ))
    #expect(
      choice(evidence("XTerm(379)", attributes: [64, 1, 2])) == (
        .symbols, "XTerm 379 has no graphics"
      ))
    #expect(choice(evidence(nil)) == (.symbols, "the terminal has no graphics"))
    #expect(choice(evidence(nil, attributes: nil)) == (.symbols, "no reply"))
  }

  @Test func `the environment counts only where the terminal does not name itself`() {
    let code = ["TERM": "xterm-256color", "TERM_PROGRAM": "vscode"]
    #expect(choice(evidence(nil, attributes: [1, 2], environment: code)).0 == .symbols)
    #expect(choice(evidence(nil, attributes: [62, 4], environment: code)).0 == .iterm)
    let iterm = ["TERM": "xterm-256color", "TERM_PROGRAM": "iTerm.app"]
    #expect(choice(evidence(nil, environment: iterm)) == (.iterm, "iTerm.app"))
    #expect(choice(evidence("XTerm(379)", environment: iterm)).0 == .symbols)
  }

  @Test func `what is asked for is what there is`() {
    for asked in TerminalTraits.Graphics.allCases {
      #expect(choice(evidence("XTerm(379)"), asked: asked) == (asked, "asked for"))
    }
  }

  @Test func `under tmux there are symbols unless told otherwise`() {
    let environment = ["TERM": "tmux-256color", "TMUX": "/tmp/tmux-0/default,1,0"]
    let plain = evidence("tmux 3.3a", attributes: [1, 2], environment: environment)
    #expect(choice(plain) == (.symbols, "tmux"))
    #expect(GraphicsChoice(plain, traits: traits).hint == nil)
    #expect(choice(plain, asked: .kitty) == (.kitty, "asked for"))

    let able = evidence(
      "tmux 3.3a", environment: environment, tmux: TmuxState("1 xterm-kitty\n"))
    #expect(choice(able) == (.symbols, "tmux"))
    #expect(GraphicsChoice(able, traits: traits).hint?.contains("--graphics kitty") == true)

    let blocked = evidence(
      "tmux 3.3a", environment: environment, tmux: TmuxState("off xterm-ghostty\n"))
    let hint = GraphicsChoice(blocked, traits: traits, asked: .kitty).hint
    #expect(hint?.contains("allow-passthrough") == true)
  }

  @Test func `without Unicode there is ASCII, and Kitty's cells need colors`() {
    let kitty = evidence("kitty(0.35.2)", kitty: true)
    let plain = TerminalTraits(colors: .direct, glyphs: .ascii)
    #expect(GraphicsChoice(kitty, traits: plain).graphics == .ascii)
    #expect(GraphicsChoice(kitty, traits: plain, asked: .symbols).graphics == .ascii)
    let gray = TerminalTraits(colors: .none, glyphs: .full)
    #expect(GraphicsChoice(kitty, traits: gray).graphics == .symbols)
    #expect(GraphicsChoice(kitty, traits: gray, asked: .kitty).graphics == .symbols)
  }

  @Test func `the extent of a cell comes from whoever makes sense`() {
    var replies = ProbeReplies()
    // With a border of seven pixels each way.
    let window = WindowExtent(columns: 90, rows: 30, width: 814, height: 607)
    #expect(window.cell(replies) == .init(width: 9, height: 20))
    replies.cell = .init(width: 10, height: 21)
    #expect(window.cell(replies) == .init(width: 10, height: 21))
    replies.cell = .init(width: 0, height: 0)
    #expect(window.cell(replies) == .init(width: 9, height: 20))
    let silent = WindowExtent(columns: 80, rows: 24)
    #expect(silent.cell(replies) == nil)
    replies.textArea = .init(width: 720, height: 480)
    #expect(silent.cell(replies) == .init(width: 9, height: 20))
    #expect(WindowExtent(columns: 80, rows: 24, width: 80, height: 24).cell(ProbeReplies()) == nil)
  }

  @Test func `what the name says refines the colors, and tmux's pixels are not believed`() {
    let indexed = TerminalTraits(colors: .indexed, glyphs: .full)
    var known = evidence("foot(1.16.2)", attributes: [62, 4])
    known.window = WindowExtent(columns: 80, rows: 24, width: 800, height: 480)
    let (foot, report) = TerminalProbe.decide(known, indexed, asked: nil)
    #expect(foot.colors == .direct)
    #expect(foot.cell == .init(width: 10, height: 20))
    #expect(!report.isCellGuessed)
    known.environment["TMUX"] = "x"
    known.replies.name = "tmux 3.3a"
    let (tmux, _) = TerminalProbe.decide(known, indexed, asked: nil)
    #expect(tmux.colors == .indexed)
    #expect(tmux.cell == TerminalTraits().cell)
    #expect(tmux.isInsideTmux)
    let (gray, _) = TerminalProbe.decide(
      evidence("foot(1.16.2)"), TerminalTraits(colors: .none), asked: nil)
    #expect(gray.colors == .none)
  }

  @Test func `names and versions are told apart`() {
    #expect(TerminalVersion("kitty(0.35.2)") == TerminalVersion("kitty 0.35.2"))
    #expect(TerminalVersion("WezTerm 20240203-110809-5046fc22").numbers == [20_240_203])
    #expect(TerminalVersion("kitty(0.28.0)").isAtLeast(0, 28))
    #expect(!TerminalVersion("kitty(0.9.1)").isAtLeast(0, 28))
    #expect(TerminalVersion("").numbers.isEmpty)
  }

  @Test func `tmux is not asked what it would take for a title`() {
    func text(_ environment: [String: String]) -> String {
      String(decoding: ProbeQueries.bytes(environment: environment), as: UTF8.self)
    }
    for environment in [
      ["TMUX": "x"], ["TERM": "tmux-256color"], ["STY": "1.pts"], ["TERM": "screen"],
    ] {
      #expect(!text(environment).contains("_G"))
    }
    #expect(!text(["TERM": "linux"]).contains("_G"))
    #expect(text(["TERM": "xterm-kitty"]).contains("_Gi=31"))
    #expect(text([:]).hasSuffix("\u{1B}[c"))
  }
}
