import Favorites
import Recipes
import Styling
import Terminal

/// Starts a run, or says why it cannot start.
func startRun(_ state: inout StudioState, from beginning: Beginning) -> [StudioEffect] {
  if let missing = state.missing {
    state.notice = .init(.warning, missing)
    return []
  }
  if !state.recipe.isInstant, let estimate = state.estimate, !estimate.fits {
    state.notice = .init(
      .error,
      "\(state.recipe.size) px would take \(Format.bytes(estimate.memoryBytes)); "
        + "\(Format.bytes(estimate.availableBytes)) are free: choose a smaller size")
    return []
  }
  var effects: [StudioEffect] = state.run.isActive ? [.stop] : []
  if !state.run.isSaved, beginning == .recipe, let picture = state.run.latest {
    effects.append(.rescue(picture, state.run.recipe ?? state.completeRecipe))
  }
  let before = state.run
  state.run = Run()
  state.run.id = before.id + 1
  state.run.phase = .preparing
  state.run.recipe = state.completeRecipe
  switch beginning {
  case .recipe:
    state.run.lineage = state.variation
    state.losses = LossHistory()
    state.filmstrip = Filmstrip()
    if state.preview.mode != .split, state.preview.mode != .difference {
      state.preview.mode = .result
    }
  case .saved: break  // whoever asked for it shows what came before
  case .iterate(let picture, let iteration):
    state.run.latest = picture
    state.run.iteration = iteration
    state.run.isSaved = before.isSaved && before.latest == picture
    state.run.lineage = Favorite.Lineage(parent: before.lineage?.parent, iterate: iteration)
    state.run.secondsBefore = state.losses.seconds(at: iteration)
    state.losses.forget(from: iteration)
    state.losses.mark(.continued, at: iteration)
    state.filmstrip.cut(after: iteration)
  case .end:
    state.run.latest = before.latest
    state.run.iteration = before.iteration
    state.run.isSaved = before.isSaved
    state.run.lineage = before.lineage
    state.run.secondsBefore = state.losses.seconds(at: before.iteration)
    state.losses.mark(.continued, at: before.iteration)
    state.filmstrip.select(nil)
  }
  return effects + [
    .start(
      id: state.run.id, state.completeRecipe, from: beginning, lineage: state.run.lineage)
  ]
}

func pauseRun(_ state: inout StudioState) -> [StudioEffect] {
  state.run.phase = .paused
  return [.pause]
}

func resumeRun(_ state: inout StudioState) -> [StudioEffect] {
  state.run.phase = .running
  return [.resume]
}

func stopRun(_ state: inout StudioState) -> [StudioEffect] {
  state.run.phase = .stopping
  return [.stop]
}

/// Goes on from the frame that is looked at.
func continueFromFrame(_ state: inout StudioState) -> [StudioEffect] {
  guard let frame = state.filmstrip.selected else { return [] }
  if frame.iteration >= state.recipe.iterations {
    state.recipe.iterations = frame.iteration + StudioState.moreIterations
  }
  return startRun(
    &state, from: .iterate(frame.picture, iteration: frame.iteration))
}

/// Lengthens the run, or goes on after its end.
func addIterations(_ count: Int, to state: inout StudioState) -> [StudioEffect] {
  let base = state.run.isActive ? state.recipe.iterations : state.run.iteration
  let (sum, isTooMany) = base.addingReportingOverflow(count)
  var recipe = state.recipe
  recipe.iterations = sum
  guard !isTooMany, count > 0, (try? recipe.validate()) != nil else {
    state.notice = .init(.error, "a run has at most 1000000 iterations")
    return []
  }
  state.recipe = recipe
  if state.run.isActive { return steer(&state, isBend: false) }
  if state.run.recipe?.isInstant == true, let picture = state.run.latest {
    return startRun(&state, from: .iterate(picture, iteration: 0))
  }
  return startRun(&state, from: .end)
}

/// Tells a running job what the sliders say now.
///
/// - Parameter isBend: whether the curves bend there and the chart should say so.
func steer(_ state: inout StudioState, isBend: Bool = true) -> [StudioEffect] {
  guard state.run.isActive, var recipe = state.run.recipe else { return [] }
  let wanted = state.completeRecipe
  recipe.contentWeight = wanted.contentWeight
  recipe.styleWeight = wanted.styleWeight
  recipe.tvWeight = wanted.tvWeight
  recipe.detail = wanted.detail
  recipe.iterations = wanted.iterations
  recipe.adam.learningRate = wanted.adam.learningRate
  // Paintings come and go only with a new start; their shares may change at any time.
  let places = recipe.styles.map { [$0.picture, $0.mask] }
  if wanted.styles.map({ [$0.picture, $0.mask] }) == places,
    wanted.styles.contains(where: { $0.weight != 0 })
  {
    recipe.styles = wanted.styles
  }
  guard recipe != state.run.recipe else { return [] }
  state.run.recipe = recipe
  if isBend { state.losses.mark(.steered, at: state.run.iteration + 1) }
  return [.steer(Steering.Controls(recipe))]
}

