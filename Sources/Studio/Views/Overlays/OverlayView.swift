import Terminal

/// Something in front of the screen.
struct OverlayView {
  let scene: Scene
  let overlay: Overlay

  func draw(on surface: inout Surface) {
    surface.cursor = nil
    switch overlay {
    case .help(let scroll): HelpView(scene: scene, scroll: scroll).draw(on: &surface)
    case .palette(let entry, let selection):
      PaletteView(scene: scene, entry: entry, selection: selection).draw(on: &surface)
    case .prompt(let prompt): PromptView(scene: scene, prompt: prompt).draw(on: &surface)
    case .confirm(let question):
      ConfirmationView(scene: scene, question: question).draw(on: &surface)
    case .cutShort(let found): CutShortView(scene: scene, found: found).draw(on: &surface)
    case .themes(let selection, _):
      ThemeListView(scene: scene, selection: selection).draw(on: &surface)
    case .choices(let choice, let selection):
      ChoiceListView(scene: scene, choice: choice, selection: selection).draw(on: &surface)
    }
  }
}

/// A framed dialog and the looks in it.
struct Dialog {
  let scene: Scene
  let rectangle: Rectangle

  /// What the frame leaves, with a margin on both sides.
  var content: Rectangle { rectangle.inset(columns: 2, rows: 1) }

  /// A dialog in the middle; `size` is what its content needs, cut to the window.
  init(_ scene: Scene, content size: Size) {
    self.scene = scene
    let window = Rectangle(scene.state.size)
    rectangle = window.inset(columns: window.columns > 44 ? 1 : 0).centered(
      Size(columns: size.columns + 4, rows: size.rows + 2))
  }

  /// A dialog somewhere else.
  init(_ scene: Scene, rectangle: Rectangle) {
    self.scene = scene
    self.rectangle = rectangle
  }

  /// A role's look on the dialog's background; a selection keeps its own.
  func style(_ role: Theme.Role) -> Style {
    switch role {
    case .dialog, .selection: scene.style(role)
    case .text: scene.style(.dialog)
    default: scene.style(role).over(scene.style(.dialog))
    }
  }

  /// Draws the frame with its title, and what the keys do on its lower edge.
  func draw(on surface: inout Surface, title: String, hints: [(key: String, title: String)]) {
    surface.fill(rectangle, style: style(.dialog))
    surface.frame(rectangle, style: style(.focus))
    let room = max(0, rectangle.columns - 4)
    surface.write(
      " \(title) ", column: rectangle.column + 2, row: rectangle.row, style: style(.focus),
      limit: room)
    var line = StyledText(" ", style(.dim))
    for (index, hint) in hints.enumerated() {
      let entry: StyledText = [
        (index == 0 ? "" : "  ", style(.dim)), (hint.key, style(.key)),
        (" \(hint.title)", style(.dim)),
      ]
      if line.columns + entry.columns + 1 <= room { line += entry }
    }
    guard !hints.isEmpty, line.columns > 1 else { return }
    surface.write(
      line + StyledText(" ", style(.dim)), endColumn: rectangle.endColumn - 2,
      row: rectangle.endRow - 1, limit: room)
  }

  /// Draws a line of text that is being typed, scrolled so that the cursor is in sight.
  func draw(_ entry: TextEntry, on surface: inout Surface, in field: Rectangle) {
    let style = style(.text).adding(.underline)
    surface.fill(field, style: style)
    let before = String(entry.text.prefix(entry.cursor))
    // The cursor needs a cell too.
    let room = max(0, field.columns - 1)
    var shown = Substring(before)
    while shown.columns > room { shown.removeFirst() }
    let isScrolled = shown.count < before.count
    if isScrolled, !shown.isEmpty { shown.removeFirst() }
    var column = field.column
    if isScrolled { column += surface.write("…", column: column, row: field.row, style: style) }
    column += surface.write(shown, column: column, row: field.row, style: style, limit: room)
    surface.cursor = Point(column: min(column, field.endColumn - 1), row: field.row)
    surface.write(
      entry.text.dropFirst(entry.cursor), column: column, row: field.row, style: style,
      limit: field.endColumn - column)
  }
}
