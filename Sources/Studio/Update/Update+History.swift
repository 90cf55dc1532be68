import Favorites
import History
import Recipes
import Terminal

/// Opens the history.
func openHistory(_ state: inout StudioState) -> [StudioEffect] {
  state.screen = .history
  return [.history(.list)]
}

/// Back to the workspace.
func closeHistory(_ state: inout StudioState) -> [StudioEffect] {
  state.screen = .workspace
  state.history.wish = nil
  return state.estimate == nil && state.isEstimateWanted
    ? [.estimate(state.completeRecipe)] : []
}

/// A key or the mouse in the history.
func takeInHistory(_ input: InputEvent, in state: inout StudioState) -> [StudioEffect] {
  switch input {
  case .key(let key):
    if let action = Action.meant(by: key, in: state) {
      let effects = action.perform(&state)
      return effects + refreshHistory(&state)
    }
    if let direction = Direction(key) { move(direction, in: &state) }
  case .mouse(let mouse):
    switch mouse.kind {
    case .wheelUp: select(state.history.selection - 1, in: &state)
    case .wheelDown: select(state.history.selection + 1, in: &state)
    case .press:
      state.notice = nil
      if let place = HistoryLayout(state).run(at: mouse.point, in: state) {
        select(place, in: &state)
      }
    case .drag, .release: break
    }
  case .paste: break
  }
  return refreshHistory(&state)
}

private func move(_ direction: Direction, in state: inout StudioState) {
  let page = max(1, HistoryLayout(state).list.rows - 1)
  switch direction {
  case .up: select(state.history.selection - 1, in: &state)
  case .down: select(state.history.selection + 1, in: &state)
  case .pageUp: select(state.history.selection - page, in: &state)
  case .pageDown: select(state.history.selection + page, in: &state)
  case .start: select(0, in: &state)
  case .end: select(.max, in: &state)
  case .left: leaf(&state, by: -1)
  case .right: leaf(&state, by: 1)
  }
}

private func select(_ place: Int, in state: inout StudioState) {
  let count = state.history.runs?.count ?? 0
  let place = max(0, min(place, count - 1))
  if place != state.history.selection { state.history.place = nil }
  state.history.selection = place
}

/// Looks at an earlier or a later picture of the run.
private func leaf(_ state: inout StudioState, by offset: Int) {
  guard let place = state.history.framePlace, let run = state.history.selected else { return }
  state.history.place = max(0, min(place + offset, run.frames.count - 1))
}

/// Asks for what is looked at and not known yet.
func refreshHistory(_ state: inout StudioState) -> [StudioEffect] {
  guard state.screen == .history, let run = state.history.selected else { return [] }
  let frame = state.history.frame
  let isKnown = frame.map { state.history.picture(of: $0) != nil } ?? true
  guard !isKnown || state.history.losses?.run != run.name else { return [] }
  let wish = HistoryEffect.look(run: run.name, iteration: isKnown ? nil : frame?.iteration)
  guard wish != state.history.wish else { return [] }
  state.history.wish = wish
  return [.history(wish)]
}

/// What the history does when its helpers report.
func took(_ event: HistoryEvent, in state: inout StudioState) -> [StudioEffect] {
  switch event {
  case .foundCutShort(let found):
    guard !state.run.isActive, !state.isLeaving else { return [] }
    state.overlays.append(.cutShort(found))
  case .listed(let runs):
    let name = state.history.selected?.name
    state.history.runs = runs
    state.history.wish = nil
    state.history.losses = nil
    select(name.flatMap { name in runs.firstIndex { $0.name == name } } ?? 0, in: &state)
  case .losses(let name, let table):
    state.history.losses = .init(run: name, table: table)
  case .frame(let frame, let picture):
    state.history.add(picture, for: frame)
  case .reopened(let reopened, let reopening):
    return reopen(reopened, reopening, in: &state)
  case .removed(let name):
    state.history.runs?.removeAll { $0.name == name }
    select(state.history.selection, in: &state)
    state.history.place = nil
    state.notice = .init(.success, "the run is gone")
  case .refused(let reason):
    state.notice = .init(.error, reason)
  }
  return refreshHistory(&state)
}

/// Takes over the run's recipe and pictures.
func adoptRun(_ state: inout StudioState) -> [StudioEffect] {
  guard let run = state.history.selected else { return [] }
  return adopt(run.record.recipe, of: "the run", in: &state) ?? []
}

/// Goes on with the run from the picture that is looked at; exactly, where that is possible.
func continueRun(_ state: inout StudioState) -> [StudioEffect] {
  guard let frame = state.history.frame else { return [] }
  state.notice = .init(.information, "reading the run")
  return [
    .history(
      .reopen(
        run: frame.run,
        state.history.canResume ? .resume : .iterate(frame.iteration)))
  ]
}

/// Keeps the picture that is looked at, with the recipe that makes it.
func keepFrame(_ state: inout StudioState) -> [StudioEffect] {
  guard let run = state.history.selected, let frame = state.history.frame,
    case .loaded(let picture) = state.history.picture(of: frame)
  else { return [] }
  let row = state.history.losses.flatMap { losses in
    losses.run == run.name ? losses.table.row(at: frame.iteration) : nil
  }
  let provenance = Provenance(
    losses: row.map {
      Favorite.Losses(total: $0.total, content: $0.content, style: $0.style, tv: $0.tv)
    }, seconds: row?.seconds, iterations: frame.iteration, lineage: run.record.lineage)
  return [.keep(picture, run.recipe(at: frame.iteration), provenance)]
}

/// Asks before a run is deleted for good.
func confirmRemovingRun(_ state: inout StudioState) -> [StudioEffect] {
  guard let run = state.history.selected else { return [] }
  state.overlays.append(
    .confirm(
      Confirmation(
        purpose: .removeRun(run.name), question: "Delete this run?",
        detail: "\(HistoryText.name(of: run)), with \(HistoryText.pictures(run.frames.count)); "
          + "favorites that came of it stay")))
  return []
}
