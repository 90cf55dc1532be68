import Recipes
import Styling
import Terminal

/// Opens the exploration around the sliders' recipe, or says what keeps it from that.
///
/// The engine has all threads, so a run that goes on is halted; it can be resumed afterwards.
func openExplorer(_ state: inout StudioState) -> [StudioEffect] {
  if let missing = state.sources.missing(paintings: true) {
    state.notice = .init(.warning, missing)
    return []
  }
  // What is explored are optimizations.
  state.recipe.method = .optimize
  let isRunning = state.run.phase == .running || state.run.phase == .preparing
  state.screen = .explore
  state.explorer.begin(around: state.completeRecipe, atMost: state.exploreCount)
  return (isRunning ? pauseRun(&state) : []) + [state.development]
}

/// Back to the workspace; the exploration's runs end.
func closeExplorer(_ state: inout StudioState) -> [StudioEffect] {
  state.screen = .workspace
  if state.run.phase == .paused {
    state.notice = .init(.information, "the run is still paused: Space resumes it")
  }
  let isEstimateWanted = state.estimate == nil && state.isEstimateWanted
  return [.explore(.stop)] + (isEstimateWanted ? [.estimate(state.completeRecipe)] : [])
}

/// A key or the mouse in the exploration.
func takeInExplorer(_ input: InputEvent, in state: inout StudioState) -> [StudioEffect] {
  switch input {
  case .key(let key):
    if let action = Action.meant(by: key, in: state) { return action.perform(&state) }
    if let direction = Direction(key) { moveSelection(direction, in: &state) }
  case .mouse(let mouse) where mouse.kind == .press:
    state.notice = nil
    guard let cell = ExploreLayout(state).cell(at: mouse.point) else { return [] }
    if cell == state.explorer.selection { return adoptSelection(&state) }
    state.explorer.selection = cell
  case .mouse, .paste: break
  }
  return []
}

private func moveSelection(_ direction: Direction, in state: inout StudioState) {
  let (columns, rows) = (state.explorer.columns.count, state.explorer.rows.count)
  var column = state.explorer.selection % columns
  var row = state.explorer.selection / columns
  switch direction {
  case .left: column -= 1
  case .right: column += 1
  case .up: row -= 1
  case .down: row += 1
  case .start: column = 0
  case .end: column = columns - 1
  case .pageUp: row = 0
  case .pageDown: row = rows - 1
  }
  guard (0..<columns).contains(column), (0..<rows).contains(row) else { return }
  state.explorer.selection = row * columns + column
}

/// Makes the selected picture the center: it goes on, and gets new neighbors.
func adoptSelection(_ state: inout StudioState) -> [StudioEffect] {
  guard state.explorer.selection != state.explorer.center else { return [] }
  state.explorer.adopt(atMost: state.exploreCount)
  return [state.development]
}

func changeStep(_ state: inout StudioState, isNarrower: Bool) -> [StudioEffect] {
  state.explorer.changeStep(isNarrower: isNarrower, atMost: state.exploreCount)
  return [state.development]
}

/// Lets an axis stand for the next thing that the other does not stand for.
func changeAxis(_ state: inout StudioState, isAcross: Bool) -> [StudioEffect] {
  let explorer = state.explorer
  let (own, other) =
    isAcross
    ? (explorer.across.kind, explorer.down.kind) : (explorer.down.kind, explorer.across.kind)
  let kinds = ExploreAxis.Kind.all(for: explorer.base).filter { $0 != other }
  let place = (kinds.firstIndex(of: own) ?? -1) + 1
  state.explorer.use(
    kinds[place % kinds.count], isAcross: isAcross, atMost: state.exploreCount)
  return [state.development]
}

func toggleExplorerPause(_ state: inout StudioState) -> [StudioEffect] {
  state.explorer.isPaused.toggle()
  return [.explore(state.explorer.isPaused ? .pause : .resume)]
}

/// Makes the pictures larger or smaller by so many sizes.
func resizeExplorer(_ state: inout StudioState, by offset: Int) -> [StudioEffect] {
  guard let side = state.explorer.side(movedBy: offset) else { return [] }
  state.explorer.failure = nil
  state.explorer.resize(to: side, atMost: state.exploreCount)
  return [state.development]
}

/// Sets the sliders to the selected picture's recipe and goes back to them.
func takeOverSelection(_ state: inout StudioState) -> [StudioEffect] {
  guard let cell = state.explorer.selected else { return [] }
  state.recipe = cell.recipe
  state.recipe.content = nil
  state.recipe.styles = []
  for (index, style) in cell.recipe.styles.enumerated()
  where state.sources.styles.indices.contains(index) {
    state.sources.styles[index].weight = style.weight
  }
  if case .preset(let name) = state.explorer.presetOfSelection { state.preset = name }
  let steering = steer(&state)
  let effects = closeExplorer(&state)
  state.notice = .init(
    .success,
    state.run.phase == .paused
      ? "the sliders are set; Space goes on with them" : "the sliders are set; Space starts")
  if state.run.phase != .paused, state.run.recipe != nil {
    state.notice?.text = "the sliders are set; R starts over with them"
  }
  return steering + effects
}

/// Keeps the selected picture, with the recipe that makes it.
func keepSelection(_ state: inout StudioState) -> [StudioEffect] {
  guard let cell = state.explorer.selected, let picture = cell.picture else { return [] }
  return [
    .keep(picture, state.explorer.recipe(of: cell), Provenance(iterations: cell.iteration))
  ]
}

/// What the engine reported, if it is still of interest.
func took(_ event: ExploreEvent, in state: inout StudioState) -> [StudioEffect] {
  guard state.screen == .explore else { return [] }
  func cell(_ id: Int) -> Int? { state.explorer.cells.firstIndex { $0.id == id } }
  switch event {
  case .developed(let id, let picture, let iteration, let content, let style, let isLast):
    guard let index = cell(id) else { return [] }
    state.explorer.cells[index].picture = picture
    state.explorer.cells[index].iteration = iteration
    state.explorer.cells[index].contentLoss = content
    state.explorer.cells[index].styleLoss = style
    state.explorer.cells[index].isOver = isLast
  case .startsFromPhotograph(let reason):
    state.explorer.startsFromPhotograph = true
    state.notice = .init(.warning, "started from the photograph: \(reason)")
  case .diverged(let id):
    guard let index = cell(id) else { return [] }
    state.explorer.cells[index].hasDiverged = true
    state.explorer.cells[index].isOver = true
  case .failed(let reason):
    state.explorer.failure = reason
  }
  return []
}

/// Fits the grid to a window of another size.
func refreshExplorer(_ state: inout StudioState) -> [StudioEffect] {
  guard state.screen == .explore else { return [] }
  let before = state.explorer.cells.map(\.id)
  state.explorer.arrange(atMost: state.exploreCount)
  return state.explorer.cells.map(\.id) == before ? [] : [state.development]
}

extension StudioState {
  /// How many pictures there are room for, across and down.
  var exploreCount: Int { size.columns >= 140 && size.rows >= 46 ? 5 : 3 }

  /// Asks for the explorer's runs.
  fileprivate var development: StudioEffect {
    .explore(.develop(explorer.variations, shared: explorer.shared))
  }
}

extension Explorer {
  /// What an axis of presets says of the selected picture.
  fileprivate var presetOfSelection: ExploreStop? {
    if across.kind == .presets { return across.stop(at: columns[selection % columns.count]) }
    if down.kind == .presets { return down.stop(at: rows[selection / columns.count]) }
    return nil
  }
}
