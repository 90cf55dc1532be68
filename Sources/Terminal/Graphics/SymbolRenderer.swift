import Pictures
internal import CChafa

/// Pictures out of characters with two colors each, chosen by libchafa.
enum SymbolRenderer {
  /// Twice as fine as quadrants; that libchafa compares cells with its symbols at 8×8 shows no more.
  static let cellSide = 4

  /// The cells of a picture, row by row.
  ///
  /// - Parameters:
  ///   - picture: opaque, of up to `cellSide` pixels for each cell each way.
  ///   - size: how many cells.
  ///   - set: the characters.
  ///   - colors: the colors, of which there are some.
  static func cells(
    of picture: Picture, size: Size, set: SymbolSet, colors: TerminalTraits.Colors
  ) -> [Cell] {
    guard let symbols = chafa_symbol_map_new() else { return [] }
    defer { chafa_symbol_map_unref(symbols) }
    chafa_symbol_map_add_by_tags(symbols, set.tags)
    let canvas = ChafaCanvas(size: size, mode: colors.mode) { configuration in
      chafa_canvas_config_set_symbol_map(configuration, symbols)
      chafa_canvas_config_set_pixel_mode(configuration, CHAFA_PIXEL_MODE_SYMBOLS)
      chafa_canvas_config_set_cell_geometry(configuration, Int32(cellSide), Int32(cellSide))
      chafa_canvas_config_set_work_factor(configuration, 0.3)
      chafa_canvas_config_set_preprocessing_enabled(configuration, 0)
      // With more colors, the patterns stand out more than what they make up for.
      if colors <= .sixteen {
        chafa_canvas_config_set_dither_mode(configuration, CHAFA_DITHER_MODE_ORDERED)
        chafa_canvas_config_set_dither_grain_size(configuration, 4, 4)
      }
    }
    guard let canvas else { return [] }
    canvas.draw(rgba: picture.opaqueRGBA, width: picture.width, height: picture.height)
    var cells: [Cell] = []
    cells.reserveCapacity(size.columns * size.rows)
    for row in 0..<size.rows {
      for column in 0..<size.columns {
        let (scalar, foreground, background) = canvas.cell(column: column, row: row)
        cells.append(
          cell(scalar, colors.color(foreground), colors.color(background)))
      }
    }
    return cells
  }

  /// A cell in its simplest form: what is all one color is a space, so that fewer pairs of colors are
  /// in use.
  private static func cell(_ scalar: Unicode.Scalar, _ front: Color, _ back: Color) -> Cell {
    let full: Unicode.Scalar = "█"
    if scalar == full { return Cell(style: Style(background: front)) }
    if scalar == " " || front == back { return Cell(style: Style(background: back)) }
    return Cell(.text(String(scalar)), style: Style(foreground: front, background: back))
  }
}

extension SymbolSet {
  fileprivate var tags: ChafaSymbolTags {
    let space = CHAFA_SYMBOL_TAG_SPACE.rawValue
    let tags =
      switch self {
      case .ascii: CHAFA_SYMBOL_TAG_ASCII.rawValue
      case .blocks: CHAFA_SYMBOL_TAG_HALF.rawValue | CHAFA_SYMBOL_TAG_SOLID.rawValue
      case .quadrants:
        CHAFA_SYMBOL_TAG_BLOCK.rawValue | CHAFA_SYMBOL_TAG_QUAD.rawValue
      case .sextants:
        CHAFA_SYMBOL_TAG_BLOCK.rawValue | CHAFA_SYMBOL_TAG_QUAD.rawValue
          | CHAFA_SYMBOL_TAG_SEXTANT.rawValue
      }
    return ChafaSymbolTags(rawValue: space | tags)
  }
}

extension TerminalTraits.Colors {
  fileprivate var mode: ChafaCanvasMode {
    switch self {
    case .direct: CHAFA_CANVAS_MODE_TRUECOLOR
    // The first 16 colors are whatever the user made of them.
    case .indexed: CHAFA_CANVAS_MODE_INDEXED_240
    case .sixteen, .none: CHAFA_CANVAS_MODE_INDEXED_16
    }
  }

  fileprivate func color(_ value: Int?) -> Color {
    guard let value else { return .standard }
    return self == .direct
      ? Color(hex: UInt32(truncatingIfNeeded: value)) : .indexed(UInt8(clamping: value))
  }
}
