import Terminal

extension Surface {
  /// Draws a frame along the edge of a rectangle.
  mutating func frame(_ rectangle: Rectangle, style: Style) {
    guard rectangle.columns >= 2, rectangle.rows >= 2 else { return }
    let (left, right) = (rectangle.column, rectangle.endColumn - 1)
    let (top, bottom) = (rectangle.row, rectangle.endRow - 1)
    let (width, height) = (rectangle.columns - 2, rectangle.rows - 2)
    for row in [top, bottom] {
      fill(Rectangle(column: left + 1, row: row, columns: width, rows: 1), style: style, with: "─")
    }
    for column in [left, right] {
      fill(
        Rectangle(column: column, row: top + 1, columns: 1, rows: height), style: style, with: "│")
    }
    write("╭", column: left, row: top, style: style)
    write("╮", column: right, row: top, style: style)
    write("╰", column: left, row: bottom, style: style)
    write("╯", column: right, row: bottom, style: style)
  }

  /// Draws a bar filled to a share of its columns, with a handle where it ends.
  mutating func bar(
    _ rectangle: Rectangle, handle: Int? = nil, filled: Int, fill: Style, groove: Style
  ) {
    for column in rectangle.column..<rectangle.endColumn {
      let isFilled = column - rectangle.column < filled
      let glyph = column == handle ? "●" : isFilled ? "━" : "─"
      write(
        glyph, column: column, row: rectangle.row,
        style: column == handle || isFilled ? fill : groove)
    }
  }
}
