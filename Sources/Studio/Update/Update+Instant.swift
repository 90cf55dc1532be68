import Recipes
import Terminal

/// Asks for what is to be seen of one pass and was not asked for yet.
func refreshInstant(_ state: inout StudioState) -> [StudioEffect] {
  guard let wanted = state.wantedInstant else { return prepareInstant(&state) }
  guard wanted != state.instant.request else { return [] }
  state.instant.request = wanted
  state.instant.failure = nil
  return [.instant(.paint(wanted))]
}

/// Has the network opened while the user looks for a painting.
private func prepareInstant(_ state: inout StudioState) -> [StudioEffect] {
  let model = state.recipe.stylizerModel
  guard !state.isLeaving, state.sources.content?.isLoaded == true, state.canPaintInstantly,
    !state.run.isActive, state.instant.prepared != model, state.instant.request == nil,
    state.screen == .workspace || state.screen == .picker
  else { return [] }
  state.instant.prepared = model
  return [.instant(.prepare(model: model))]
}

/// What the painter in one pass reported.
func took(_ event: InstantEvent, in state: inout StudioState) -> [StudioEffect] {
  switch event {
  case .painted(let request, let picture):
    state.instant.painting = .init(request: request, picture: picture)
  case .failed(let request, let reason):
    if request == state.instant.request { state.instant.failure = reason }
    if request == state.contactSheet.request { state.contactSheet.failure = reason }
  case .developed(let request, let style, let picture):
    guard request == state.contactSheet.request,
      state.contactSheet.pictures.indices.contains(style)
    else { return [] }
    state.contactSheet.pictures[style] = picture
  case .fetching(let model, let share):
    state.instant.fetching = .init(model: model, share: share)
  case .fetched(let model, let failure):
    state.instant.fetching = nil
    if let failure {
      state.notice = .init(.error, failure)
      return []
    }
    state.instant.models.insert(model)
    state.notice = .init(.success, "the model \(model) is installed")
    return refreshContactSheet(&state)
  }
  return []
}

/// Fetches the network that paints the recipe in one pass.
func fetchInstantModel(_ state: inout StudioState) -> [StudioEffect] {
  let model = state.recipe.stylizerModel
  state.instant.fetching = .init(model: model, share: 0)
  return [.instant(.fetch(model: model))]
}

extension StudioState {
  /// What one pass is to paint now; nil while nobody would see it.
  fileprivate var wantedInstant: InstantRequest? {
    guard !isLeaving else { return nil }
    switch screen {
    case .workspace:
      // A run needs the threads for itself, unless it is looked at beside.
      let isDue = showsInstant && (!run.isActive || preview.mode == .instant)
      return isDue ? instantRequest : nil
    case .styles:
      return contactSheet.blend.isEmpty ? nil : contactSheetChoice
    case .picker, .gallery, .explore, .history, .queue: return nil
    }
  }

  /// Whether the network is missing that would paint the preview, and can be fetched.
  var canFetchInstantModel: Bool {
    guard case .model = recipe.method else {
      return !canPaintInstantly && instant.fetching == nil
    }
    return false
  }
}
