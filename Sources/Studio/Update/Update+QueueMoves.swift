import Terminal

/// A key or the mouse in the queue.
func takeInQueue(_ input: InputEvent, in state: inout StudioState) -> [StudioEffect] {
  var effects: [StudioEffect] = []
  let before = state.queue.result
  switch input {
  case .key(let key):
    if let action = Action.meant(by: key, in: state) {
      effects = action.perform(&state)
    } else if let direction = Direction(key) {
      move(direction, in: &state)
    }
  case .mouse(let mouse): effects = take(mouse, in: &state)
  case .paste: break
  }
  // Who looks at something else has seen enough of the film.
  if state.queue.result != before { effects += stopPlaying(&state) }
  return effects + refreshQueue(&state)
}

private func move(_ direction: Direction, in state: inout StudioState) {
  let page = max(1, QueueLayout(state).list.rows / QueueLayout.rowsEach - 1)
  switch direction {
  case .up: state.queue.select(state.queue.selection - 1)
  case .down: state.queue.select(state.queue.selection + 1)
  case .pageUp: state.queue.select(state.queue.selection - page)
  case .pageDown: state.queue.select(state.queue.selection + page)
  case .start: state.queue.select(0)
  case .end: state.queue.select(.max)
  case .left: state.queue.leaf(by: -1)
  case .right: state.queue.leaf(by: 1)
  }
}

private func take(_ mouse: MouseEvent, in state: inout StudioState) -> [StudioEffect] {
  switch mouse.kind {
  case .wheelUp: state.queue.select(state.queue.selection - 1)
  case .wheelDown: state.queue.select(state.queue.selection + 1)
  case .press:
    state.notice = nil
    let layout = QueueLayout(state)
    if let place = layout.job(at: mouse.point, in: state) {
      state.queue.select(place)
    } else if let tile = layout.strip.first(where: { $0.area.contains(mouse.point) }) {
      state.queue.leaf(by: tile.place - (state.queue.resultPlace ?? tile.place))
    } else if layout.picture.contains(mouse.point), state.playableFilm != nil {
      return togglePlaying(&state)
    }
  case .drag, .release: break
  }
  return []
}
