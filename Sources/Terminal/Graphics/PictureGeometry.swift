/// Where exactly pictures are drawn.
enum PictureGeometry {
  /// The cells that a placement's picture fills: its rectangle, or less where the terminal cannot draw
  /// so much.
  static func rectangle(
    of placement: PicturePlacement, on surface: Size, traits: TerminalTraits
  ) -> Rectangle {
    let rectangle = placement.rectangle
    switch traits.graphics {
    case .symbols, .ascii: return rectangle
    case .kitty:
      return rectangle.centered(
        Size(columns: KittyPicture.largestSide, rows: KittyPicture.largestSide))
    case .sixel, .iterm:
      guard rectangle == rectangle.intersection(Rectangle(surface)) else {
        return Rectangle(column: 0, row: 0, columns: 0, rows: 0)
      }
      // A picture that ends in the last row makes some terminals scroll.
      var drawn = rectangle
      if drawn.endRow == surface.rows { drawn.rows -= 1 }
      guard traits.graphics == .sixel, let limit = traits.pictureLimit else { return drawn }
      return drawn.centered(size(of: drawn, within: limit, cell: traits.cell))
    }
  }

  /// The largest size of the same proportions within a limit in pixels.
  private static func size(
    of rectangle: Rectangle, within limit: TerminalTraits.CellPixels,
    cell: TerminalTraits.CellPixels
  ) -> Size {
    let columns = limit.width / max(1, cell.width)
    let rows = limit.height / max(1, cell.height)
    if rectangle.columns <= columns && rectangle.rows <= rows { return rectangle.size }
    // Which side is the tighter one, without dividing.
    return columns * rectangle.rows <= rows * rectangle.columns
      ? Size(columns: columns, rows: rectangle.rows * columns / max(1, rectangle.columns))
      : Size(columns: rectangle.columns * rows / max(1, rectangle.rows), rows: rows)
  }
}
