/// Which way pictures go, and why: a decision on what is known, without asking anyone.
struct GraphicsChoice: Equatable {
  /// What is known.
  struct Evidence {
    var environment: [String: String] = [:]
    var replies = ProbeReplies()
    /// The window's cells and pixels, as the system tells; 0 where it does not know.
    var window = WindowExtent()
    /// What tmux says of itself, where it has been asked.
    var tmux: TmuxState?
  }

  let graphics: TerminalTraits.Graphics
  /// In a few words.
  let reason: String
  /// What would show better pictures, if there is something.
  var hint: String?

  /// Decides.
  ///
  /// - Parameters:
  ///   - evidence: what is known.
  ///   - traits: what the environment says of colors and characters.
  ///   - asked: what the user wants, if anything.
  init(
    _ evidence: Evidence, traits: TerminalTraits, asked: TerminalTraits.Graphics? = nil
  ) {
    if let asked {
      self = Self.asked(asked, evidence, traits)
    } else if ProbeQueries.isInsideTmux(evidence.environment) {
      self = Self.insideTmux(evidence, traits)
    } else {
      self = Self.automatic(evidence, traits)
    }
  }

  private init(
    _ graphics: TerminalTraits.Graphics, _ reason: String, hint: String? = nil
  ) {
    self.graphics = graphics
    self.reason = reason
    self.hint = hint
  }

  private static func asked(
    _ asked: TerminalTraits.Graphics, _ evidence: Evidence, _ traits: TerminalTraits
  ) -> GraphicsChoice {
    switch asked {
    case .symbols where traits.glyphs == .ascii: return characters(traits, "asked for")
    case .kitty where !carriesKittyCells(traits):
      return characters(traits, "Kitty graphics need Unicode and 256 colors")
    case .kitty where evidence.tmux?.passesThrough == false:
      return GraphicsChoice(
        .kitty, "asked for",
        hint: "tmux hides these pictures: tmux set -g allow-passthrough on")
    default: return GraphicsChoice(asked, "asked for")
    }
  }

  private static func insideTmux(
    _ evidence: Evidence, _ traits: TerminalTraits
  ) -> GraphicsChoice {
    guard let tmux = evidence.tmux, tmux.clientShowsPlaceholders, carriesKittyCells(traits) else {
      return characters(traits, "tmux")
    }
    return characters(
      traits, "tmux",
      hint: tmux.passesThrough
        ? "--graphics kitty shows real pictures here"
        : "real pictures: tmux set -g allow-passthrough on, and --graphics kitty")
  }

  private static func automatic(
    _ evidence: Evidence, _ traits: TerminalTraits
  ) -> GraphicsChoice {
    let replies = evidence.replies
    let version = replies.name.map(TerminalVersion.init)
    let program = evidence.environment["TERM_PROGRAM"] ?? ""
    let hasSixels = replies.attributes?.contains(4) ?? false
    switch version?.name {
    case "kitty", "ghostty":
      if let choice = kitty(version, replies, traits) { return choice }
    case "wezterm", "iterm2":
      return GraphicsChoice(.iterm, displayName(replies))
    case "xterm.js" where hasSixels:
      return GraphicsChoice(.iterm, "xterm.js with images")
    case nil where ["iTerm.app", "WezTerm"].contains(program):
      return GraphicsChoice(.iterm, program)
    case nil where program == "vscode" && hasSixels:
      return GraphicsChoice(.iterm, "VS Code with images")
    default: break
    }
    if hasSixels {
      let fewest = 256
      guard let colors = replies.sixelColors, colors < fewest else {
        return GraphicsChoice(.sixel, "\(displayName(replies)) has sixels")
      }
      return characters(traits, "\(colors) sixel colors only")
    }
    guard replies.attributes != nil || version != nil else {
      return characters(traits, "no reply")
    }
    return characters(traits, "\(displayName(replies)) has no graphics")
  }

  /// Placeholders by name and version alone: Konsole and others understand the query as well, but print
  /// the placeholders as glyphs.
  private static func kitty(
    _ version: TerminalVersion?, _ replies: ProbeReplies, _ traits: TerminalTraits
  ) -> GraphicsChoice? {
    guard let version else { return nil }
    if version.name == "kitty" && !version.isAtLeast(0, 28) {
      return characters(
        traits, "kitty before 0.28", hint: "kitty 0.28 and later show real pictures")
    }
    guard replies.hasKittyGraphics else { return nil }
    guard carriesKittyCells(traits) else {
      return characters(traits, "Kitty graphics need Unicode and 256 colors")
    }
    return GraphicsChoice(.kitty, displayName(replies))
  }

  /// The cells of Kitty's pictures hold Unicode in colors.
  private static func carriesKittyCells(_ traits: TerminalTraits) -> Bool {
    traits.colors >= .indexed && traits.glyphs > .ascii
  }

  private static func characters(
    _ traits: TerminalTraits, _ reason: String, hint: String? = nil
  ) -> GraphicsChoice {
    traits.glyphs == .ascii
      ? GraphicsChoice(.ascii, "\(reason); no Unicode", hint: hint)
      : GraphicsChoice(.symbols, reason, hint: hint)
  }

  /// `Ghostty 1.1`, `XTerm 379`.
  private static func displayName(_ replies: ProbeReplies) -> String {
    guard let name = replies.name else { return "the terminal" }
    let version = TerminalVersion(name)
    let numbers = version.numbers.prefix(2).map(String.init).joined(separator: ".")
    let given = name.prefix(version.name.count)
    let shown = given == "ghostty" ? "Ghostty" : String(given)
    return numbers.isEmpty ? shown : "\(shown) \(numbers)"
  }
}

/// A window in cells and pixels, as the system tells (`TIOCGWINSZ`); 0 where it does not know.
struct WindowExtent: Equatable {
  var columns = 0
  var rows = 0
  var width = 0
  var height = 0
}

extension WindowExtent {
  /// The extent of a cell, from the most to the least trustworthy source that makes sense.
  func cell(_ replies: ProbeReplies) -> TerminalTraits.CellPixels? {
    // Windows have borders, hence the floor.
    func divided(_ width: Int, _ height: Int) -> TerminalTraits.CellPixels? {
      columns > 0 && rows > 0
        ? TerminalTraits.CellPixels(width: width / columns, height: height / rows) : nil
    }
    let candidates = [
      replies.cell, divided(width, height),
      replies.textArea.flatMap { divided($0.width, $0.height) },
    ]
    return candidates.compactMap { $0 }.first { $0.isPlausible }
  }
}

extension TerminalTraits.CellPixels {
  /// Whether a font could have such cells.
  var isPlausible: Bool {
    (3...128).contains(width) && (5...256).contains(height) && height >= width
      && height <= 4 * width
  }
}
