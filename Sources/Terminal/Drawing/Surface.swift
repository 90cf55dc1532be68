/// What a view draws on: a grid of cells, the pictures among them, and where the cursor is.
///
/// What is drawn later covers what is there. Nothing outside the grid is drawn.
public struct Surface: Equatable, Sendable {
  /// Its extent.
  public let size: Size

  /// All cells, row by row.
  public private(set) var cells: [Cell]

  /// The pictures; cells with `.picture(placement: i, …)` show parts of the `i`th.
  public private(set) var placements: [PicturePlacement] = []

  /// Where text is being entered; nil hides the cursor.
  public var cursor: Point?

  /// An empty surface.
  public init(size: Size, style: Style = Style()) {
    self.size = size
    cells = Array(repeating: Cell(style: style), count: size.columns * size.rows)
  }

  /// The cell at a place; outside the grid reads a space and writes nothing.
  public subscript(column: Int, row: Int) -> Cell {
    get { index(column, row).map { cells[$0] } ?? Cell() }
    set {
      guard let index = index(column, row) else { return }
      splitWideScalars(around: index, column: column)
      cells[index] = newValue
    }
  }

  /// Writes text and returns how many columns it took.
  ///
  /// Control characters are shown as `�`. Text wider than `limit` ends in `…`.
  @discardableResult
  public mutating func write(
    _ text: some StringProtocol, column: Int, row: Int, style: Style, limit: Int = .max
  ) -> Int {
    let room = min(limit, size.columns - column)
    guard room > 0, (0..<size.rows).contains(row) else { return 0 }
    var place = column
    for glyph in TextGlyphs(text, columns: room) where glyph.columns > 0 {
      self[place, row] = Cell(.text(glyph.text), style: style)
      if glyph.columns == 2 {
        self[place + 1, row] = Cell(.continuation, style: style)
        // Writing the second half has blanked the first.
        if let index = index(place, row) { cells[index] = Cell(.text(glyph.text), style: style) }
      }
      place += glyph.columns
    }
    return place - column
  }

  /// Fills a rectangle with one scalar, by default a space.
  public mutating func fill(_ rectangle: Rectangle, style: Style, with text: String = " ") {
    let part = rectangle.intersection(Rectangle(size))
    for row in part.row..<part.endRow {
      for column in part.column..<part.endColumn {
        self[column, row] = Cell(.text(text), style: style)
      }
    }
  }

  /// Changes how the cells of a rectangle look, not what they show.
  public mutating func restyle(_ rectangle: Rectangle, _ change: (inout Style) -> Void) {
    let part = rectangle.intersection(Rectangle(size))
    for row in part.row..<part.endRow {
      for column in part.column..<part.endColumn {
        change(&cells[row * size.columns + column].style)
      }
    }
  }

  /// Puts a picture in its rectangle.
  public mutating func place(_ placement: PicturePlacement, style: Style = Style()) {
    let number = placements.count
    placements.append(placement)
    let part = placement.rectangle.intersection(Rectangle(size))
    for row in part.row..<part.endRow {
      for column in part.column..<part.endColumn {
        self[column, row] = Cell(
          .picture(
            placement: number, column: column - placement.rectangle.column,
            row: row - placement.rectangle.row), style: style)
      }
    }
  }

  private func index(_ column: Int, _ row: Int) -> Int? {
    (0..<size.columns).contains(column) && (0..<size.rows).contains(row)
      ? row * size.columns + column : nil
  }

  /// Half a wide scalar cannot be shown: when one half goes, the other becomes a space.
  private mutating func splitWideScalars(around index: Int, column: Int) {
    if cells[index].content == .continuation, column > 0 {
      cells[index - 1].content = .text(" ")
    }
    if column + 1 < size.columns, cells[index + 1].content == .continuation {
      cells[index + 1].content = .text(" ")
    }
  }
}
