internal import CTerminal

/// Hands ncurses the cells that differ from those on the screen.
struct ScreenPainter {
  var size: Size
  private let glyphs: TerminalTraits.Glyphs
  private var pairs: ColorPairs
  /// What is on the screen; empty when that is not known.
  var shown: [Cell] = []
  private var cursor: Point?
  var images: [ShownImage] = []
  private var scalars: [UInt32] = []

  init(size: Size, traits: TerminalTraits) {
    self.size = size
    glyphs = traits.glyphs
    let count =
      switch traits.colors {
      case .none: 0
      case .sixteen: min(16, Int(terminal_screen_colors()))
      case .indexed: min(256, Int(terminal_screen_colors()))
      case .direct: Int(terminal_screen_colors())
      }
    pairs = ColorPairs(
      palette: TerminalPalette(count: count), capacity: Int(terminal_screen_pairs()))
  }

  /// The next frame is drawn on a cleared screen.
  mutating func forget() {
    shown.removeAll(keepingCapacity: true)
    images.removeAll()
    terminal_screen_clear()
  }

  /// The next frame is drawn over whatever the window's new extent has left of the last one.
  mutating func resize(_ size: Size) {
    self.size = size
    shown.removeAll(keepingCapacity: true)
    images.removeAll()
    terminal_rows_rewrite(0, Int32(size.rows))
  }

  /// What must be written for a frame.
  struct Change {
    /// ncurses has something to write.
    var needsUpdate: Bool
    /// The pictures to draw after that.
    var images: [StagedImage]
  }

  /// Puts cells and cursor where they differ from the frame before.
  mutating func paint(_ frame: StagedFrame, of extent: Size, cursor: Point?) -> Change {
    let cells = fitted(marked(frame, of: extent), of: extent)
    let cursor = cursor.flatMap { Rectangle(size).contains($0) ? $0 : nil }
    let needsErasing = eraseImages(notIn: frame.images)
    let changed = (0..<size.rows).filter { row in
      shown.isEmpty || shown[cellsOf(row)] != cells[cellsOf(row)]
    }
    forgetImages(changedBy: cells, in: changed)
    let needsUpdate =
      needsErasing || !changed.isEmpty || cursor != self.cursor || shown.isEmpty
    if needsUpdate {
      if !put(changed, of: cells) {
        // All colors anew. What still does not fit is shown in the terminal's own.
        pairs.removeAll()
        terminal_pairs_forget()
        for index in images.indices { images[index].identity = nil }
        _ = put(Array(0..<size.rows), of: cells, isLastTry: true)
      }
      terminal_cursor_put(Int32(cursor?.column ?? -1), Int32(cursor?.row ?? -1))
      shown = cells
      self.cursor = cursor
    }
    return Change(needsUpdate: needsUpdate, images: imagesToDraw(frame.images))
  }

  private func cellsOf(_ row: Int) -> Range<Int> {
    row * size.columns..<(row + 1) * size.columns
  }

  /// Cells cut and filled up to the window: a surface may have been drawn before a resize was known.
  private func fitted(_ cells: [Cell], of extent: Size) -> [Cell] {
    guard extent != size else { return cells }
    return (0..<size.rows).flatMap { row in
      (0..<size.columns).map { column in
        column < extent.columns && row < extent.rows
          ? cells[row * extent.columns + column] : Cell()
      }
    }
  }

  /// Puts whole rows; false when the color pairs have run out.
  private mutating func put(_ rows: [Int], of cells: [Cell], isLastTry: Bool = false) -> Bool {
    for row in rows {
      for column in 0..<size.columns {
        let cell = cells[row * size.columns + column]
        if cell.content == .continuation { continue }
        let pair = pairs.number(
          foreground: cell.style.foreground, background: cell.style.background
        ) { number, pair in
          _ = terminal_pair_define(number, pair.foreground, pair.background)
        }
        guard pair != nil || isLastTry else { return false }
        spell(cell, hasRoom: column + 1 < size.columns)
        terminal_put(
          Int32(column), Int32(row), scalars, scalars.count,
          UInt32(cell.style.attributes.rawValue), pair ?? 0)
      }
    }
    return true
  }

  /// Sets `scalars` to what a cell shows, as far as the terminal can show it.
  private mutating func spell(_ cell: Cell, hasRoom: Bool) {
    scalars.removeAll(keepingCapacity: true)
    guard case .text(let text) = cell.content else { return scalars.append(0x20) }
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x20..<0x7F: scalars.append(scalar.value)
      case 0..<0x20, 0x7F..<0xA0: scalars.append(glyphs == .ascii ? 0x3F : 0xFFFD)
      case _ where glyphs == .ascii:
        if scalars.isEmpty { scalars.append(scalar.inASCII) }
      default:
        let isCut = !hasRoom && scalars.isEmpty && terminal_columns(scalar.value) == 2
        scalars.append(isCut ? 0x20 : scalar.value)
      }
    }
    if scalars.isEmpty { scalars.append(0x20) }
  }
}

extension Unicode.Scalar {
  /// What stands for it where there is nothing but ASCII.
  fileprivate var inASCII: UInt32 {
    let stand: Unicode.Scalar =
      switch value {
      case 0x2026: "."
      case 0x2500, 0x2501, 0x2504, 0x2505, 0x2508, 0x2509, 0x2550, 0x2010...0x2015: "-"
      case 0x2502, 0x2503, 0x2506, 0x2507, 0x250A, 0x250B, 0x2551: "|"
      case 0x250C...0x254B, 0x2552...0x2570: "+"
      case 0x2580...0x2590, 0x2592...0x2593, 0x25A0: "#"
      case 0x2591: ":"
      case 0x2018, 0x2019: "'"
      case 0x201C, 0x201D: "\""
      case 0x2022, 0x25CF, 0x00B7: "*"
      case 0x00D7: "x"
      default: "?"
      }
    return stand.value
  }
}
