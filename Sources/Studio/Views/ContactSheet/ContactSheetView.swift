import Recipes
import Terminal

/// The contact sheet: the photograph in each of the built-in styles.
struct ContactSheetView {
  let scene: Scene
  private let layout: ContactSheetLayout

  private var state: StudioState { scene.state }
  private var sheet: ContactSheet { state.contactSheet }

  init(scene: Scene) {
    self.scene = scene
    layout = ContactSheetLayout(scene.state)
  }

  func draw(on surface: inout Surface) {
    drawStatus(on: &surface)
    if let reason = sheet.failure {
      drawLine(reason, scene.style(.error), on: &surface)
    } else if !state.instant.models.contains(ContactSheet.model) {
      drawLine(absence, scene.style(.text), on: &surface)
    } else {
      for tile in layout.tiles { draw(tile, sheet.pictures[tile.style], on: &surface) }
      if let tile = layout.blend { drawBlend(tile, on: &surface) }
    }
    FooterView(scene: scene).draw(on: &surface, in: layout.footer)
  }

  private func drawStatus(on surface: inout Surface) {
    func style(_ role: Theme.Role) -> Style { StatusLine.style(role, in: scene) }
    let (count, total) = (sheet.paintedCount, Recipe.BuiltinStyle.count)
    let progress = StatusLine.Part(
      importance: 100,
      text: count < total && sheet.failure == nil
        ? StyledText("● painting ", style(.success)) + StyledText("\(count)/\(total)", style(.text))
        : StyledText("built-in styles", style(.text)))
    let choice = StatusLine.Part(
      importance: 80,
      text: StyledText("\(Recipe.Method.builtin(sheet.choice))", style(.mark)))
    let run =
      state.run.phase == .paused
      ? StatusLine.Part(
        importance: 60, text: StyledText("the run waits, paused", style(.warning))) : nil
    StatusLine(
      parts: [StatusLine.brand(of: scene), progress, choice, run].compactMap(\.self),
      right: StatusLine.graphics(of: scene)
    ).draw(scene, on: &surface, in: layout.status)
  }

  private func draw(
    _ tile: ContactSheetLayout.Tile, _ picture: IdentifiedPicture?, on surface: inout Surface
  ) {
    place(picture, in: tile, on: &surface)
    let isSelected = tile.style == sheet.selection
    let share = sheet.share(of: tile.style)
    if isSelected || share != nil {
      surface.frame(
        tile.picture.inset(columns: -1, rows: -1), style: scene.style(isSelected ? .focus : .mark))
    }
    var caption = StyledText(" \(tile.style) ", scene.style(isSelected ? .focus : .dim))
    if let share {
      caption =
        StyledText(" ◆", scene.style(.mark)) + caption
        + StyledText("\(Readout.percent(share)) ", scene.style(.mark))
    }
    draw(caption, below: tile, on: &surface)
  }

  private func drawBlend(_ tile: ContactSheetLayout.Tile, on surface: inout Surface) {
    place(state.blendPicture, in: tile, on: &surface)
    draw(StyledText(" blend ", scene.style(.mark)), below: tile, on: &surface)
  }

  private func place(
    _ picture: IdentifiedPicture?, in tile: ContactSheetLayout.Tile, on surface: inout Surface
  ) {
    guard let picture else {
      surface.fill(tile.picture, style: scene.style(.groove), with: "░")
      return
    }
    surface.place(
      PicturePlacement(
        slot: "style \(tile.style)", source: .picture(picture), rectangle: tile.picture),
      style: scene.style(.text))
  }

  private func draw(
    _ caption: StyledText, below tile: ContactSheetLayout.Tile, on surface: inout Surface
  ) {
    let columns = min(caption.columns, tile.picture.columns + 2)
    surface.write(
      caption, column: tile.picture.column + (tile.picture.columns - columns) / 2,
      row: tile.picture.endRow, limit: columns)
  }

  private var absence: String {
    guard let fetch = state.instant.fetching else {
      return "the styles are not installed: impasto models install \(ContactSheet.model)"
    }
    return "fetching \(fetch.model): \(Readout.percent(fetch.share))"
  }

  private func drawLine(_ text: String, _ style: Style, on surface: inout Surface) {
    let body = Rectangle(state.size).inset(columns: 2, rows: 1)
    let lines = text.wrapped(to: body.columns, rows: max(1, body.rows))
    for (index, line) in lines.enumerated() {
      surface.write(
        line, column: body.column + max(0, body.columns - line.columns) / 2,
        row: body.row + (body.rows - lines.count) / 2 + index, style: style, limit: body.columns)
    }
  }
}
