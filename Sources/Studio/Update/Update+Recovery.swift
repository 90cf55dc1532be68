import History
import Recipes
import Terminal

/// A key in front of a run that was cut short.
func take(
  _ input: InputEvent, in found: CutShort, _ state: inout StudioState
) -> [StudioEffect] {
  guard case .key(let key) = input else { return [] }
  switch key.key {
  case .enter, .character("r"), .character("y"):
    state.overlays.removeLast()
    state.notice = .init(.information, "reading the run")
    return [.history(.reopen(run: found.run.name, .resume))]
  case .character("p"), .character("v"), .character(" "):
    var found = found
    found.isLooking.toggle()
    state.overlays[state.overlays.count - 1] = .cutShort(found)
    return []
  case .character("d"):
    state.overlays.removeLast()
    return [.history(.remove(run: found.run.name))]
  case .escape, .character("n"), .character("q"):
    if found.isLooking {
      var found = found
      found.isLooking = false
      state.overlays[state.overlays.count - 1] = .cutShort(found)
      return []
    }
    state.overlays.removeLast()
    state.notice = .init(.information, "the run stays in the history: H")
    return [.history(.dismiss(run: found.run.name))]
  default: return []
  }
}

/// Puts a run of the history on the workspace; it starts as soon as its pictures were read.
func reopen(
  _ reopened: ReopenedRun, _ reopening: HistoryReopening, in state: inout StudioState
) -> [StudioEffect] {
  guard let effects = adopt(reopened.recipe, of: "the run", in: &state) else { return [] }
  if reopening != .resume, reopened.iteration >= state.recipe.iterations {
    state.recipe.iterations =
      min(reopened.iteration, 1_000_000 - StudioState.moreIterations) + StudioState.moreIterations
  }
  let beginning: Beginning =
    reopening == .resume
    ? .saved(run: reopened.run.name)
    : .iterate(reopened.picture, iteration: reopened.iteration)
  state.pendingStart = PendingStart(
    beginning: beginning, picture: reopened.picture, iteration: reopened.iteration,
    recipe: state.completeRecipe, past: reopened)
  return effects
}

/// Starts what waits for its pictures as soon as all were read, unless others were chosen meanwhile.
func startPending(_ state: inout StudioState) -> [StudioEffect] {
  guard let pending = state.pendingStart else { return [] }
  guard pending.isMadeOf(state.completeRecipe), !state.sources.hasFailed else {
    state.pendingStart = nil
    return []
  }
  guard state.sources.isComplete else { return [] }
  state.pendingStart = nil
  var effects: [StudioEffect] = []
  if !state.run.isSaved, let unsaved = state.run.latest {
    effects.append(.rescue(unsaved, state.run.recipe ?? state.completeRecipe))
  }
  state.losses = LossHistory()
  state.filmstrip = Filmstrip()
  if let past = pending.past { state.show(past) }
  state.preview.mode = .result
  let before = state.run.id
  effects += startRun(&state, from: pending.beginning)
  guard state.run.id != before else { return effects }
  if let parent = pending.parent {
    // The picture is a favorite, so nothing is unsaved yet.
    state.run.isSaved = true
    state.run.lineage = .init(parent: parent, iterate: pending.iteration)
    state.notice = .init(
      .information, "goes on from the favorite's picture of iteration \(pending.iteration)")
  } else if let past = pending.past {
    state.run.latest = past.picture
    state.run.previewed = past.picture
    state.run.iteration = past.iteration
    state.run.secondsBefore = past.seconds
    state.run.isSaved = past.iteration == 0
    state.notice = .init(.information, "goes on after iteration \(past.iteration)")
    if case .saved = pending.beginning {
      state.run.lineage = past.run.record.lineage
    } else {
      state.run.lineage = .init(parent: past.run.record.lineage?.parent, iterate: past.iteration)
    }
  }
  return effects.map { state.run.withLineage($0) }
}

extension Run {
  /// A start of this run that knows what it is developed from.
  fileprivate func withLineage(_ effect: StudioEffect) -> StudioEffect {
    guard case .start(let id, let recipe, let beginning, _) = effect, id == self.id else {
      return effect
    }
    return .start(id: id, recipe, from: beginning, lineage: lineage)
  }
}

extension StudioState {
  /// Shows the losses and pictures that a run had.
  fileprivate mutating func show(_ past: ReopenedRun) {
    losses.layers = past.losses.layers
    for row in past.losses.rows {
      losses.append(
        LossHistory.Sample(
          iteration: row.iteration, total: row.total, content: row.content, style: row.style,
          tv: row.tv, styleByLayer: row.styleByLayer, seconds: row.seconds))
    }
    func total(_ iteration: Int) -> Double {
      past.losses.row(at: iteration)?.total ?? .nan
    }
    for frame in past.frames {
      filmstrip.append(
        .init(
          iteration: frame.iteration, picture: frame.picture, total: total(frame.iteration)))
    }
    filmstrip.append(
      .init(iteration: past.iteration, picture: past.picture, total: total(past.iteration)))
  }
}

extension SourceList {
  /// Whether a picture cannot be read.
  fileprivate var hasFailed: Bool {
    ([content].compactMap(\.self) + styles.map(\.source) + masks).contains { source in
      if case .failed = source.content { true } else { false }
    }
  }
}
