import Recipes
import Terminal

/// The one place where state changes.
///
/// Pure: the same state and event give the same state and effects.
public func update(_ state: inout StudioState, with event: StudioEvent) -> [StudioEffect] {
  let effects = react(to: event, in: &state)
  return effects + state.refreshMaskOverlay() + refreshInstant(&state)
}

private func react(to event: StudioEvent, in state: inout StudioState) -> [StudioEffect] {
  switch event {
  case .input(let input):
    return take(input, in: &state)
  case .resized(let size, let cell):
    state.size = size
    if let cell { state.traits.cell = cell }
    return refreshPicker(&state) + refreshGallery(&state) + refreshExplorer(&state)
      + refreshQueue(&state)
  case .traitsChanged(let traits):
    state.traits = traits
    return []
  case .terminationRequested:
    return leave(&state)
  case .sourceLoaded(let role, let path, let content):
    return took(content, of: path, for: role, in: &state)
  case .maskLaid(let request, let picture):
    if request == state.maskOverlay.request { state.maskOverlay.picture = picture }
    return []
  case .estimated(let estimate):
    state.estimate = estimate
    return []
  case .run(let id, let event):
    return id == state.run.id ? took(event, in: &state) : []
  case .explore(let event):
    return took(event, in: &state)
  case .instant(let event):
    return took(event, in: &state)
  case .picker(let report):
    return updatePicker(&state, report: report)
  case .gallery(let report):
    return updateGallery(&state, report: report)
  case .history(let report):
    return took(report, in: &state)
  case .recipeFound(let role, let path, let recipe):
    return offer(recipe, carriedBy: path, for: role, in: &state)
  case .queue(let report):
    return took(report, in: &state)
  case .player(let id, let report):
    return took(report, ofPlaying: id, in: &state)
  case .saved(let path, let picture, let failure):
    tell(&state, failure, success: "saved as \(path)")
    if failure == nil, picture == state.run.latest { state.run.isSaved = true }
    return []
  case .kept(let picture, let keeping):
    return took(keeping, of: picture, in: &state)
  case .evaluated(let picture, let evaluation):
    return took(evaluation, of: picture, in: &state)
  case .saveWouldOverwrite(let path):
    state.overlays.append(
      .confirm(
        Confirmation(
          purpose: .overwrite(path: path), question: "Replace the file?", detail: path)))
    return []
  }
}

private func tell(_ state: inout StudioState, _ failure: String?, success: String) {
  state.notice =
    failure.map { StudioState.Notice(.error, $0) } ?? StudioState.Notice(.success, success)
}

/// Keys and mouse go to what is in front.
private func take(_ input: InputEvent, in state: inout StudioState) -> [StudioEffect] {
  if case .key(let key) = input {
    state.notice = nil
    // These act everywhere.
    if key == .control("z") { return [.suspend] }
    if key == .control("l") { return [.redraw] }
  }
  if !state.overlays.isEmpty { return takeInOverlay(input, in: &state) }
  switch state.screen {
  case .picker:
    if input == .key(.control("c")) { return requestQuit(&state) }
    return updatePicker(&state, input: input)
  case .gallery:
    if input == .key(.control("c")) { return requestQuit(&state) }
    return updateGallery(&state, input: input)
  case .explore:
    return takeInExplorer(input, in: &state)
  case .history:
    return takeInHistory(input, in: &state)
  case .styles:
    return takeInContactSheet(input, in: &state)
  case .queue:
    return takeInQueue(input, in: &state)
  case .workspace:
    switch input {
    case .key(let key): return press(key, in: &state)
    case .mouse(let mouse): return use(mouse, in: &state)
    case .paste(let text): return paste(text, in: &state)
    }
  }
}

/// Asks before a picture that is in no file goes away; leaves otherwise.
func requestQuit(_ state: inout StudioState) -> [StudioEffect] {
  guard !state.run.isSaved else { return leave(&state) }
  state.overlays.append(
    .confirm(
      Confirmation(
        purpose: .quit, question: "Leave without saving?",
        detail: state.run.recipe?.isInstant == true
          ? "the picture is not in a file yet"
          : "the picture of iteration \(state.run.iteration) is not in a file yet")))
  return []
}

/// Leaves; what is not saved goes where it will be found.
func leave(_ state: inout StudioState) -> [StudioEffect] {
  state.isLeaving = true
  var effects: [StudioEffect] = state.run.isActive ? [.leaveRun] : []
  if !state.run.isSaved, let picture = state.run.latest {
    effects.append(.rescue(picture, state.run.recipe ?? state.completeRecipe))
  }
  if state.queue.active != nil { effects.append(.queue(.keep(state.queue.jobs))) }
  return effects + [.quit]
}

extension StudioState {
  /// The recipe with the pictures that are chosen now.
  public var completeRecipe: Recipe {
    var recipe = recipe
    recipe.content = sources.content?.path
    guard recipe.needsPaintings else { return recipe }
    recipe.styles = sources.styles.map {
      Recipe.Style(picture: $0.source.path, weight: $0.weight, mask: $0.mask?.path)
    }
    recipe.protect = sources.protection?.path
    return recipe
  }
}
