import Testing

@testable import Terminal

@Suite struct TerminalEnvironmentTests {
  private func traits(_ environment: [String: String], known: Int? = 256) -> TerminalTraits {
    TerminalTraits(
      environment: ["LANG": "en_US.UTF-8"].merging(environment) { $1 }, knownColors: known)
  }

  @Test func `colors follow what the environment says`() {
    #expect(traits(["TERM": "xterm-256color"]).colors == .indexed)
    #expect(traits(["TERM": "xterm-256color", "COLORTERM": "truecolor"]).colors == .direct)
    #expect(traits(["TERM": "tmux-256color", "COLORTERM": "24bit"]).colors == .direct)
    #expect(traits(["TERM": "xterm-kitty"]).colors == .direct)
    #expect(traits(["TERM": "foot-extra"]).colors == .direct)
    #expect(traits(["TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"]).colors == .direct)
    #expect(traits(["TERM": "xterm-256color", "VTE_VERSION": "7001"]).colors == .direct)
    #expect(traits(["TERM": "linux"], known: 8).colors == .sixteen)
    #expect(traits(["TERM": "vt100"], known: -1).colors == .none)
    #expect(traits(["TERM": "xterm-direct"], known: 1 << 24).colors == .direct)
  }

  @Test func `a multiplexer hides the terminal it is shown on`() {
    let inside = ["TERM": "tmux-256color", "TMUX": "/tmp/x,1,0", "TERM_PROGRAM": "WezTerm"]
    #expect(traits(inside).colors == .indexed)
  }

  @Test func `NO_COLOR wins unless it is empty`() {
    #expect(traits(["TERM": "xterm-kitty", "NO_COLOR": "0"]).colors == .none)
    #expect(traits(["TERM": "xterm-256color", "NO_COLOR": ""]).colors == .indexed)
  }

  @Test func `characters follow the locale and the console's font`() {
    #expect(traits(["TERM": "xterm"]).glyphs == .full)
    #expect(traits(["TERM": "linux"]).glyphs == .blocks)
    #expect(traits(["TERM": "xterm", "LC_ALL": "C"]).glyphs == .ascii)
    #expect(traits(["TERM": "xterm", "LC_ALL": "", "LANG": "de_DE.utf8"]).glyphs == .full)
    #expect(traits(["TERM": "xterm", "LC_CTYPE": "POSIX"]).glyphs == .ascii)
    #expect(traits(["TERM": "xterm", "LC_ALL": "C"]).graphics == .ascii)
  }
}
