import Favorites
import Foundation
import Recipes
import Terminal

func adoptSelected(_ state: inout StudioState) -> [StudioEffect] {
  guard let favorite = state.gallery.selected else { return [] }
  return adopt(favorite, in: &state)
}

/// Takes over a favorite's recipe and pictures, and goes back to the workspace.
private func adopt(_ favorite: Favorite, in state: inout StudioState) -> [StudioEffect] {
  var recipe = favorite.origin.recipe
  do { try recipe.validate() } catch {
    state.notice = .init(.error, "its recipe cannot be used: \(error)")
    return []
  }
  var effects: [StudioEffect] = []
  state.adoption = Adoption(of: favorite)
  state.pendingStart = nil
  state.sources = SourceList()
  if let path = recipe.content {
    state.sources.content = Source(path: path)
    effects.append(.load(.content, path: path))
  }
  for (index, style) in recipe.styles.enumerated() {
    state.sources.styles.append(
      StyleSource(
        source: Source(path: style.picture), weight: style.weight,
        mask: style.mask.map { Source(path: $0) }))
    effects.append(.load(.style(index), path: style.picture))
    if let mask = style.mask { effects.append(.load(.mask(index), path: mask)) }
  }
  if let path = recipe.protect {
    state.sources.protection = Source(path: path)
    effects.append(.load(.protection, path: path))
  }
  recipe.content = nil
  recipe.styles = []
  recipe.protect = nil
  state.recipe = recipe
  state.estimate = nil
  state.preview.styleIndex = 0
  state.screen = .workspace
  state.notice = .init(
    .information,
    state.run.isActive
      ? "the sliders are the favorite's; the run goes on as it was, R starts over"
      : "the sliders and pictures are the favorite's")
  return effects
}

/// Takes over a favorite's recipe and starts from its picture, once that was read.
func continueFromSelected(_ state: inout StudioState) -> [StudioEffect] {
  guard let favorite = state.gallery.selected else { return [] }
  state.gallery.continuing = favorite.id
  if let picture = state.gallery.pictures[favorite.id] {
    return continueIfWanted(&state, favorite.id, picture)
  }
  state.notice = .init(.information, "reading the picture")
  return []
}

/// Goes on from a picture that was read, if the user still waits for it.
func continueIfWanted(
  _ state: inout StudioState, _ id: UUID, _ picture: GalleryPicture
) -> [StudioEffect] {
  guard state.gallery.continuing == id else { return [] }
  state.gallery.continuing = nil
  guard state.screen == .gallery, let favorite = state.gallery.selected, favorite.id == id else {
    return []
  }
  switch picture {
  case .failed(let reason):
    state.notice = .init(.error, reason)
    return []
  case .loaded(let picture):
    let effects = adopt(favorite, in: &state)
    guard state.screen == .workspace else { return effects }
    state.recipe.method = .optimize
    // Of pictures that were taken in from elsewhere, nobody may have counted: then the recipe was done.
    let count = favorite.origin.iterations ?? state.recipe.iterations
    let iteration = min(max(count, 0), 1_000_000 - StudioState.moreIterations)
    if iteration >= state.recipe.iterations {
      state.recipe.iterations = iteration + StudioState.moreIterations
    }
    state.pendingStart = PendingStart(picture: picture, iteration: iteration, parent: id)
    return effects
  }
}

/// Starts from a favorite's picture as soon as all that it was made of was read, unless other pictures
/// were chosen meanwhile.
func startPending(_ state: inout StudioState) -> [StudioEffect] {
  guard let pending = state.pendingStart else { return [] }
  guard let adoption = state.adoption, adoption.id == pending.parent,
    adoption.isAncestor(of: state.completeRecipe), !state.sources.hasFailed
  else {
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
  state.preview.mode = .result
  effects += startRun(&state, from: .iterate(pending.picture, iteration: pending.iteration))
  state.notice = .init(
    .information, "goes on from the favorite's picture of iteration \(pending.iteration)")
  // The picture is a favorite, so nothing is unsaved yet.
  state.run.isSaved = true
  state.run.lineage = Favorite.Lineage(parent: pending.parent, iterate: pending.iteration)
  return effects
}

extension SourceList {
  /// Whether a picture cannot be read.
  fileprivate var hasFailed: Bool {
    ([content].compactMap(\.self) + styles.map(\.source) + masks).contains { source in
      if case .failed = source.content { true } else { false }
    }
  }
}
