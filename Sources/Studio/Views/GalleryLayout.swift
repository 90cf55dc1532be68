import Favorites
import Terminal

/// Where the parts of the gallery are: drawing and the mouse go by the same rectangles.
struct GalleryLayout: Equatable {
  /// How many favorites there are, and which of them are shown.
  let title: Rectangle
  /// A line above the pictures; empty where rows are few.
  let upperRule: Rectangle
  /// The small pictures.
  let grid: Rectangle
  /// What is known of the selected one; nil where there is no room.
  let facts: Rectangle?
  /// Whether the facts are beside the grid and not below it.
  let isBeside: Bool
  /// Large pictures.
  let canvas: Rectangle
  /// A line below the pictures; empty where rows are few.
  let lowerRule: Rectangle
  /// What is being searched for, hints and what went wrong.
  let status: Rectangle
  /// The keys.
  let footer: Rectangle
  /// The extent of a picture in the grid with the line below it.
  let tile: Size
  /// How many tiles are side by side.
  let perLine: Int
  /// The frame of the list to choose from.
  let chooser: Rectangle

  init(_ state: StudioState) {
    var rest = Rectangle(state.size)
    let hasRules = rest.rows >= 18
    title = rest.takeTop(1)
    footer = rest.takeBottom(rest.rows >= 5 ? 1 : 0)
    status = rest.takeBottom(rest.rows >= 3 ? 1 : 0)
    canvas = rest
    upperRule = rest.takeTop(hasRules ? 1 : 0)
    lowerRule = rest.takeBottom(hasRules ? 1 : 0)

    isBeside = rest.columns >= 70 && rest.rows >= 8
    if isBeside {
      facts = rest.takeRight(min(max(30, rest.columns * 2 / 5), 46))
      _ = rest.takeRight(1)
    } else if rest.rows >= 20 {
      facts = rest.takeBottom(min(10, rest.rows / 3))
      _ = rest.takeBottom(1)
    } else {
      facts = nil
    }
    grid = rest
    (tile, perLine) = Self.tiling(rest, cell: state.traits.cell)

    var window = Rectangle(state.size).inset(columns: 1, rows: 1)
    window = window.takeRight(min(44, window.columns))
    let lines = state.gallery.chooser?.lineCount ?? 0
    chooser = window.takeTop(min(max(3, lines) + 2, window.rows))
  }

  /// How large tiles are, and how many side by side: so that pictures of four by three, with a line of
  /// text each, fill the grid best, and there are some eight of them where there is room.
  private static func tiling(
    _ grid: Rectangle, cell: TerminalTraits.CellPixels
  ) -> (tile: Size, perLine: Int) {
    func tile(_ perLine: Int) -> Size {
      let columns = grid.columns / perLine
      let width = Double(max(1, columns - 2) * max(1, cell.width))
      let rows = Int((width * 0.75 / Double(max(1, cell.height))).rounded()) + 1
      return Size(columns: columns, rows: min(max(3, rows), max(1, grid.rows)))
    }
    func merit(_ perLine: Int) -> Double {
      let tile = tile(perLine)
      let count = Double(perLine * (grid.rows / tile.rows))
      let area = Double((tile.columns - 2) * (tile.rows - 1))
      return area * count * min(count, 8).squareRoot()
    }
    let most = max(1, grid.columns / 13)
    let perLine = (max(1, grid.columns / 40)...most).max { merit($0) < merit($1) } ?? 1
    var tile = tile(perLine)
    // A free row between lines, where it costs none.
    let lines = grid.rows / tile.rows
    if lines > 0, grid.rows - lines * tile.rows >= lines { tile.rows += 1 }
    return (tile, perLine)
  }

  /// How many lines of tiles are visible.
  var lines: Int { grid.isEmpty || grid.rows < tile.rows ? 0 : grid.rows / tile.rows }

  /// The places that are visible, whether there are favorites at them or not.
  func places(scroll: Int) -> Range<Int> { scroll * perLine..<(scroll + lines) * perLine }

  /// The rectangle of the tile at a place.
  func rectangle(of place: Int, scroll: Int) -> Rectangle {
    Rectangle(
      column: grid.column + place % perLine * tile.columns,
      row: grid.row + (place / perLine - scroll) * tile.rows, columns: tile.columns,
      rows: tile.rows)
  }

  /// The two halves of the canvas, with a column or two between them.
  var halves: (left: Rectangle, right: Rectangle) {
    var rest = canvas
    let width = (canvas.columns - 1) / 2
    return (rest.takeLeft(width), rest.takeRight(width))
  }

  /// The lines of the chooser that are visible, within its frame.
  func choices(_ chooser: GalleryChooser) -> (area: Rectangle, first: Int) {
    let area = self.chooser.inset(columns: 2, rows: 1)
    let most = max(0, chooser.lineCount - area.rows)
    return (area, min(max(0, chooser.selection - area.rows / 2), most))
  }

  /// What lies at a point.
  enum Target: Equatable {
    /// The tile at this place.
    case tile(Int)
    /// A large picture.
    case canvas
    /// A line of the chooser.
    case choice(Int)
  }

  /// What lies at a point of the window.
  func target(at point: Point, in gallery: Gallery) -> Target? {
    if let chooser = gallery.chooser {
      let (area, first) = choices(chooser)
      guard area.inset(columns: -1).contains(point) else { return nil }
      let line = first + point.row - area.row
      return line < chooser.lineCount ? .choice(line) : nil
    }
    guard gallery.phase == .open else { return nil }
    if gallery.mode != .grid { return canvas.contains(point) ? .canvas : nil }
    guard grid.contains(point) else { return nil }
    let column = (point.column - grid.column) / tile.columns
    let line = (point.row - grid.row) / tile.rows
    let place = (gallery.scroll + line) * perLine + column
    guard column < perLine, line < lines, place < gallery.count else { return nil }
    return .tile(place)
  }
}

extension StudioState {
  /// Where the compared pictures lie over each other; nil until there are two.
  var comparison: PreviewGeometry? {
    let canvas = GalleryLayout(self).canvas
    guard let first = gallery.marked.first, first.width > 0, first.height > 0 else { return nil }
    guard !canvas.isEmpty else { return nil }
    return PreviewGeometry(
      width: first.width, height: first.height, canvas: canvas, cell: traits.cell, zoom: .fit,
      center: .init(x: 0.5, y: 0.5))
  }
}
