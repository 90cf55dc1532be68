import Favorites
import Terminal

extension GalleryView {
  /// The selected picture as large as the window allows.
  func drawLarge(_ surface: inout Surface) {
    guard let favorite = gallery.selected else { return }
    drawFull(favorite, &surface, in: layout.canvas, slot: "gallery large")
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
    let changed = Set(weights.filter { weight in !others.contains { $0 == weight } }.map(\.name))
    var lines = [StyledText("\(number) ", look(.key)) + summary(of: favorite)]
    lines += numbers(weights, columns: .max, changed: changed)
    if let losses = favorite.origin.losses {
      lines += numbers(GalleryText.losses(losses), columns: .max)
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
  }

  /// What lies left and what right of the divider.
  func drawCaptions(_ surface: inout Surface, in row: Rectangle) {
    let half = (row.columns - 3) / 2
    let captions = gallery.marked.enumerated().map { index, favorite in
      StyledText("\(index + 1) ", look(.key))
        + StyledText(GalleryText.name(of: favorite).printable, look(.text))
    }
    guard captions.count == 2 else { return }
    surface.write(captions[0], column: row.column + 1, row: row.row, limit: half)
    surface.write(captions[1], endColumn: row.endColumn - 1, row: row.row, limit: half)
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
