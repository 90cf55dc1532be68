extension KeyPress {
  /// What is written on the key, such as `↑`, `Ctrl-C`, `Shift-→` or `Space`.
  public var label: String { modifierLabel + (Self.symbols[key] ?? wordLabel) }

  /// The same, or in words alone: `Up`, `Shift-Right`.
  public func label(isASCII: Bool) -> String { isASCII ? modifierLabel + wordLabel : label }

  private var modifierLabel: String {
    (modifiers.contains(.control) ? "Ctrl-" : "") + (modifiers.contains(.alt) ? "Alt-" : "")
      + (modifiers.contains(.shift) ? "Shift-" : "")
  }

  private static let symbols: [Key: String] = [.up: "↑", .down: "↓", .left: "←", .right: "→"]

  /// The key of a label in words, such as `Ctrl-C`, `shift-right`, `F5`, `Space` or `a`; nil when there is
  /// none.
  ///
  /// Upper and lower case are the same but for a letter that stands alone.
  public init?(label: String) {
    var modifiers = Modifiers()
    var rest = Substring(label)
    while let (name, modifier) = Self.modifierNames.first(where: {
      rest.count > $0.name.count && rest.lowercased().hasPrefix($0.name)
    }) {
      modifiers.insert(modifier)
      rest = rest.dropFirst(name.count)
    }
    if rest.count == 1, let character = rest.first, !character.isWhitespace {
      let isControl = modifiers.contains(.control)
      self.init(
        .character(isControl ? Character(character.lowercased()) : character),
        // What shift makes of a character is typed as such.
        modifiers.subtracting(.shift))
      return
    }
    let word = rest.lowercased()
    if word.first == "f", let number = Int(word.dropFirst()), (1...35).contains(number) {
      self.init(.function(number), modifiers)
      return
    }
    guard let key = Self.named.first(where: { KeyPress($0).wordLabel.lowercased() == word }) else {
      return nil
    }
    self.init(key, modifiers)
  }

  private static let modifierNames: [(name: String, modifier: Modifiers)] = [
    ("ctrl-", .control), ("ctrl+", .control), ("alt-", .alt), ("alt+", .alt), ("shift-", .shift),
    ("shift+", .shift),
  ]

  private static let named: [Key] = [
    .character(" "), .enter, .tab, .escape, .backspace, .delete, .insert, .up, .down, .left, .right,
    .home, .end, .pageUp, .pageDown,
  ]

  private var wordLabel: String {
    switch key {
    case .character(" "): "Space"
    case .character(let character):
      modifiers.contains(.control) ? character.uppercased() : String(character)
    case .enter: "Enter"
    case .tab: "Tab"
    case .escape: "Esc"
    case .backspace: "Backspace"
    case .delete: "Del"
    case .insert: "Ins"
    case .up: "Up"
    case .down: "Down"
    case .left: "Left"
    case .right: "Right"
    case .home: "Home"
    case .end: "End"
    case .pageUp: "PgUp"
    case .pageDown: "PgDn"
    case .function(let number): "F\(number)"
    }
  }
}
