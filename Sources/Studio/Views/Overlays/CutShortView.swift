import Files
import Terminal

/// A run that was cut short, and what can be done with it.
struct CutShortView {
  let scene: Scene
  let found: CutShort

  func draw(on surface: inout Surface) {
    if found.isLooking { drawPicture(on: &surface) } else { drawQuestion(on: &surface) }
  }

  private func drawQuestion(on surface: inout Surface) {
    let columns = min(58, scene.state.size.columns - 6)
    var lines = HistoryText.name(of: found.run).printable.wrapped(to: columns, rows: 2).map {
      ($0, Theme.Role.mark)
    }
    let far =
      "\(found.iteration) of \(found.run.record.recipe.iterations) iterations were done "
      + "\(HistoryText.age(found.age)) ago. It can go on "
      + (found.changed.isEmpty ? "exactly where it was." : "where it was.")
    lines += far.wrapped(to: columns, rows: 3).map { ($0, .text) }
    if !found.changed.isEmpty {
      let warning =
        "no longer what it was made of: \(found.changed.joined(separator: ", "))"
      lines += warning.printable.wrapped(to: columns, rows: 2).map { ($0, .warning) }
    }
    let dialog = Dialog(scene, content: Size(columns: columns, rows: lines.count + 1))
    dialog.draw(
      on: &surface, title: "A run was cut short",
      hints: [("Enter", "go on"), ("p", "picture"), ("d", "delete"), ("Esc", "not now")])
    var rest = dialog.content
    for (line, role) in lines {
      surface.write(
        line, column: rest.column, row: rest.takeTop(1).row, style: dialog.style(role),
        limit: rest.columns)
    }
  }

  private func drawPicture(on surface: inout Surface) {
    let dialog = Dialog(scene, rectangle: Rectangle(scene.state.size))
    dialog.draw(
      on: &surface, title: "Iteration \(found.iteration)",
      hints: [("Enter", "go on"), ("p", "back"), ("d", "delete")])
    let picture = found.picture.picture
    let geometry = PreviewGeometry(
      width: picture.width, height: picture.height, canvas: dialog.content,
      cell: scene.state.traits.cell, zoom: .fit, center: .init(x: 0.5, y: 0.5))
    surface.place(
      PicturePlacement(
        slot: "cut short", source: .picture(found.picture), rectangle: geometry.rectangle),
      style: dialog.style(.text))
  }
}
