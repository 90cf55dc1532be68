import Favorites
import Foundation
import Styling
import Terminal

/// Opens the gallery on all favorites, in the order they were looked through last.
public func openGallery(_ state: inout StudioState) -> [StudioEffect] {
  state.screen = .gallery
  if state.gallery.isFiltered {
    state.gallery.query = FavoriteQuery(order: state.gallery.query.order)
    state.gallery.selection = 0
    state.gallery.scroll = 0
  }
  return lookAgain(&state)
}

/// Looks for favorites anew, as another studio may have changed them.
func lookAgain(_ state: inout StudioState) -> [StudioEffect] {
  state.gallery.mode = .grid
  state.gallery.search = nil
  state.gallery.chooser = nil
  state.gallery.marked = []
  state.gallery.conditions = [:]
  state.gallery.continuing = nil
  if state.gallery.phase == .rebuilding { return [] }
  if !state.gallery.isOpen { state.gallery.phase = .opening }
  return find(&state)
}

/// What the gallery does when somebody presses a key, uses the mouse or pastes.
public func updateGallery(_ state: inout StudioState, input: InputEvent) -> [StudioEffect] {
  state.notice = nil
  let effects: [StudioEffect]
  if state.gallery.chooser != nil {
    effects = updateChooser(&state, input: input)
  } else if state.gallery.search != nil, !input.isMouse {
    effects = updateSearch(&state, input: input)
  } else {
    switch input {
    case .key(let press):
      let action = GalleryAction.all.first {
        $0.keys(in: state).contains(press) && $0.isOffered(state.gallery)
      }
      effects = action?.perform(&state, press) ?? []
    case .mouse(let event): effects = updateGallery(&state, mouse: event)
    case .paste: effects = []
    }
  }
  return effects + refreshGallery(&state)
}

/// What the gallery does when its helpers report.
public func updateGallery(_ state: inout StudioState, report: GalleryEvent) -> [StudioEffect] {
  var effects: [StudioEffect] = []
  switch report {
  case .found(let finding, state.gallery.request):
    guard state.gallery.phase != .rebuilding else { return [] }
    state.gallery.phase = .open
    state.gallery.count = finding.count
    state.gallery.total = finding.total
    state.gallery.selection = max(0, min(state.gallery.selection, finding.count - 1))
    state.gallery.pages = GalleryPages()
    state.gallery.pages.add(finding.pages, around: state.gallery.page)
    state.gallery.wishes = GalleryWishes()
  case .read(let pages, state.gallery.request):
    state.gallery.pages.add(pages, around: state.gallery.page)
    state.gallery.wishes.pages.removeAll { pages[$0] != nil }
  case .found, .read: return []  // of a query that was changed meanwhile
  case .failed(let failure):
    state.gallery.phase = .failed(failure)
    state.gallery.search = nil
    state.gallery.chooser = nil
    state.gallery.mode = .grid
  case .thumbnail(let id, let picture):
    state.gallery.thumbnails.add(picture.map { .picture($0) } ?? .unavailable, for: id)
    state.gallery.wishes.thumbnails.removeAll { $0.id == id }
  case .picture(let id, let picture):
    state.gallery.wishes.pictures.removeAll { $0.id == id }
    state.gallery.pictures[id] = picture
    effects = continueIfWanted(&state, id, picture)
  case .inspected(let id, let conditions):
    state.gallery.conditions[id] = conditions
    if state.gallery.wishes.inspection?.id == id { state.gallery.wishes.inspection = nil }
  case .listed(let kind, let choices):
    took(choices, of: kind, in: &state)
  case .changed(let favorite):
    state.gallery.pages.replace(favorite)
    for index in state.gallery.marked.indices where state.gallery.marked[index].id == favorite.id {
      state.gallery.marked[index] = favorite
    }
  case .removed(let id):
    state.gallery.leaving.remove(id)
    state.gallery.removed.append(id)
    state.gallery.marked.removeAll { $0.id == id }
    state.notice = .init(.success, "removed; u brings it back")
    effects = find(&state)
  case .restored(let id):
    state.gallery.removed.removeAll { $0 == id }
    state.notice = .init(.success, "it is back")
    effects = find(&state)
  case .refused(let reason):
    state.gallery.leaving = []
    state.notice = .init(.error, reason)
  case .adopted(let count):
    state.notice = .init(.information, "\(pictures(count)) in the folder were taken in")
    effects = find(&state)
  case .rebuilt(let count, let refused):
    state.gallery.phase = .opening
    let rest = refused == 0 ? "" : "; \(pictures(refused)) without a recipe were left out"
    state.notice = .init(.success, "the library was made anew from \(pictures(count))\(rest)")
    effects = find(&state)
  case .exported(let count, let folder):
    state.notice = .init(.success, "\(pictures(count)) copied to \(folder)")
  }
  return effects + refreshGallery(&state)
}

private func pictures(_ count: Int) -> String { count == 1 ? "1 picture" : "\(count) pictures" }