/// What a run reported.
func took(_ event: RunEvent, in state: inout StudioState) -> [StudioEffect] {
  switch event {
  case .notRecorded(let reason):
    state.notice = .init(.warning, "the run is not in the history: \(reason)")
    return []
  case .prepared(let layers):
    state.losses.layers = layers
    return []
  case .iterated(var sample, let picture, let scale, let seconds, let memory, let isPreviewed):
    sample.seconds = sample.seconds.map { $0 + state.run.secondsBefore }
    if state.run.phase == .preparing { state.run.phase = .running }
    if state.run.scale != 0, state.run.scale != scale {
      state.losses.mark(.scaleChanged, at: sample.iteration)
    }
    state.run.iteration = sample.iteration
    state.run.scale = scale
    state.run.secondsPerIteration = seconds ?? state.run.secondsPerIteration
    state.run.memoryBytes = memory ?? state.run.memoryBytes
    state.losses.append(sample)
    if sample.iteration > 0 { state.run.isSaved = false }
    if let picture {
      show(picture, at: sample.iteration, total: sample.total, in: &state)
      if isPreviewed { state.run.previewed = picture }
    }
    return []
  case .ended(let end, let picture, let iterations):
    state.run.phase = .ended(end)
    state.run.iteration = iterations
    if let picture {
      show(
        picture, at: iterations, total: state.losses.samples.last?.total ?? .nan, in: &state)
      if state.run.recipe?.isInstant == true { state.run.isSaved = false }
    }
    state.notice = StudioState.Notice(
      end, iterations: iterations, isInstant: state.run.recipe?.isInstant == true)
    var effects: [StudioEffect] = []
    if let picture, let recipe = state.run.recipe, !state.isLeaving {
      effects.append(.evaluate(picture, recipe))
    }
    if state.estimate == nil, state.isEstimateWanted {
      effects.append(.estimate(state.completeRecipe))
    }
    // What has ended is one of the runs that are looked through.
    if state.screen == .history { effects.append(.history(.list)) }
    return effects
  }
}

private func show(
  _ picture: IdentifiedPicture, at iteration: Int, total: Double, in state: inout StudioState
) {
  state.run.latest = picture
  if iteration > 0 { state.run.isSaved = false }
  state.filmstrip.append(.init(iteration: iteration, picture: picture, total: total))
}

extension StudioState {
  /// How many iterations are suggested after the end of a run.
  static let moreIterations = 100

  /// Whether a start is to be measured anew.
  var isEstimateWanted: Bool {
    sources.isComplete && !recipe.isInstant && !run.isActive && !isLeaving && screen != .explore
  }
}

extension StudioState.Notice {
  fileprivate init(_ end: Run.Phase.End, iterations: Int, isInstant: Bool) {
    switch end {
    case .completed where isInstant: self.init(.success, "painted: s saves, f keeps")
    case .stopped where isInstant: self.init(.information, "stopped")
    case .completed: self.init(.success, "done after \(iterations) iterations: s saves, f keeps")
    case .reachedTarget: self.init(.success, "the loss is below its target")
    case .flattened: self.init(.success, "the loss falls no more: s saves, f keeps")
    case .stopped: self.init(.information, "stopped after \(iterations) iterations")
    case .failed(let reason): self.init(.error, reason)
    }
  }
}

extension SourceList {
  /// What keeps a run from starting; nil when nothing does.
  ///
  /// - Parameter paintings: whether it needs paintings.
  func missing(paintings: Bool) -> String? {
    switch content?.content {
    case nil: return "choose a photograph first: o"
    case .loading: return "the photograph is still being read"
    case .failed(let reason): return reason
    case .loaded: break
    }
    guard paintings else { return nil }
    if styles.isEmpty { return "add a painting first: a" }
    for style in styles {
      switch style.source.content {
      case .loading: return "\(style.source.name) is still being read"
      case .failed(let reason): return reason
      case .loaded: continue
      }
    }
    for mask in masks {
      switch mask.content {
      case .loading: return "\(mask.name) is still being read"
      case .failed(let reason): return reason
      case .loaded: continue
      }
    }
    return isComplete ? nil : "every painting's share is 0"
  }
}
