import Files
import Terminal

/// The file browser as it fills the window.
public func pickerView(_ state: StudioState) -> Surface { PickerView(state).surface() }

/// Draws the file browser.
struct PickerView {
  let state: StudioState
  let layout: PickerLayout
  var picker: Picker { state.picker }
  private let theme: Theme

  init(_ state: StudioState) {
    self.state = state
    layout = PickerLayout(state)
    theme = state.traits.colors == .none ? .monochrome : state.theme
  }

  func look(_ role: Theme.Role) -> Style { theme.style(role) }

  func cut(_ text: String, _ columns: Int) -> String {
    PickerText.cut(text, columns: columns)
  }

  func surface() -> Surface {
    var surface = Surface(size: state.size, style: look(.text))
    drawTitle(&surface)
    drawCrumbs(&surface)
    drawRules(&surface)
    if let places = layout.places { drawPlaces(&surface, places) }
    if layout.lines > 0 { drawList(&surface) }
    if let preview = layout.preview { drawPreview(&surface, preview) }
    drawStatus(&surface)
    drawFooter(&surface)
    return surface
  }

  private func drawTitle(_ surface: inout Surface) {
    guard !layout.title.isEmpty else { return }
    let row = layout.title
    let right = cut(countText, max(0, row.columns - 2))
    let room = max(0, row.columns - right.columns - 4)
    surface.write(cut(titleText, room), column: row.column + 1, row: row.row, style: look(.title))
    surface.write(
      right, column: row.endColumn - right.columns - 1, row: row.row, style: look(.dim))
  }

  private var titleText: String {
    switch picker.role {
    case .content: "Choose a photograph"
    case .mask(let number): "Choose where painting \(number + 1) applies: white where it does"
    case .batch: "Choose a film, or a folder of photographs"
    case .protection: "Choose what stays as it is: white where it does"
    case .style:
      picker.marked.isEmpty ? "Choose paintings" : "Choose paintings: \(picker.marked.count) marked"
    }
  }

  private var countText: String {
    var parts: [String] = []
    if picker.phase == .listed {
      let entries = picker.entries.filter { $0.kind != .parent }.count
      let shown =
        picker.shown.count - (picker.filter.isEmpty && entries < picker.entries.count ? 1 : 0)
      parts.append(shown == entries ? "\(entries)" : "\(shown) of \(entries)")
      if picker.isCutShort { parts[0] += "+" }
    }
    if layout.title.columns < 60 { return parts.joined() }
    parts.append("by \(picker.order.rawValue)" + (picker.isReversed ? " reversed" : ""))
    if picker.showsHidden { parts.append("hidden too") }
    if picker.showsAllFiles { parts.append("all files") }
    return parts.joined(separator: ", ")
  }

  private func drawCrumbs(_ surface: inout Surface) {
    let row = layout.crumbs
    guard !row.isEmpty else { return }
    let room = max(0, row.columns - 2)
    if case .path(let path) = picker.focus {
      surface.fill(row, style: look(.selection))
      let entry = path.entry
      // What is left of the cursor stays visible.
      let left = String(entry.text.prefix(entry.cursor))
      var visible = Substring(left)
      while visible.columns > room - 1 { visible.removeFirst() }
      let rest = entry.text.dropFirst(entry.cursor)
      let style = look(.selection)
      let width = surface.write(
        visible, column: row.column + 1, row: row.row, style: style, limit: room)
      surface.write(
        rest, column: row.column + 1 + width, row: row.row, style: style, limit: room - width)
      surface.cursor = Point(column: row.column + 1 + width, row: row.row)
      return
    }
    var column = row.column + 1
    let end = row.endColumn - 1
    let parts = PickerCrumbs(picker, columns: room).parts
    for (number, part) in parts.enumerated() {
      let isLast = number == parts.count - 1
      column += surface.write(
        cut(part.title, end - column), column: column, row: row.row,
        style: look(isLast ? .text : .dim), limit: end - column)
      if !isLast {
        column += surface.write(
          PickerCrumbs.separator(after: part.title), column: column, row: row.row,
          style: look(.border),
          limit: end - column)
      }
    }
    if picker.shelf.bookmarks.contains(picker.folder), end - column > 2 {
      surface.write(" *", column: column, row: row.row, style: look(.changed))
    }
  }

