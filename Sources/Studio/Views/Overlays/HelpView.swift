import Terminal

/// All keys, by what they belong to.
struct HelpView {
  let scene: Scene
  let scroll: Int

  /// A line of the help; a heading has no key.
  private struct Line {
    var key = ""
    var text = ""
    var isHeading = false
    var isAvailable = true
  }

  /// The farthest that the help of a state scrolls.
  static func lastScroll(in state: StudioState) -> Int {
    HelpView(scene: Scene(state), scroll: 0).lastScroll
  }

  private static let keyWidth = 14

  private var state: StudioState { scene.state }
  private var isWide: Bool { state.size.columns >= 2 * columnWidth + 8 }

  /// Enough for the longest line.
  private var columnWidth: Int {
    Self.keyWidth + (groups.joined().map(\.text.columns).max() ?? 0)
  }

  private var contentSize: Size {
    Size(
      columns: isWide ? 2 * columnWidth + 2 : min(columnWidth, state.size.columns - 4),
      rows: min(columns.map(\.count).max() ?? 0, state.size.rows - 4))
  }

  private var lastScroll: Int {
    max(0, (columns.map(\.count).max() ?? 0) - contentSize.rows)
  }

  func draw(on surface: inout Surface) {
    let dialog = Dialog(scene, content: contentSize)
    let last = lastScroll
    let first = min(max(0, scroll), last)
    var hints = [(key: "Esc", title: "close")]
    if last > 0 { hints.insert((key: scene.arrows, title: "scroll"), at: 0) }
    dialog.draw(on: &surface, title: "Keys", hints: hints)
    var rest = dialog.content
    for column in columns {
      let part = isWide ? rest.takeLeft(columnWidth) : rest
      _ = rest.takeLeft(2)
      for (index, line) in column.dropFirst(first).prefix(part.rows).enumerated() {
        draw(line, in: dialog, on: &surface, part: part, row: part.row + index)
      }
    }
    if last > 0 { drawScrollBar(dialog, first: first, last: last, on: &surface) }
  }

  private func draw(
    _ line: Line, in dialog: Dialog, on surface: inout Surface, part: Rectangle, row: Int
  ) {
    if line.isHeading {
      surface.write(
        line.text, column: part.column, row: row, style: dialog.style(.title),
        limit: part.columns)
      return
    }
    surface.write(
      line.key, column: part.column + 1, row: row,
      style: dialog.style(line.isAvailable ? .key : .dim), limit: Self.keyWidth - 2)
    surface.write(
      line.text, column: part.column + Self.keyWidth, row: row,
      style: dialog.style(line.isAvailable ? .text : .dim),
      limit: part.columns - Self.keyWidth)
  }

  private func drawScrollBar(
    _ dialog: Dialog, first: Int, last: Int, on surface: inout Surface
  ) {
    let track = dialog.content
    guard track.rows > 1 else { return }
    let length = max(1, track.rows * track.rows / (track.rows + last))
    let start = track.row + first * (track.rows - length) / last
    for row in start..<start + length {
      surface.write(
        "█", column: dialog.rectangle.endColumn - 1, row: row, style: dialog.style(.focus))
    }
  }

  /// One column of lines, or two of about the same length; groups stay whole.
  private var columns: [[Line]] {
    let groups = self.groups
    let all = groups.joined(separator: [Line()]).map(\.self)
    guard isWide else { return [all] }
    var left: [Line] = []
    var right: [Line] = []
    for group in groups {
      if left.count < (all.count + 1) / 2, right.isEmpty {
        left += (left.isEmpty ? [] : [Line()]) + group
      } else {
        right += (right.isEmpty ? [] : [Line()]) + group
      }
    }
    return [left, right]
  }

  private var groups: [[Line]] {
    let isASCII = state.traits.glyphs == .ascii
    if state.screen == .picker {
      let lines = PickerAction.all.map { action in
        Line(
          key: action.keys(in: state).map { $0.label(isASCII: isASCII) }.joined(separator: " "),
          text: action.explanation, isAvailable: action.isOffered(state.picker))
      }
      let letters = Line(key: "letters", text: "narrow down what is shown")
      return [[Line(text: "File browser", isHeading: true), letters] + lines]
    }
    if state.screen == .gallery {
      let lines = GalleryAction.all.map { action in
        Line(
          key: action.label(in: state), text: action.explanation,
          isAvailable: action.isOffered(state.gallery))
      }
      return [[Line(text: "Favorites", isHeading: true)] + lines]
    }
    var groups = Action.Group.allCases.map { group -> [Line] in
      // One key may mean one thing or another, by what the run does: each is listed.
      let actions = Action.all.filter {
        $0.group == group && $0.screens.contains(state.screen) && !$0.keys(in: state).isEmpty
      }
      let lines = actions.map { action in
        Line(
          key: action.keys(in: state).map { $0.label(isASCII: isASCII) }.joined(separator: " "),
          text: action.title, isAvailable: action.isAvailable(state))
      }
      return [Line(text: group.title, isHeading: true)] + lines
    }
    groups.insert(moving, at: 0)
    return groups.filter { $0.count > 1 }
  }

  /// What the table of actions leaves out, since it depends on the pane.
  private var moving: [Line] {
    let isASCII = state.traits.glyphs == .ascii
    let arrows = isASCII ? "Arrows" : "↑ ↓ ← →"
    if state.screen == .explore {
      return [
        Line(text: "Moving", isHeading: true),
        Line(key: "\(arrows)", text: "to another picture"),
        Line(key: "h j k l", text: "as the arrows"),
        Line(key: "PgUp PgDn", text: "to the top, to the bottom"),
        Line(key: "Home End", text: "to an end of the row"),
        Line(key: "Mouse", text: "click chooses, again makes it the center"),
      ]
    }
    if state.screen == .history {
      let vertical = scene.arrows
      return [
        Line(text: "Moving", isHeading: true),
        Line(key: vertical, text: "to another run"),
        Line(key: isASCII ? "Left/Right" : "←→", text: "to another picture of the run"),
        Line(key: "h j k l", text: "as the arrows"),
        Line(key: "Mouse", text: "click chooses, the wheel leafs"),
      ]
    }
    return [
      Line(text: "Moving", isHeading: true),
      Line(key: "\(arrows)", text: "choose; move what can be moved"),
      Line(key: "h j k l", text: "as the arrows"),
      Line(key: "Shift-arrow", text: "in fine steps"),
      Line(key: "PgUp PgDn", text: "in large steps; zoom"),
      Line(key: "Home End", text: "to an end"),
      Line(key: "0-9", text: "type a slider's value"),
      Line(key: "Esc", text: "back out"),
      Line(key: "Mouse", text: "click, drag, scroll"),
    ]
  }
}

extension Scene {
  /// The vertical arrows, as they can be shown.
  var arrows: String { state.traits.glyphs == .ascii ? "Up/Down" : "↑↓" }
}
