import Recipes
import Terminal

/// Which cells of the window belong to what on the contact sheet.
///
/// Views draw by it and the mouse is understood by it, so that what is seen is what is hit.
public struct ContactSheetLayout: Equatable, Sendable {
  /// A style's place.
  public struct Tile: Equatable, Sendable {
    /// The style's number; the one after the last stands for the blend.
    public let style: Int
    /// The picture, a frame around it, and the caption on the frame's lower line.
    public let area: Rectangle
    /// The picture.
    public let picture: Rectangle
  }

  /// The status line.
  public let status: Rectangle

  /// The footer.
  public let footer: Rectangle

  /// The styles in sight, row by row.
  public private(set) var tiles: [Tile] = []

  /// The blend, where there is one and room for it.
  public private(set) var blend: Tile?

  /// How many styles stand in a row.
  public let columns: Int

  /// How many rows are in sight.
  public let rows: Int

  /// Lays out the contact sheet of a state for its window.
  public init(_ state: StudioState) {
    var body = Rectangle(state.size)
    status = body.takeTop(1)
    footer = body.takeBottom(1)
    let count = Recipe.BuiltinStyle.count
    let hasBlend = !state.contactSheet.blend.isEmpty
    let picture = Self.extent(of: state, in: body, count: count + 1)
    let pitch = Size(columns: picture.columns + 2, rows: picture.rows + 2)
    columns = min(count, max(1, body.columns / pitch.columns))
    let lines = (count + (hasBlend ? 1 : 0) + columns - 1) / columns
    rows = min(lines, max(1, body.rows / pitch.rows))
    let line = state.contactSheet.selection / columns
    let first = min(max(0, line - rows / 2), lines - rows)
    let grid = body.centered(
      Size(columns: columns * pitch.columns, rows: min(body.rows, rows * pitch.rows)))
    for index in first * columns..<min((first + rows) * columns, count + (hasBlend ? 1 : 0)) {
      let place = index - first * columns
      let area = Rectangle(
        column: grid.column + place % columns * pitch.columns,
        row: grid.row + place / columns * pitch.rows, columns: pitch.columns, rows: pitch.rows
      ).intersection(body)
      let tile = Tile(
        style: index, area: area, picture: area.inset(columns: 1, rows: 1).centered(picture))
      if index < count { tiles.append(tile) } else { blend = tile }
    }
  }

  /// The number of the style at a place.
  public func style(at point: Point) -> Int? {
    tiles.first { $0.area.contains(point) }?.style
  }

  /// Below it a picture says nothing; then there are fewer in sight.
  private static let leastColumns = 8
  private static let leastRows = 3

  /// The largest pictures of which all fit, or pictures of the least size.
  private static func extent(of state: StudioState, in body: Rectangle, count: Int) -> Size {
    guard case .loaded(_, let width, let height)? = state.sources.content?.content,
      width > 0, height > 0
    else { return Size(columns: leastColumns, rows: leastRows) }
    func fitted(_ room: Size) -> Size {
      PreviewGeometry(
        width: width, height: height, canvas: Rectangle(room), cell: state.traits.cell,
        zoom: .fit, center: Preview.Center(x: 0.5, y: 0.5)
      ).rectangle.size
    }
    var best = Size(columns: 0, rows: 0)
    for columns in 1...count {
      let rows = (count + columns - 1) / columns
      let room = Size(columns: body.columns / columns - 2, rows: body.rows / rows - 2)
      guard room.columns >= leastColumns, room.rows >= leastRows else { continue }
      let size = fitted(room)
      if size.columns * size.rows > best.columns * best.rows { best = size }
    }
    if best.rows > 0 { return best }
    let most = Size(
      columns: max(1, min(3 * leastColumns / 2, body.columns - 2)),
      rows: max(1, min(leastRows + 1, body.rows - 2)))
    return fitted(most)
  }
}
