import Foundation
import Terminal

/// The exploration: pictures in a grid, and at its margins what they were made by.
struct ExploreView {
  let scene: Scene
  private let layout: ExploreLayout

  private var state: StudioState { scene.state }
  private var explorer: Explorer { state.explorer }

  init(scene: Scene) {
    self.scene = scene
    layout = ExploreLayout(scene.state)
  }

  func draw(on surface: inout Surface) {
    ExploreStatusView(scene: scene).draw(on: &surface, in: layout.status)
    if let reason = explorer.failure {
      drawFailure(reason, on: &surface)
    } else {
      for index in explorer.cells.indices { drawPicture(index, on: &surface) }
      drawFrame(explorer.center, scene.style(.border), on: &surface)
      drawFrame(explorer.selection, scene.style(.focus), on: &surface)
      // A frame's upper line is where the caption of the picture above it is.
      for index in explorer.cells.indices { drawCaption(index, on: &surface) }
      drawLabels(on: &surface)
      drawMargin(on: &surface)
    }
    FooterView(scene: scene).draw(on: &surface, in: layout.footer)
  }

  private func drawPicture(_ index: Int, on surface: inout Surface) {
    let (cell, place) = (explorer.cells[index], layout.pictures[index])
    guard let picture = cell.picture, !cell.hasDiverged else {
      let text = cell.hasDiverged ? "diverged" : "…"
      surface.write(
        text, column: place.column + max(0, place.columns - text.count) / 2,
        row: place.row + place.rows / 2,
        style: scene.style(cell.hasDiverged ? .warning : .dim), limit: place.columns)
      return
    }
    surface.place(
      PicturePlacement(
        slot: "explore \(index)", source: .picture(picture), rectangle: place),
      style: scene.style(.text))
  }

  /// How far a picture is, below it; the center has a sign.
  private func drawCaption(_ index: Int, on surface: inout Surface) {
    let (cell, place) = (explorer.cells[index], layout.pictures[index])
    var text: StyledText = []
    if index == explorer.center { text += StyledText(" ◆", scene.style(.mark)) }
    if cell.iteration > 0 {
      text += StyledText(
        " \(cell.iteration)", scene.style(index == explorer.selection ? .text : .dim))
    }
    guard !text.isEmpty else { return }
    text += StyledText(" ", scene.style(.dim))
    let columns = min(text.columns, place.columns)
    surface.write(
      text, column: place.column + (place.columns - columns) / 2, row: place.endRow,
      limit: columns)
  }

  private func drawFrame(_ index: Int, _ style: Style, on surface: inout Surface) {
    guard layout.pictures.indices.contains(index) else { return }
    surface.frame(layout.pictures[index].inset(columns: -1, rows: -1), style: style)
  }

  private var names: [String] {
    state.sources.styles.map {
      ($0.source.name as NSString).deletingPathExtension
    }
  }

  /// What the columns stand for.
  private func drawLabels(on surface: inout Surface) {
    for (position, label) in zip(explorer.columns, layout.labels) {
      let text = " \(explorer.across.stop(at: position).label(paintings: names)) "
      let columns = min(text.columns, label.columns)
      surface.write(
        text, column: label.column + (label.columns - columns) / 2, row: label.row,
        style: labelStyle(
          position, of: explorer.across, selected: explorer.selection % explorer.columns.count,
          in: explorer.columns), limit: columns)
    }
  }

  /// The center's are set off, and so are those of the selected picture.
  private func labelStyle(
    _ position: Int, of axis: ExploreAxis, selected: Int, in positions: [Int]
  ) -> Style {
    if positions[selected] == position { return scene.style(.focus) }
    return scene.style(position == axis.position ? .text : .dim)
  }

  /// What the rows stand for, what the axes are, and what the selected picture has come to.
  private func drawMargin(on surface: inout Surface) {
    let margin = layout.margin
    let room = margin.columns - 2
    surface.write(
      "→ \(explorer.across.kind.title)", column: margin.column + 1, row: margin.row,
      style: scene.style(.title), limit: room)
    var row = margin.row + 1
    for (index, position) in explorer.rows.enumerated() {
      let place = layout.pictures[index * explorer.columns.count]
      let middle = place.row + place.rows / 2
      if index == 0, middle > row {
        surface.write(
          "↓ \(explorer.down.kind.title)", column: margin.column + 1, row: row,
          style: scene.style(.title), limit: room)
      }
      let text = explorer.down.stop(at: position).label(paintings: names)
      let style = labelStyle(
        position, of: explorer.down, selected: explorer.selection / explorer.columns.count,
        in: explorer.rows)
      let columns = min(text.columns, room)
      surface.write(
        text, column: margin.endColumn - 1 - columns, row: middle, style: style, limit: columns)
      row = middle + 1
    }
    let lines = details
    guard row + lines.count <= margin.endRow, margin.columns >= 16 else { return }
    for (index, line) in lines.enumerated() {
      surface.write(
        line, column: margin.column + 1, row: margin.endRow - lines.count + index, limit: room)
    }
  }

  private var details: [StyledText] {
    guard let cell = explorer.selected, let content = cell.contentLoss, let style = cell.styleLoss
    else { return [] }
    return [("content", content, Theme.Role.content), ("style", style, .style)].map {
      name, loss, role in
      StyledText(name.padded(to: 8), scene.style(role))
        + StyledText(Readout.loss(loss).leftPadded(to: Readout.lossColumns), scene.style(.text))
    }
  }

  private func drawFailure(_ reason: String, on surface: inout Surface) {
    let body = Rectangle(state.size).inset(columns: 2, rows: 1)
    let lines = reason.wrapped(to: body.columns, rows: max(1, body.rows))
    for (index, line) in lines.enumerated() {
      surface.write(
        line, column: body.column + max(0, body.columns - line.columns) / 2,
        row: body.row + (body.rows - lines.count) / 2 + index, style: scene.style(.error),
        limit: body.columns)
    }
  }
}