  private func drawRules(_ surface: inout Surface) {
    let joints = [layout.places?.endColumn, layout.preview.map { $0.column - 1 }].compactMap { $0 }
    func rule(_ row: Rectangle, joint: String) {
      surface.fill(row, style: look(.border), with: "─")
      for column in joints where !row.isEmpty && column < row.endColumn {
        surface.write(
          joint, column: column, row: row.row, style: look(.border))
      }
    }
    rule(layout.upperRule, joint: "┬")
    rule(layout.lowerRule, joint: "┴")
    for column in joints {
      let side = Rectangle(
        column: column, row: layout.list.row, columns: 1, rows: layout.list.rows)
      surface.fill(side, style: look(.border), with: "│")
    }
  }

  private func drawPlaces(_ surface: inout Surface, _ area: Rectangle) {
    let destinations = picker.destinations
    for (offset, line) in PickerPlacesList(picker, rows: area.rows).lines.enumerated() {
      let row = Rectangle(
        column: area.column, row: area.row + offset, columns: area.columns, rows: 1)
      switch line {
      case .heading(let title):
        surface.write(
          title, column: row.column + 1, row: row.row, style: look(.title),
          limit: row.columns - 1)
      case .destination(let number):
        drawDestination(&surface, row, destinations[number], number)
      }
    }
  }

  private func drawDestination(
    _ surface: inout Surface, _ row: Rectangle, _ destination: PickerDestination, _ number: Int
  ) {
    let isHere = destination.path == picker.folder
    let style = look(
      picker.focus == .places(number) ? .selection : isHere ? .mark : .text)
    surface.fill(row, style: style)
    var column = row.column + 2
    column += surface.write(
      cut(destination.title, row.columns - 3), column: column, row: row.row, style: style)
    guard row.columns >= 40 else { return }
    surface.write(
      cut(picker.places.title(of: destination.path), row.endColumn - column - 3),
      column: max(column + 2, row.column + 24), row: row.row,
      style: picker.focus == .places(number) ? style : look(.dim))
  }

  private func drawStatus(_ surface: inout Surface) {
    let row = layout.status
    guard !row.isEmpty else { return }
    let (text, role) = statusLine
    surface.write(
      cut(text.printable, row.columns - 2), column: row.column + 1, row: row.row, style: look(role))
  }

  private var statusLine: (String, Theme.Role) {
    if let notice = state.notice {
      let role: Theme.Role =
        switch notice.kind {
        case .information: .text
        case .success: .success
        case .warning: .warning
        case .error: .error
        }
      return (notice.text, role)
    }
    if case .path(let path) = picker.focus {
      return path.candidates.isEmpty
        ? ("a folder, or a picture in it", .dim)
        : (path.candidates.joined(separator: "  "), .text)
    }
    var parts: [String] = []
    if !picker.filter.isEmpty { parts.append("filter: \(picker.filter)") }
    if layout.preview == nil, let selected = picker.selected, selected.isFile {
      parts.append(contentsOf: facts(of: selected))
    }
    if let hint = sizeHint { return ((parts.prefix(1) + [hint]).joined(separator: "  "), .warning) }
    if parts.isEmpty { return ("type to filter, / or ~ for a path", .dim) }
    return (parts.joined(separator: "  "), .text)
  }

  private func drawFooter(_ surface: inout Surface) {
    let row = layout.footer
    guard !row.isEmpty else { return }
    var column = row.column + 1
    for (key, title) in footerKeys {
      guard column + key.count + 1 + title.count < row.endColumn else { break }
      column += surface.write(key, column: column, row: row.row, style: look(.key)) + 1
      column += surface.write(title, column: column, row: row.row, style: look(.dim)) + 2
    }
  }

  /// Each key with what it does first among what makes sense now.
  private var footerKeys: [(key: String, title: String)] {
    if case .path = picker.focus {
      return [("Enter", "go"), ("Tab", "complete"), ("Esc", "back"), ("Ctrl-U", "delete")]
    }
    var isTaken: Set<KeyPress> = []
    return PickerAction.all.filter { $0.isPrimary && $0.isOffered(picker) }.compactMap { action in
      guard let key = action.keys(in: state).first(where: { !isTaken.contains($0) }) else {
        return nil
      }
      isTaken.formUnion(action.keys(in: state))
      return (key.label(isASCII: state.traits.glyphs == .ascii), action.title)
    }
  }
}
