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
