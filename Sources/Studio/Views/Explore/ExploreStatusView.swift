import Terminal

/// The line at the top of the exploration: what it does and how far it is.
struct ExploreStatusView {
  let scene: Scene

  private var state: StudioState { scene.state }
  private var explorer: Explorer { state.explorer }

  func draw(on surface: inout Surface, in line: Rectangle) {
    StatusLine(
      parts: [StatusLine.brand(of: scene), phase, progress, extent, step, run].compactMap(\.self),
      right: StatusLine.graphics(of: scene)
    ).draw(scene, on: &surface, in: line)
  }

  private func style(_ role: Theme.Role) -> Style { StatusLine.style(role, in: scene) }

  private var phase: StatusLine.Part {
    let (label, role): (String, Theme.Role) =
      if explorer.failure != nil {
        ("✗ failed", .error)
      } else if explorer.isPaused {
        ("■ paused", .warning)
      } else if explorer.isOver {
        ("✓ done", .success)
      } else if explorer.leastIteration == 0, explorer.cells.allSatisfy({ $0.picture == nil }) {
        ("◆ preparing", .warning)
      } else {
        ("● exploring", .success)
      }
    return StatusLine.Part(
      importance: 100, text: StyledText(label.padded(to: 11), style(role)))
  }

  /// What all have done at least.
  private var progress: StatusLine.Part? {
    guard explorer.failure == nil else { return nil }
    let text = Readout.progress(explorer.leastIteration, of: explorer.base.iterations)
    return StatusLine.Part(importance: 90, text: StyledText(text, style(.text)))
  }

  private var extent: StatusLine.Part? {
    StatusLine.Part(
      importance: 50,
      text: StyledText("\(explorer.columns.count)×\(explorer.rows.count)", style(.text))
        + StyledText(" at ", style(.dim)) + StyledText("\(explorer.side)", style(.text))
        + StyledText(" px", style(.dim)))
  }

  private var step: StatusLine.Part? {
    guard let factor = explorer.across.factor ?? explorer.down.factor else { return nil }
    return StatusLine.Part(
      importance: 60,
      text: StyledText("step ", style(.dim))
        + StyledText("×\(Format.significant(factor, 3))", style(.text)))
  }

  /// The workspace's run, which waits.
  private var run: StatusLine.Part? {
    guard state.run.phase == .paused else { return nil }
    return StatusLine.Part(
      importance: 80, text: StyledText("the run waits, paused", style(.warning)))
  }
}
