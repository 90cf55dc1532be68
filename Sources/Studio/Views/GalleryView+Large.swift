import Favorites
import Terminal

extension GalleryView {
  /// The selected picture as large as the window allows, with a line below it.
  func drawLarge(_ surface: inout Surface) {
    var area = layout.canvas
    let line = area.takeBottom(1)
    guard let favorite = gallery.selected else { return }
    drawFull(favorite, &surface, in: area, slot: "gallery large")
    let caption =
      summary(of: favorite)
      + StyledText("  \(gallery.selection + 1) of \(gallery.count)", look(.dim))
    surface.write(caption, column: line.column + 1, row: line.row, limit: line.columns - 2)
  }

  /// A picture at its own size; its small copy until that was read.
  private func drawFull(
    _ favorite: Favorite, _ surface: inout Surface, in area: Rectangle, slot: String
  ) {
    guard !area.isEmpty else { return }
    switch gallery.pictures[favorite.id] {
    case .loaded(let picture): place(picture, &surface, in: area, slot: slot)
    case .failed(let reason):
      let lines = reason.printable.wrapped(to: area.columns, rows: area.rows)
      for (offset, line) in lines.enumerated() {
        surface.write(
          line, column: area.column, row: area.row + area.rows / 2 + offset,
          style: look(.error), limit: area.columns)
      }
    case nil: place(favorite, &surface, in: area, slot: slot)
    }
  }

  /// Two pictures: side by side, or one left and the other right of a divider.
  func drawComparison(_ surface: inout Surface, divider: Double?) {
    guard gallery.marked.count == 2 else { return }
    let (first, second) = (gallery.marked[0], gallery.marked[1])
    if let divider {
      drawOverlaid(first, second, at: divider, &surface)
      return
    }
    let (left, right) = layout.halves
    drawHalf(first, beside: second, number: 1, &surface, in: left)
    drawHalf(second, beside: first, number: 2, &surface, in: right)
  }

  /// A picture with what sets it apart from the other one below it.
  private func drawHalf(
    _ favorite: Favorite, beside other: Favorite, number: Int, _ surface: inout Surface,
    in half: Rectangle
  ) {
    var area = half
    let text = area.takeBottom(area.rows >= 10 ? 3 : 1).inset(columns: 1)
    drawFull(favorite, &surface, in: area, slot: "gallery \(number)")
    let weights = GalleryText.weights(favorite.origin.recipe)
    let others = GalleryText.weights(other.origin.recipe)
    let changed = Set(zip(weights, others).filter { $0.value != $1.value }.map(\.0.name))
    var lines = [
      StyledText("\(number) ", look(.key)) + summary(of: favorite),
      numbers(weights, changed: changed),
    ]
    if let losses = favorite.origin.losses {
      lines.append(
        numbers([
          ("loss", Readout.loss(losses.total)), ("content", Readout.loss(losses.content)),
          ("style", Readout.loss(losses.style)),
        ]))
    }
    for (offset, line) in lines.prefix(text.rows).enumerated() {
      surface.write(line, column: text.column, row: text.row + offset, limit: text.columns)
    }
  }

  private func drawOverlaid(
    _ first: Favorite, _ second: Favorite, at divider: Double, _ surface: inout Surface
  ) {
    guard let geometry = state.comparison else { return }
    let whole = geometry.rectangle
    let column = geometry.dividerColumn(divider)
    let sides = [
      (first, "gallery 1", whole.column..<column),
      (second, "gallery 2", min(column + 1, whole.endColumn)..<whole.endColumn),
    ]
    for (favorite, slot, columns) in sides where !columns.isEmpty {
      guard let picture = shown(favorite) else { continue }
      surface.place(
        PicturePlacement(
          slot: slot, source: .picture(picture), crop: geometry.crop(columns: columns),
          rectangle: Rectangle(
            column: columns.lowerBound, row: whole.row, columns: columns.count, rows: whole.rows)),
        style: look(.text))
    }
    for row in whole.row..<whole.endRow {
      surface.write("│", column: column, row: row, style: look(.focus))
    }
    let row = layout.canvas.endRow - 1
    let half = (layout.canvas.columns - 3) / 2
    func caption(_ number: Int, _ favorite: Favorite) -> StyledText {
      StyledText("\(number) ", look(.key))
        + StyledText(GalleryText.name(of: favorite).printable, look(.text))
    }
    surface.write(caption(1, first), column: 1, row: row, limit: half)
    surface.write(
      caption(2, second), endColumn: layout.canvas.endColumn - 1, row: row, limit: half)
  }

  /// The picture at its own size, or its small copy until that was read.
  private func shown(_ favorite: Favorite) -> IdentifiedPicture? {
    if case .loaded(let picture) = gallery.pictures[favorite.id] { return picture }
    return gallery.thumbnails.picture(of: favorite.id)
  }

  /// The tags or paintings to choose from.
  func drawChooser(_ surface: inout Surface, _ chooser: GalleryChooser) {
    let dialog = Dialog(scene, rectangle: layout.chooser)
    dialog.draw(
      on: &surface, title: chooser.kind == .tag ? "Tags" : "Paintings",
      hints: [("Enter", "only these"), ("Esc", "close")])
    let (area, first) = layout.choices(chooser)
    let lines =
      [(chooser.choices == nil ? "reading" : "any", gallery.total)]
      + (chooser.choices ?? []).map { ($0.name.printable, $0.count) }
    for (offset, line) in lines.dropFirst(first).prefix(area.rows).enumerated() {
      let isChosen = first + offset == chooser.selection
      let row = Rectangle(
        column: area.column, row: area.row + offset, columns: area.columns, rows: 1)
      let style = dialog.style(isChosen ? .selection : .text)
      if isChosen { surface.fill(row.inset(columns: -1), style: style) }
      let count = "\(line.1)"
      surface.write(
        cut(line.0, row.columns - count.columns - 1), column: row.column, row: row.row,
        style: style, limit: row.columns)
      surface.write(
        count, column: row.endColumn - count.columns, row: row.row,
        style: dialog.style(isChosen ? .selection : .dim))
    }
  }
}
