import Pictures

/// Pictures out of characters alone, for terminals without colors.
///
/// The brightness is quantized with Floyd and Steinberg's error diffusion (1976) at the resolution of
/// the characters: two by two to a cell with quadrants, one by two with halves, one with ASCII, whose
/// characters stand for ten levels by how much ink they have.
enum MonochromeRenderer {
  /// How many pixels a cell has.
  static func cell(_ set: SymbolSet) -> TerminalTraits.CellPixels {
    switch set {
    case .ascii: TerminalTraits.CellPixels(width: 1, height: 1)
    case .blocks: TerminalTraits.CellPixels(width: 1, height: 2)
    case .quadrants, .sextants: TerminalTraits.CellPixels(width: 2, height: 2)
    }
  }

  /// The cells of a picture, row by row.
  ///
  /// - Parameters:
  ///   - picture: opaque, of as many pixels for each cell as `cell(set)` says.
  ///   - size: how many cells.
  ///   - set: the characters.
  ///   - isInverted: whether text is dark on a light ground.
  static func cells(
    of picture: Picture, size: Size, set: SymbolSet, isInverted: Bool
  ) -> [Cell] {
    let ramp = Array(" .:-=+*#%@").map(String.init)
    let levels = diffused(picture, levels: set == .ascii ? ramp.count : 2, isInverted: isInverted)
    let pixels = cell(set)
    var cells: [Cell] = []
    cells.reserveCapacity(size.columns * size.rows)
    for row in 0..<size.rows {
      for column in 0..<size.columns {
        let first = row * pixels.height * picture.width + column * pixels.width
        let text =
          switch set {
          case .ascii: ramp[levels[first]]
          case .blocks: halves[levels[first] | levels[first + picture.width] << 1]
          case .quadrants, .sextants:
            quadrants[
              levels[first] | levels[first + 1] << 1 | levels[first + picture.width] << 2
                | levels[first + picture.width + 1] << 3]
          }
        cells.append(Cell(.text(text)))
      }
    }
    return cells
  }

  /// By upper and lower half.
  private static let halves = [" ", "▀", "▄", "█"]

  /// By upper left, upper right, lower left and lower right quarter.
  private static let quadrants = [
    " ", "▘", "▝", "▀", "▖", "▌", "▞", "▛", "▗", "▚", "▐", "▜", "▄", "▙", "▟", "█",
  ]

  /// The brightness in `levels` steps, `(height, width)`.
  private static func diffused(_ picture: Picture, levels: Int, isInverted: Bool) -> [Int] {
    let (width, height) = (picture.width, picture.height)
    var light = (0..<width * height).map { index in
      let value = luma(
        picture.rgb[3 * index], picture.rgb[3 * index + 1], picture.rgb[3 * index + 2])
      // Ink covers an area in proportion to light, not to its gamma-encoded value.
      let share = Float(value) / 255
      let linear = share * share
      return isInverted ? 1 - linear : linear
    }
    var result = [Int](repeating: 0, count: width * height)
    for y in 0..<height {
      for x in 0..<width {
        let index = y * width + x
        let level = min(max(Int((light[index] * Float(levels - 1)).rounded()), 0), levels - 1)
        result[index] = level
        let error = (light[index] - Float(level) / Float(levels - 1)) / 16
        if x + 1 < width { light[index + 1] += 7 * error }
        guard y + 1 < height else { continue }
        if x > 0 { light[index + width - 1] += 3 * error }
        light[index + width] += 5 * error
        if x + 1 < width { light[index + width + 1] += error }
      }
    }
    return result
  }
}
