/// A terminal's name and version out of its answer to XTVERSION: `kitty(0.35.2)`, `ghostty 1.1.3`,
/// `XTerm(379)`, `WezTerm 20240203-110809-5046fc22`.
struct TerminalVersion: Equatable {
  /// In lower case.
  let name: String
  /// The numbers of its version, most significant first; those beyond four are dropped.
  let numbers: [Int]

  init(_ text: String) {
    let name = text.prefix { $0 != "(" && $0 != " " }
    self.name = name.lowercased()
    let version = text.dropFirst(name.count).drop { !$0.isWholeNumber }
      .prefix { $0.isWholeNumber || $0 == "." }
    numbers = version.split(separator: ".").prefix(4).map { Int($0) ?? 0 }
  }

  /// Whether it shows all of sRGB.
  var hasDirectColors: Bool {
    switch name {
    case "contour", "foot", "ghostty", "iterm2", "kitty", "konsole", "wezterm": true
    case "xterm": isAtLeast(331, 0)  // its change log
    default: false
    }
  }

  /// Whether it is of this version or a later one.
  func isAtLeast(_ major: Int, _ minor: Int) -> Bool {
    let (mine, own) = (numbers.first ?? 0, numbers.dropFirst().first ?? 0)
    return (mine, own) >= (major, minor)
  }
}
