/// A width and a height in cells.
public struct Size: Hashable, Sendable {
  /// How many cells wide.
  public var columns: Int
  /// How many cells high.
  public var rows: Int

  /// A size; what is negative counts as 0.
  public init(columns: Int, rows: Int) {
    self.columns = max(0, columns)
    self.rows = max(0, rows)
  }
}

/// A cell's place, from 0 at the top left.
public struct Point: Hashable, Sendable {
  /// From the left.
  public var column: Int
  /// From the top.
  public var row: Int

  /// A place.
  public init(column: Int, row: Int) {
    self.column = column
    self.row = row
  }
}

/// A block of cells, from which views cut their parts.
public struct Rectangle: Hashable, Sendable {
  /// The leftmost column.
  public var column: Int
  /// The topmost row.
  public var row: Int
  /// How many columns; 0 when nothing is left.
  public var columns: Int
  /// How many rows; 0 when nothing is left.
  public var rows: Int

  /// A rectangle; a negative extent counts as 0.
  public init(column: Int, row: Int, columns: Int, rows: Int) {
    self.column = column
    self.row = row
    self.columns = max(0, columns)
    self.rows = max(0, rows)
  }

  /// All of a surface.
  public init(_ size: Size) {
    self.init(column: 0, row: 0, columns: size.columns, rows: size.rows)
  }

  /// Its extent.
  public var size: Size { Size(columns: columns, rows: rows) }

  /// Whether it has no cell.
  public var isEmpty: Bool { columns == 0 || rows == 0 }

  /// The first column to its right.
  public var endColumn: Int { column + columns }

  /// The first row below it.
  public var endRow: Int { row + rows }

  /// Whether a place lies in it.
  public func contains(_ point: Point) -> Bool {
    (column..<endColumn).contains(point.column) && (row..<endRow).contains(point.row)
  }

  /// What both cover.
  public func intersection(_ other: Rectangle) -> Rectangle {
    let (left, top) = (max(column, other.column), max(row, other.row))
    return Rectangle(
      column: left, row: top, columns: min(endColumn, other.endColumn) - left,
      rows: min(endRow, other.endRow) - top)
  }

  /// What is left without a margin on each side.
  public func inset(columns: Int = 0, rows: Int = 0) -> Rectangle {
    Rectangle(
      column: column + columns, row: row + rows, columns: self.columns - 2 * columns,
      rows: self.rows - 2 * rows)
  }

  /// A rectangle of this size in the middle of this one, cut to it.
  public func centered(_ size: Size) -> Rectangle {
    let (width, height) = (min(size.columns, columns), min(size.rows, rows))
    return Rectangle(
      column: column + (columns - width) / 2, row: row + (rows - height) / 2, columns: width,
      rows: height)
  }

  /// Cuts rows off the top.
  public mutating func takeTop(_ count: Int) -> Rectangle {
    let taken = min(max(0, count), rows)
    defer {
      row += taken
      rows -= taken
    }
    return Rectangle(column: column, row: row, columns: columns, rows: taken)
  }

  /// Cuts rows off the bottom.
  public mutating func takeBottom(_ count: Int) -> Rectangle {
    let taken = min(max(0, count), rows)
    rows -= taken
    return Rectangle(column: column, row: endRow, columns: columns, rows: taken)
  }

  /// Cuts columns off the left.
  public mutating func takeLeft(_ count: Int) -> Rectangle {
    let taken = min(max(0, count), columns)
    defer {
      column += taken
      columns -= taken
    }
    return Rectangle(column: column, row: row, columns: taken, rows: rows)
  }

  /// Cuts columns off the right.
  public mutating func takeRight(_ count: Int) -> Rectangle {
    let taken = min(max(0, count), columns)
    columns -= taken
    return Rectangle(column: endColumn, row: row, columns: taken, rows: rows)
  }
}
