import Foundation

extension Surface {
  /// Replaces what a terminal cannot show by the nearest that it can, column for column.
  ///
  /// Views draw with all of Unicode; this is the one place that knows the lesser repertoires.
  public mutating func limit(to glyphs: TerminalTraits.Glyphs) {
    guard glyphs < .full else { return }
    for row in 0..<size.rows {
      for column in 0..<size.columns {
        guard case .text(let text) = self[column, row].content, let substitute = glyphs.show(text)
        else { continue }
        let isWide =
          column + 1 < size.columns && self[column + 1, row].content == .continuation
        self[column, row].content = .text(substitute)
        // Where a wide character became a narrow one, its right half is free.
        if isWide { self[column + 1, row].content = .text(substitute) }
      }
    }
  }
}

extension TerminalTraits.Glyphs {
  /// What stands in for a cell's text; nil when it can be shown.
  fileprivate func show(_ text: String) -> String? {
    if text.utf8.count == 1 { return nil }
    switch self {
    case .full: return nil
    case .blocks: return Substitutes.blocks[text]
    case .ascii: return Substitutes.ascii[text] ?? Self.plainLetter(text) ?? "?"
    }
  }

  /// A letter without its accents, if that is ASCII.
  private static func plainLetter(_ text: String) -> String? {
    let first = text.decomposedStringWithCanonicalMapping.unicodeScalars.first
    return first.flatMap { $0.isASCII ? String($0) : nil }
  }
}

private enum Substitutes {
  /// What fonts of 512 glyphs lack.
  static let blocks = [
    "╭": "┌", "╮": "┐", "╰": "└", "╯": "┘", "━": "═", "●": "■", "○": "o", "◆": "♦", "✓": "√",
    "✗": "x", "▏": "│", "▎": "▌", "▍": "▌", "▋": "█", "▊": "█", "▉": "█", "╸": "═", "╺": "─",
    "▪": "■", "▸": "►", "★": "*", "☆": "·", "‹": "<", "›": ">", "╌": "─", "┊": "│", "–": "-",
    "′": "'", "‥": ".",
  ]

  static let ascii = [
    "─": "-", "━": "=", "│": "|", "┃": "|", "┊": ":", "╌": "-", "╭": "+", "╮": "+", "╰": "+",
    "╯": "+", "┌": "+", "┐": "+", "└": "+", "┘": "+", "├": "+", "┤": "+", "┬": "+", "┴": "+",
    "┼": "+", "█": "#", "▓": "#", "▒": ":", "░": ".", "▀": "\"", "▄": "_", "▌": "|", "▐": "|",
    "▏": "|", "▎": "|", "▍": "|", "▋": "#", "▊": "#", "▉": "#", "╸": "=", "╺": "-", "●": "O",
    "○": "o", "•": "*", "·": ".", "▪": "#", "■": "#", "◆": "#", "▲": "^", "▼": "v", "▸": ">",
    "►": ">", "…": "~", "×": "x", "–": "-", "—": "-", "−": "-", "≈": "~", "→": ">", "←": "<",
    "↑": "^", "↓": "v", "✓": "+", "✗": "x", "‹": "<", "›": ">", "’": "'", "‘": "'", "“": "\"",
    "”": "\"", "µ": "u", "★": "*", "☆": ".",
  ]
}
