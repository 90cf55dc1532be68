import Terminal

/// A line of text in several styles.
struct StyledText: ExpressibleByArrayLiteral {
  private(set) var pieces: [(text: String, style: Style)]

  init(_ text: String, _ style: Style) { pieces = [(text, style)] }

  init(arrayLiteral elements: (String, Style)...) {
    pieces = elements.map { (text: $0.0, style: $0.1) }
  }

  static func + (left: Self, right: Self) -> Self {
    var sum = left
    sum.pieces += right.pieces
    return sum
  }

  static func += (left: inout Self, right: Self) { left.pieces += right.pieces }

  var columns: Int { pieces.reduce(0) { $0 + $1.text.columns } }

  var isEmpty: Bool { pieces.allSatisfy(\.text.isEmpty) }

  /// The same text on another background, as in a dialog.
  func over(_ background: Color) -> Self {
    var text = self
    for index in text.pieces.indices { text.pieces[index].style.background = background }
    return text
  }
}

extension Style {
  /// This look on another's background.
  func over(_ other: Style) -> Style {
    var style = self
    style.background = other.background
    return style
  }

  /// This look, set off further.
  func adding(_ attributes: Attributes) -> Style {
    var style = self
    style.attributes.formUnion(attributes)
    return style
  }
}

extension Surface {
  /// Writes a line in several styles, and returns its columns; wider than `limit` it ends in `…`.
  @discardableResult
  mutating func write(_ text: StyledText, column: Int, row: Int, limit: Int = .max) -> Int {
    let room = max(0, min(limit, size.columns - column))
    let isCut = text.columns > room
    var used = 0
    for piece in text.pieces where used < room {
      let columns = piece.text.columns
      // What fills the room to its end and is not the last makes way for the ellipsis.
      let written = isCut && used + columns >= room ? piece.text + "…" : piece.text
      used += write(
        written, column: column + used, row: row, style: piece.style, limit: room - used)
    }
    return used
  }

  /// Writes a line that ends before a column, and returns where it starts.
  @discardableResult
  mutating func write(_ text: StyledText, endColumn: Int, row: Int, limit: Int) -> Int {
    let columns = min(text.columns, max(0, limit))
    write(text, column: endColumn - columns, row: row, limit: columns)
    return endColumn - columns
  }
}

extension String {
  /// This text with spaces before it, up to a width.
  func leftPadded(to columns: Int) -> String {
    String(repeating: " ", count: max(0, columns - self.columns)) + self
  }

  /// This text with spaces after it, up to a width.
  func padded(to columns: Int) -> String {
    self + String(repeating: " ", count: max(0, columns - self.columns))
  }

  /// This text in lines, broken between words where possible; what is beyond the rows ends in `…`.
  func wrapped(to columns: Int, rows: Int) -> [String] {
    guard columns > 0, rows > 0 else { return [] }
    var lines: [String] = []
    var line = ""
    for word in split(whereSeparator: \.isWhitespace) {
      if line.isEmpty {
        line = String(word)
      } else if line.columns + 1 + word.columns <= columns {
        line += " \(word)"
      } else if lines.count + 1 < rows {
        lines.append(line)
        line = String(word)
      } else {
        line += " \(word)"  // the surface cuts it
        break
      }
    }
    if !line.isEmpty { lines.append(line) }
    return lines
  }
}
