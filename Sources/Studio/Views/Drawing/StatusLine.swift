import Terminal

/// The line at the top of a screen: parts from the left, and one at the right.
struct StatusLine {
  /// A part of the line; where there is little room the least important parts go first.
  struct Part {
    let importance: Int
    let text: StyledText
  }

  var parts: [Part]
  var right: Part?

  func draw(_ scene: Scene, on surface: inout Surface, in line: Rectangle) {
    surface.fill(line, style: Self.style(.status, in: scene))
    let gap = scene.state.size.columns < 100 ? 2 : 3
    let room = line.columns - 2
    let shown = fitted(to: room, gap: gap)
    var column = line.column + 1
    for part in shown.parts {
      column += surface.write(
        part.text, column: column, row: line.row, limit: line.endColumn - 1 - column)
      column += gap
    }
    if let right = shown.right {
      surface.write(right.text, endColumn: line.endColumn - 1, row: line.row, limit: room)
    }
  }

  private func fitted(to room: Int, gap: Int) -> StatusLine {
    var (parts, right) = (parts, right)
    func columns() -> Int {
      parts.reduce(0) { $0 + $1.text.columns } + gap * max(0, parts.count - 1)
        + (right.map { $0.text.columns + gap } ?? 0)
    }
    while columns() > room {
      let least = parts.indices.min { parts[$0].importance < parts[$1].importance }
      if let text = right, parts.allSatisfy({ $0.importance > text.importance }) {
        right = nil
      } else if let least, parts.count > 1 {
        parts.remove(at: least)
      } else {
        right = nil
        break
      }
    }
    return StatusLine(parts: parts, right: right)
  }

  /// A role's look on the line's background.
  static func style(_ role: Theme.Role, in scene: Scene) -> Style {
    let ground = scene.style(.status)
    guard scene.state.traits.colors != .none else { return ground }
    return scene.style(role).over(ground)
  }

  /// The program's name.
  static func brand(of scene: Scene) -> Part {
    Part(importance: 0, text: StyledText("Impasto", style(.title, in: scene)))
  }

  /// How pictures are shown, and why so.
  static func graphics(of scene: Scene) -> Part {
    let traits = scene.state.traits
    let reason = traits.graphicsReason
    return Part(
      importance: 35,
      text: StyledText(traits.graphics.rawValue, style(.text, in: scene))
        + StyledText(reason.isEmpty ? "" : ": \(reason)", style(.dim, in: scene)))
  }
}
