import Terminal

/// The words of a choice, each with what it means.
struct ChoiceListView {
  let scene: Scene
  let choice: Choice
  let selection: Int

  func draw(on surface: inout Surface) {
    let options = choice.options(in: scene.state)
    let size = scene.state.size
    let nameColumns = 2 + (options.map(\.name.columns).max() ?? 0)
    let wanted = nameColumns + (options.map(\.summary.columns).max() ?? 0)
    let dialog = Dialog(
      scene,
      content: Size(
        columns: min(wanted, size.columns - 6), rows: min(options.count, size.rows - 4)))
    dialog.draw(
      on: &surface, title: choice.title.prefix(1).uppercased() + choice.title.dropFirst(),
      hints: [(scene.arrows, "choose"), ("Enter", "take"), ("Esc", "leave")])
    var rest = dialog.content
    guard rest.rows > 0 else { return }
    let chosen = min(max(0, selection), options.count - 1)
    let first = min(max(0, chosen - rest.rows / 2), max(0, options.count - rest.rows))
    for (place, option) in options.enumerated().dropFirst(first).prefix(rest.rows) {
      var row = rest.takeTop(1)
      let isChosen = place == chosen
      if isChosen {
        surface.fill(
          Rectangle(column: row.column - 1, row: row.row, columns: row.columns + 2, rows: 1),
          style: dialog.style(.selection))
      }
      let name = row.takeLeft(nameColumns)
      surface.write(
        option.name, column: name.column, row: name.row,
        style: dialog.style(isChosen ? .selection : .text), limit: name.columns)
      surface.write(
        option.summary, column: row.column, row: row.row,
        style: dialog.style(isChosen ? .selection : .dim), limit: row.columns)
    }
  }
}
