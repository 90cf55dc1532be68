import Terminal

/// All commands, narrowed down by typing.
struct PaletteView {
  let scene: Scene
  let entry: TextEntry
  let selection: Int

  func draw(on surface: inout Surface) {
    let found = Action.matching(entry.text, in: scene.state)
    // As high as the whole list, so that the dialog stands still while it is narrowed down.
    let all = Action.matching("", in: scene.state).count
    let size = scene.state.size
    let dialog = Dialog(
      scene, content: Size(columns: min(66, size.columns - 6), rows: min(all + 2, size.rows - 6)))
    dialog.draw(
      on: &surface, title: "Commands",
      hints: [(scene.arrows, "choose"), ("Enter", "do it"), ("Esc", "close")])
    var rest = dialog.content
    let field = rest.takeTop(1)
    surface.write(":", column: field.column, row: field.row, style: dialog.style(.key))
    dialog.draw(
      entry, on: &surface,
      in: Rectangle(
        column: field.column + 2, row: field.row, columns: field.columns - 2, rows: 1))
    _ = rest.takeTop(1)
    guard !found.isEmpty else {
      surface.write(
        "no command has these words", column: rest.column, row: rest.row,
        style: dialog.style(.dim), limit: rest.columns)
      return
    }
    let chosen = min(max(0, selection), found.count - 1)
    let first = min(max(0, chosen - rest.rows / 2), max(0, found.count - rest.rows))
    for (index, action) in found.dropFirst(first).prefix(rest.rows).enumerated() {
      draw(
        action, isChosen: first + index == chosen, dialog, on: &surface,
        in: Rectangle(
          column: rest.column, row: rest.row + index, columns: rest.columns, rows: 1))
    }
  }

  private func draw(
    _ action: Action, isChosen: Bool, _ dialog: Dialog, on surface: inout Surface,
    in row: Rectangle
  ) {
    let wide = Rectangle(column: row.column - 1, row: row.row, columns: row.columns + 2, rows: 1)
    if isChosen { surface.fill(wide, style: dialog.style(.selection)) }
    func style(_ role: Theme.Role) -> Style { dialog.style(isChosen ? .selection : role) }
    let isASCII = scene.state.traits.glyphs == .ascii
    let keys = action.keys(in: scene.state).map { $0.label(isASCII: isASCII) }.joined(
      separator: " ")
    var rest = row
    let right = rest.takeRight(min(keys.columns, row.columns / 3))
    surface.write(
      keys, column: right.column, row: row.row, style: style(.key), limit: right.columns)
    let nameColumns = row.columns >= 50 ? 20 : 0
    if nameColumns > 0 {
      surface.write(
        action.name, column: rest.column, row: row.row, style: style(.dim),
        limit: nameColumns - 1)
    }
    _ = rest.takeLeft(nameColumns)
    surface.write(
      action.title, column: rest.column, row: row.row, style: style(.text),
      limit: rest.columns - 1)
  }
}
