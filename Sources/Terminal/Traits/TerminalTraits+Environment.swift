/// What the environment tells of a terminal.
extension TerminalTraits {
  /// Traits as far as they can be known without asking the terminal.
  public init(environment: [String: String]) {
    self.init(
      environment: environment,
      knownColors: TerminfoEntry.find(environment["TERM"] ?? "", environment: environment)?.colors)
  }

  /// As above, with the number of colors that the terminal database knows; nil without an entry.
  init(environment: [String: String], knownColors: Int?) {
    let glyphs = Self.glyphs(environment)
    self.init(
      colors: Self.colors(environment, known: knownColors), glyphs: glyphs,
      graphics: glyphs == .ascii ? .ascii : .symbols,
      graphicsReason: Self.isMultiplexed(environment) ? "tmux" : "")
  }

  /// Whether tmux or screen stands between us and the terminal.
  static func isMultiplexed(_ environment: [String: String]) -> Bool {
    let type = environment["TERM"] ?? ""
    return environment["TMUX"] != nil || environment["STY"] != nil || type.hasPrefix("tmux")
      || type.hasPrefix("screen")
  }

  /// Whether the locale asks for UTF-8.
  static func wantsUTF8(_ environment: [String: String]) -> Bool {
    let locale =
      ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
    let name = locale.lowercased()
    return name.contains("utf-8") || name.contains("utf8")
  }

  private static func glyphs(_ environment: [String: String]) -> Glyphs {
    guard wantsUTF8(environment) else { return .ascii }
    return environment["TERM"] == "linux" ? .blocks : .full
  }

  private static func colors(_ environment: [String: String], known: Int?) -> Colors {
    // Any value counts but an empty one (no-color.org).
    if environment["NO_COLOR"].map({ !$0.isEmpty }) ?? false { return .none }
    let type = environment["TERM"] ?? ""
    if let depth = environment["COLORTERM"]?.lowercased(), ["truecolor", "24bit"].contains(depth) {
      return .direct
    }
    if type.hasSuffix("-direct") { return .direct }
    // What they pass on depends on the terminal that they are shown on.
    if !isMultiplexed(environment), isKnownDirect(type, environment) { return .direct }
    switch known ?? 0 {
    case 257...: return .direct
    case 256: return .indexed
    case 8...: return .sixteen
    default: return .none
    }
  }

  /// Terminals that have all of sRGB in every version still in use, though ssh drops `COLORTERM`.
  private static func isKnownDirect(_ type: String, _ environment: [String: String]) -> Bool {
    let types = [
      "xterm-kitty", "xterm-ghostty", "ghostty", "alacritty", "foot", "wezterm", "contour", "rio",
    ]
    if types.contains(where: { type == $0 || type.hasPrefix($0 + "-") }) { return true }
    let programs = ["iTerm.app", "WezTerm", "vscode", "ghostty", "rio", "WarpTerminal"]
    if let program = environment["TERM_PROGRAM"], programs.contains(program) { return true }
    if let version = environment["VTE_VERSION"].flatMap({ Int($0) }), version >= 3600 {
      return true
    }
    return environment["KONSOLE_VERSION"] != nil || environment["WT_SESSION"] != nil
      || environment["KITTY_WINDOW_ID"] != nil
  }
}
