import Terminal

/// The mouse on the workspace: what is drawn under it takes it.
func use(_ mouse: MouseEvent, in state: inout StudioState) -> [StudioEffect] {
  let layout = WorkspaceLayout(state)
  switch mouse.kind {
  case .press:
    state.notice = nil
    return press(mouse.point, layout, in: &state)
  case .drag: return drag(to: mouse.point, layout, in: &state)
  case .wheelUp: return turnWheel(at: mouse, layout, by: 1, in: &state)
  case .wheelDown: return turnWheel(at: mouse, layout, by: -1, in: &state)
  case .release: return []
  }
}

private func press(
  _ point: Point, _ layout: WorkspaceLayout, in state: inout StudioState
) -> [StudioEffect] {
  switch layout.target(at: point) {
  case .slot(let index):
    let isSecond = state.focus == .sources && state.sources.selection == index
    state.focus = .sources
    state.sources.selection = index
    return isSecond ? chooseForSelection(&state) : []
  case .setting(let setting, let position):
    state.focus = .settings
    state.setting = setting
    guard let position else { return [] }
    return moveSetting(&state, to: position)
  case .frame(let index):
    state.focus = .filmstrip
    state.filmstrip.select(index == state.filmstrip.frames.count - 1 ? nil : index)
    return []
  case .canvas:
    state.focus = .preview
    return drag(to: point, layout, in: &state)
  case .pane(let pane):
    state.focus = pane
    return []
  case nil: return []
  }
}

/// Drags go to what has the focus since the press, also when the mouse leaves it.
private func drag(
  to point: Point, _ layout: WorkspaceLayout, in state: inout StudioState
) -> [StudioEffect] {
  switch state.focus {
  case .settings:
    guard case .slider = state.setting,
      let position = layout.position(of: state.setting, at: point.column)
    else { return [] }
    return moveSetting(&state, to: position)
  case .preview:
    guard state.preview.mode == .split, let geometry = state.previewGeometry else { return [] }
    state.preview.divider = geometry.divider(at: point.column)
    return []
  case .filmstrip:
    guard case .frame(let index) = layout.target(at: point) else { return [] }
    state.filmstrip.select(index == state.filmstrip.frames.count - 1 ? nil : index)
    return []
  case .sources, .chart: return []
  }
}

private func turnWheel(
  at mouse: MouseEvent, _ layout: WorkspaceLayout, by notches: Int, in state: inout StudioState
) -> [StudioEffect] {
  switch layout.target(at: mouse.point) {
  case .slot(let index):
    state.focus = .sources
    state.sources.selection = index
    return moveShare(&state, by: notches, isFine: mouse.modifiers.contains(.shift))
  case .setting(let setting, _):
    state.focus = .settings
    state.setting = setting
    return moveSetting(&state, by: notches, isFine: mouse.modifiers.contains(.shift))
  case .frame: return scrub(&state, by: -notches)
  case .canvas: return zoom(&state, by: notches > 0 ? 1.25 : 0.8)
  case .pane, nil: return []
  }
}
