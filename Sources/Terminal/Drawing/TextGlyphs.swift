import Files
internal import CTerminal

/// Text cut into what fills a cell or two: a scalar with those that combine with it.
///
/// By scalars and not by grapheme clusters, because that is how ncurses and most terminals advance: a
/// family emoji is shown as its members, and every column stays where both believe it to be.
struct TextGlyphs: Sequence {
  struct Glyph: Equatable {
    var text: String
    let columns: Int
  }

  private let glyphs: [Glyph]

  /// The glyphs of `text` that fit in `columns`; where some do not, `…` takes their place.
  init(_ text: some StringProtocol, columns: Int) {
    var glyphs: [Glyph] = []
    var width = 0
    for glyph in Self.all(of: text) {
      width += glyph.columns
      glyphs.append(glyph)
      if width > columns { break }
    }
    if width > columns {
      while width > columns - 1, let last = glyphs.popLast() { width -= last.columns }
      if columns > 0 { glyphs.append(Glyph(text: "…", columns: 1)) }
    }
    self.glyphs = glyphs
  }

  func makeIterator() -> IndexingIterator<[Glyph]> { glyphs.makeIterator() }

  /// More scalars than this in one cell are beyond what ncurses holds.
  private static let combining = 4

  static func all(of text: some StringProtocol) -> [Glyph] {
    var glyphs: [Glyph] = []
    var combined = 0
    for scalar in String(text).printable.unicodeScalars {
      if scalar.isASCII {
        glyphs.append(Glyph(text: String(scalar), columns: 1))
        combined = 0
        continue
      }
      switch terminal_columns(scalar.value) {
      case 0:
        // Joiners and variation selectors change widths in ways that terminals disagree on.
        if glyphs.isEmpty || combined == combining || scalar.isJoinerOrSelector { continue }
        glyphs[glyphs.count - 1].text.unicodeScalars.append(scalar)
        combined += 1
      case 1: glyphs.append(Glyph(text: String(scalar), columns: 1))
      case 2: glyphs.append(Glyph(text: String(scalar), columns: 2))
      default: glyphs.append(Glyph(text: "\u{FFFD}", columns: 1))
      }
      if glyphs.last?.text.unicodeScalars.count == 1 { combined = 0 }
    }
    return glyphs
  }
}

extension StringProtocol {
  /// How many columns this text takes on a surface.
  public var columns: Int {
    let printable = UInt8(ascii: " ")...UInt8(ascii: "~")
    if utf8.allSatisfy(printable.contains) { return utf8.count }
    return TextGlyphs.all(of: self).reduce(0) { $0 + $1.columns }
  }
}

extension Unicode.Scalar {
  fileprivate var isJoinerOrSelector: Bool {
    switch value {
    case 0x200B...0x200D, 0x2060, 0xFE00...0xFE0F, 0xE0000...0xE0FFF: true
    default: false
    }
  }
}
