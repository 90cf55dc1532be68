import Foundation
import Terminal

/// The loss curves with their axes, marks and legend.
struct ChartView {
  let scene: Scene

  private var state: StudioState { scene.state }
  private var isRead: Int? { state.filmstrip.selected?.iteration }

  func draw(on surface: inout Surface, in content: Rectangle) {
    guard !state.losses.samples.isEmpty else {
      let text = "the curves of a run will be here"
      let columns = min(text.count, content.columns)
      surface.write(
        text, column: content.column + (content.columns - columns) / 2,
        row: content.row + content.rows / 2, style: scene.style(.dim), limit: columns)
      return
    }
    let chart = LossChart(
      state.losses, iterations: state.run.recipe?.iterations ?? 0, reading: isRead,
      showsLayers: state.showsLayers, theme: scene.theme)
    var plot = content
    _ = plot.takeRight(1)
    if content.columns >= Self.leastForSideLegend {
      ChartLegend(scene: scene, chart: chart)
        .drawColumn(on: &surface, in: plot.takeRight(ChartLegend.columns))
      _ = plot.takeRight(1)
    } else {
      let rows = min((chart.curves.count + 1) / 2, content.rows / 3)
      ChartLegend(scene: scene, chart: chart)
        .drawRows(on: &surface, in: plot.takeTop(rows))
    }
    let axis = plot.takeBottom(1)
    let labels = plot.takeLeft(Self.labelColumns)
    drawPlot(chart, on: &surface, in: plot)
    drawLevels(chart, on: &surface, in: labels)
    var line = axis
    _ = line.takeLeft(Self.labelColumns)
    drawIterations(chart, on: &surface, in: line)
  }

  /// What the axis means.
  var caption: StyledText? {
    let what = state.showsLayers && !state.losses.layers.isEmpty ? "style by layer, " : ""
    return state.losses.samples.isEmpty
      ? nil : StyledText("\(what)% of peak, log", scene.style(.dim))
  }

  private static let leastForSideLegend = 42
  private static let labelColumns = 6

  private var kind: DotGrid.Kind {
    if state.traits.colors == .none { return .letters }
    switch state.traits.glyphs {
    case .full: return .braille
    case .blocks: return .halfBlocks
    case .ascii: return .letters
    }
  }

  private func drawPlot(_ chart: LossChart, on surface: inout Surface, in plot: Rectangle) {
    guard !plot.isEmpty else { return }
    if let iteration = isRead {
      let column = column(of: iteration, chart, in: plot)
      for row in plot.row..<plot.endRow {
        surface.write("┊", column: column, row: row, style: scene.style(.dim))
      }
    }
    var grid = DotGrid(kind: kind, size: plot.size)
    for (number, curve) in chart.curves.enumerated() {
      var last: (x: Int, y: Int)?
      for point in curve.points {
        let x = point.iteration * (grid.width - 1) / chart.lastIteration
        let depth = min(max(point.level / chart.floor, 0), 1)
        let place = (x: x, y: Int((depth * Double(grid.height - 1)).rounded()))
        grid.line(from: last ?? place, to: place, owner: number)
        last = place
      }
    }
    grid.draw(
      on: &surface, at: Terminal.Point(column: plot.column, row: plot.row), curves: chart.curves)
  }

  private func column(of iteration: Int, _ chart: LossChart, in plot: Rectangle) -> Int {
    let offset = max(0, iteration) * max(0, plot.columns - 1) / chart.lastIteration
    return plot.column + min(offset, max(0, plot.columns - 1))
  }

  /// Round percentages, two rows apart at least.
  private func drawLevels(_ chart: LossChart, on surface: inout Surface, in labels: Rectangle) {
    guard labels.rows > 0 else { return }
    var free = labels.row
    let isNarrow = chart.floor > -0.6
    for percent in isNarrow
      ? [100.0, 90, 80, 70, 60, 50, 40, 30]
      : [100.0, 50, 20, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01]
    {
      let depth = log10(percent / 100) / chart.floor
      guard depth <= 1 else { break }
      let row = labels.row + Int((depth * Double(labels.rows - 1)).rounded())
      guard row >= free else { continue }
      surface.write(
        StyledText(String(format: "%g%%", percent), scene.style(.dim)),
        endColumn: labels.endColumn - 1, row: row, limit: labels.columns - 1)
      free = row + 2
    }
  }

  /// The axis of iterations with what happened on the way.
  private func drawIterations(_ chart: LossChart, on surface: inout Surface, in line: Rectangle) {
    for column in line.column..<line.endColumn {
      surface.write("─", column: column, row: line.row, style: scene.style(.border))
    }
    surface.write(
      "└", column: line.column - 1, row: line.row, style: scene.style(.border))
    surface.write("0", column: line.column, row: line.row, style: scene.style(.dim))
    surface.write(
      StyledText("\(chart.lastIteration)", scene.style(.dim)), endColumn: line.endColumn,
      row: line.row, limit: line.columns - 1)
    for mark in state.losses.marks {
      let (glyph, role): (String, Theme.Role) =
        switch mark.kind {
        case .steered: ("▲", .changed)
        case .scaleChanged: ("◆", .key)
        case .continued: ("●", .success)
        }
      surface.write(
        glyph, column: column(of: mark.iteration, chart, in: line), row: line.row,
        style: scene.style(role))
    }
  }
}