/// What came of keeping a picture.
func took(
  _ keeping: Keeping, of picture: IdentifiedPicture, in state: inout StudioState
) -> [StudioEffect] {
  var effects: [StudioEffect] = []
  switch keeping {
  case .inLibrary(let favorite):
    if favorite.origin.metrics.isEmpty {
      state.evaluations.remember(favorite.id, waitingFor: picture)
      effects.append(.evaluate(picture, favorite.origin.recipe))
    }
    state.notice = .init(.success, "kept as a favorite: F shows all")
    if state.gallery.query.order == .newest {
      state.gallery.selection = 0
      state.gallery.scroll = 0
    }
  case .already: state.notice = .init(.information, "this picture is a favorite already")
  case .beside(let path, let reason):
    state.notice = .init(.warning, "kept as \(path) only: \(reason); F helps")
  case .failed(let reason):
    state.notice = .init(.error, reason)
    return []
  }
  if picture == state.run.latest { state.run.isSaved = true }
  return effects + (state.screen == .gallery ? find(&state) : [])
}

/// A picture was measured: the favorite that waits for it is told.
func took(
  _ evaluation: Evaluation, of picture: IdentifiedPicture, in state: inout StudioState
) -> [StudioEffect] {
  guard let favorite = state.evaluations.take(evaluation, of: picture) else { return [] }
  return [.gallery(.measure(favorite, evaluation.metrics))]
}

/// Looks for favorites, and asks for what will be visible of them.
func find(_ state: inout StudioState) -> [StudioEffect] {
  guard state.screen == .gallery, state.gallery.phase != .rebuilding else { return [] }
  state.gallery.request += 1
  let places = GalleryLayout(state).places(scroll: state.gallery.scroll)
  let pages = GalleryPages.numbers(of: places)
  return [
    .gallery(
      .find(
        state.gallery.query, pages: pages.isEmpty ? [state.gallery.page] : pages,
        request: state.gallery.request))
  ]
}

/// Asks for what is visible and not known yet; also to be called when the window has another size.
func refreshGallery(_ state: inout StudioState) -> [StudioEffect] {
  let isShown = state.screen == .gallery && state.gallery.isOpen
  if isShown { keepSelectionInSight(&state) }
  let wishes = isShown ? state.gallery.needs(GalleryLayout(state)) : GalleryWishes()
  if isShown { state.gallery.forgetWhatIsOutOfSight(GalleryLayout(state)) }
  guard wishes != state.gallery.wishes else { return [] }
  state.gallery.wishes = wishes
  return [
    .gallery(.want(wishes, state.gallery.query, request: state.gallery.request))
  ]
}

extension InputEvent {
  fileprivate var isMouse: Bool {
    if case .mouse = self { true } else { false }
  }
}

extension Gallery {
  /// The page that the cursor is on.
  var page: Int { selection / GalleryPages.length }

  /// Those that are shown at their own size, or will be.
  private var enlarged: [Favorite] {
    switch mode {
    case .large: return [selected].compactMap(\.self)
    case .compare: return marked
    case .grid: return continuing != nil ? [selected].compactMap(\.self) : []
    }
  }

  /// Those whose small copies are visible, the most urgent first.
  private func visible(_ layout: GalleryLayout) -> [Favorite] {
    guard mode == .grid else { return enlarged }
    let places = layout.places(scroll: scroll).clamped(to: 0..<count)
    return [selected].compactMap(\.self)
      + places.filter { $0 != selection }.compactMap { pages[$0] }
  }

  /// What is shown and not known yet, the most urgent first.
  func needs(_ layout: GalleryLayout) -> GalleryWishes {
    var wishes = GalleryWishes()
    let places = layout.places(scroll: scroll).clamped(to: 0..<count)
    var numbers = GalleryPages.numbers(of: places)
    if count > 0, !numbers.contains(page) { numbers.append(page) }
    wishes.pages = numbers.filter { !pages.contains(page: $0) }
    wishes.pictures = enlarged.filter { pictures[$0.id] == nil }.map(GalleryWishes.File.init)
    wishes.thumbnails = visible(layout).filter { thumbnails[$0.id] == nil }
      .map(GalleryWishes.File.init)
    if mode == .grid, let selected, conditions[selected.id] == nil, !selected.origin.sources.isEmpty
    {
      wishes.inspection = .init(id: selected.id, sources: selected.origin.sources)
    }
    return wishes
  }

  /// Large pictures go as soon as they are not shown; small ones in the order of their use.
  mutating func forgetWhatIsOutOfSight(_ layout: GalleryLayout) {
    let shown = Set(enlarged.map(\.id))
    pictures = pictures.filter { shown.contains($0.key) }
    thumbnails.need(visible(layout).map(\.id))
    if conditions.count > 1000 { conditions = [:] }
  }
}

extension GalleryWishes.File {
  fileprivate init(_ favorite: Favorite) {
    self.init(id: favorite.id, path: favorite.picturePath)
  }
}
