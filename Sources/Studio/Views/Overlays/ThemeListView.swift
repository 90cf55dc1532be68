import Terminal

/// The themes, each with a sample of its colors; at the right, so that the workspace shows the choice.
struct ThemeListView {
  let scene: Scene
  let selection: Int

  private static let swatches: [Theme.Role] = [.error, .changed, .warning, .success, .key, .fill]

  func draw(on surface: inout Surface) {
    let themes = scene.state.themes
    var window = Rectangle(scene.state.size).inset(columns: 1, rows: 1)
    let names = themes.map(\.name.columns).max() ?? 0
    let columns = min(max(28, names + Self.swatches.count + 8), 44, window.columns)
    window = window.takeRight(columns)
    let dialog = Dialog(scene, rectangle: window.takeTop(min(themes.count + 2, window.rows)))
    dialog.draw(
      on: &surface, title: "Themes", hints: [("Enter", "keep"), ("Esc", "undo")])
    let content = dialog.content
    guard content.rows > 0 else { return }
    let chosen = min(max(0, selection), themes.count - 1)
    let first = min(max(0, chosen - content.rows / 2), max(0, themes.count - content.rows))
    for (index, theme) in themes.dropFirst(first).prefix(content.rows).enumerated() {
      draw(
        theme, isChosen: first + index == chosen, dialog, on: &surface,
        in: Rectangle(
          column: content.column, row: content.row + index, columns: content.columns, rows: 1))
    }
  }

  private func draw(
    _ theme: Theme, isChosen: Bool, _ dialog: Dialog, on surface: inout Surface,
    in row: Rectangle
  ) {
    if isChosen {
      surface.fill(
        Rectangle(column: row.column - 1, row: row.row, columns: row.columns + 2, rows: 1),
        style: dialog.style(.selection))
    }
    var rest = row
    let sample = rest.takeRight(Self.swatches.count + 2)
    surface.write(
      theme.name, column: rest.column, row: row.row,
      style: dialog.style(isChosen ? .selection : .text), limit: rest.columns - 1)
    guard scene.state.traits.colors != .none else { return }
    surface.fill(sample, style: theme.style(.text))
    for (index, role) in Self.swatches.enumerated() {
      surface.write(
        "●", column: sample.column + 1 + index, row: row.row, style: theme.style(role))
    }
  }
}
