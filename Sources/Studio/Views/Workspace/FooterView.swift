import Terminal

/// The last line: the keys that act here, or what came of the last one.
struct FooterView {
  let scene: Scene

  func draw(on surface: inout Surface, in line: Rectangle) {
    if let notice = scene.state.notice {
      draw(notice, on: &surface, in: line)
    } else {
      drawKeys(on: &surface, in: line)
    }
  }

  func draw(
    _ notice: StudioState.Notice, on surface: inout Surface, in line: Rectangle
  ) {
    let (sign, role): (String, Theme.Role) =
      switch notice.kind {
      case .information: ("·", .text)
      case .success: ("✓", .success)
      case .warning: ("▲", .warning)
      case .error: ("✗", .error)
      }
    surface.write(
      "\(sign) \(notice.text)", column: line.column + 1, row: line.row, style: scene.style(role),
      limit: line.columns - 2)
  }

  /// As many keys as fit, whole; help is always among them.
  private func drawKeys(on surface: inout Surface, in line: Rectangle) {
    let actions = self.actions
    let help = actions.first { $0.name == "help" }.map(hint)
    var column = line.column + 1
    let end = line.endColumn - 1 - (help.map { $0.columns + Self.gap } ?? 0)
    for action in actions where action.name != "help" {
      let hint = hint(action)
      guard column + hint.columns <= end else { continue }
      column += surface.write(hint, column: column, row: line.row) + Self.gap
    }
    if let help {
      surface.write(help, column: column, row: line.row, limit: line.endColumn - column)
    }
  }

  /// What is offered here; first what starts and halts the run, where there can be one.
  private var actions: [Action] {
    let state = scene.state
    let offered = Action.offered(in: state).filter {
      $0.isPrimary && !$0.keys(in: state).isEmpty
    }
    guard state.run.isActive || state.missing == nil else { return offered }
    let space = KeyPress(.character(" "))
    // Whatever key it has: what starts a run is among what Space does when nobody changed that.
    return offered.filter { $0.keys.contains(space) } + offered.filter { !$0.keys.contains(space) }
  }

  private static let gap = 2

  private func hint(_ action: Action) -> StyledText {
    let isASCII = scene.state.traits.glyphs == .ascii
    return [
      (action.keys(in: scene.state).first?.label(isASCII: isASCII) ?? "", scene.style(.key)),
      (" \(action.hint)", scene.style(.dim)),
    ]
  }
}
