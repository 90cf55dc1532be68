import Terminal

/// Which cells of the window belong to what in the exploration.
///
/// Views draw by it and the mouse is understood by it, so that what is seen is what is hit.
public struct ExploreLayout: Equatable, Sendable {
  /// The status line.
  public let status: Rectangle

  /// The footer.
  public let footer: Rectangle

  /// What stands left of the pictures: what rows stand for, and what the selected one has come to.
  public let margin: Rectangle

  /// Above each column, what it stands for.
  public private(set) var labels: [Rectangle] = []

  /// The pictures, row by row; around each is room for a frame.
  public private(set) var pictures: [Rectangle] = []

  /// Each picture with what belongs to it: a click there means it.
  public private(set) var areas: [Rectangle] = []

  /// Lays out the exploration of a state for its window.
  public init(_ state: StudioState) {
    var body = Rectangle(state.size)
    status = body.takeTop(1)
    footer = body.takeBottom(1)
    let (columns, rows) = (state.explorer.columns.count, state.explorer.rows.count)
    guard columns > 0, rows > 0 else {
      margin = Rectangle(column: 0, row: 0, columns: 0, rows: 0)
      return
    }
    var margin = body.takeLeft(body.columns >= 56 ? Self.marginColumns : Self.leastMarginColumns)
    // A column on both sides of each picture and a row above all and below each are for frames.
    let room = Size(
      columns: max(1, body.columns / columns - 2), rows: max(1, (body.rows - 1) / rows - 1))
    let picture = Self.extent(of: state, in: room)
    let pitch = Size(
      columns: min(max(picture.columns, Self.labelColumns), room.columns) + 2,
      rows: picture.rows + 1)
    let extent = Size(columns: columns * pitch.columns, rows: rows * pitch.rows + 1)
    // Margin and grid stand together in the middle.
    margin.column = max(0, (body.columns - extent.columns) / 2)
    let grid = Rectangle(
      column: margin.endColumn, row: body.row + max(0, body.rows - extent.rows) / 2,
      columns: extent.columns, rows: extent.rows)
    margin.row = grid.row
    margin.rows = grid.rows
    self.margin = margin
    for column in 0..<columns {
      labels.append(
        Rectangle(
          column: grid.column + column * pitch.columns, row: grid.row, columns: pitch.columns,
          rows: 1))
    }
    for row in 0..<rows {
      for column in 0..<columns {
        let area = Rectangle(
          column: grid.column + column * pitch.columns, row: grid.row + 1 + row * pitch.rows,
          columns: pitch.columns, rows: pitch.rows
        ).intersection(Rectangle(state.size))
        areas.append(area)
        var inner = area.inset(columns: 1)
        _ = inner.takeBottom(1)
        pictures.append(inner.centered(picture))
      }
    }
  }

  /// The number of the picture at a place.
  public func cell(at point: Point) -> Int? { areas.firstIndex { $0.contains(point) } }

  /// Enough for the names of the axes.
  private static let marginColumns = 18
  private static let leastMarginColumns = 9

  /// Enough for most numbers.
  private static let labelColumns = 10

  /// What the photograph's proportions leave of the room.
  private static func extent(of state: StudioState, in room: Size) -> Size {
    guard case .loaded(_, let width, let height)? = state.sources.content?.content,
      width > 0, height > 0
    else { return room }
    return PreviewGeometry(
      width: width, height: height, canvas: Rectangle(room), cell: state.traits.cell, zoom: .fit,
      center: Preview.Center(x: 0.5, y: 0.5)
    ).rectangle.size
  }
}
