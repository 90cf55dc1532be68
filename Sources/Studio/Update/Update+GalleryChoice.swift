import Favorites
import Foundation
import Terminal

func adoptSelected(_ state: inout StudioState) -> [StudioEffect] {
  guard let favorite = state.gallery.selected else { return [] }
  return adopt(favorite, in: &state)
}

/// Takes over a favorite's recipe and pictures, and goes back to the workspace.
private func adopt(_ favorite: Favorite, in state: inout StudioState) -> [StudioEffect] {
  guard let effects = adopt(favorite.origin.recipe, of: "the favorite", in: &state) else {
    return []
  }
  state.adoption = Adoption(of: favorite)
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
    state.pendingStart = PendingStart(
      beginning: .iterate(picture, iteration: iteration), picture: picture, iteration: iteration,
      recipe: state.completeRecipe, parent: id)
    return effects
  }
}
