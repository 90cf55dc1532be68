import Terminal

/// The curves' names and values.
struct ChartLegend {
  let scene: Scene
  let chart: LossChart

  /// A line of the curve, its name, its value.
  static let columns = 2 + nameColumns + Readout.lossColumns
  private static let nameColumns = 8

  /// One curve a row; those that do not fit are counted.
  func drawColumn(on surface: inout Surface, in rectangle: Rectangle) {
    let curves = chart.curves
    let fits = curves.count <= rectangle.rows
    let shown = fits ? curves.count : max(0, rectangle.rows - 1)
    for (index, curve) in curves.prefix(shown).enumerated() {
      let row = rectangle.row + index
      surface.write(entry(curve), column: rectangle.column, row: row, limit: rectangle.columns)
    }
    if !fits {
      surface.write(
        "and \(curves.count - shown) more", column: rectangle.column + 2,
        row: rectangle.row + shown, style: scene.style(.dim), limit: rectangle.columns - 2)
    }
  }

  /// Two curves a row.
  func drawRows(on surface: inout Surface, in rectangle: Rectangle) {
    let half = rectangle.columns / 2
    for (index, curve) in chart.curves.prefix(2 * rectangle.rows).enumerated() {
      surface.write(
        entry(curve), column: rectangle.column + (index % 2) * half,
        row: rectangle.row + index / 2, limit: half - 1)
    }
  }

  private func entry(_ curve: LossChart.Curve) -> StyledText {
    let isLettered = scene.state.traits.colors == .none || scene.state.traits.glyphs == .ascii
    let value = curve.value.map(Readout.loss) ?? "–"
    return [
      (isLettered ? "\(curve.symbol) " : "━ ", curve.style),
      (curve.name.padded(to: Self.nameColumns), scene.style(.dim)),
      (value.leftPadded(to: Readout.lossColumns), scene.style(.text)),
    ]
  }
}
