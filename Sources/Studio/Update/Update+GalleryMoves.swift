import Favorites
import Terminal
import Tensors

func closeGallery(_ state: inout StudioState) -> [StudioEffect] {
  state.screen = .workspace
  return []
}

func showLarge(_ state: inout StudioState) -> [StudioEffect] {
  state.gallery.mode = .large
  return []
}

func showGrid(_ state: inout StudioState) -> [StudioEffect] {
  state.gallery.mode = .grid
  return []
}

func moveInGallery(_ state: inout StudioState, by places: Int) -> [StudioEffect] {
  let last = state.gallery.count - 1
  state.gallery.selection = max(0, min(state.gallery.selection + places, last))
  return []
}

/// Up and down; one picture fills the window when it is large.
func moveInGallery(_ state: inout StudioState, lines: Int) -> [StudioEffect] {
  let perLine = state.gallery.mode == .grid ? GalleryLayout(state).perLine : 1
  let target = state.gallery.selection + lines * perLine
  // From the last but one line the end is still below, though not exactly.
  let lastLine = (state.gallery.count - 1) / perLine
  if lines > 0, target >= state.gallery.count, state.gallery.selection / perLine == lastLine {
    return []
  }
  if target < 0 { return [] }
  return moveInGallery(&state, by: lines * perLine)
}

func moveInGallery(_ state: inout StudioState, pages: Int) -> [StudioEffect] {
  let layout = GalleryLayout(state)
  guard state.gallery.mode == .grid else { return moveInGallery(&state, by: 10 * pages) }
  return moveInGallery(&state, by: pages * max(1, layout.lines) * layout.perLine)
}

/// The wheel moves what is visible; the cursor goes along only as far as it must.
private func scrollGallery(_ state: inout StudioState, by lines: Int) {
  let layout = GalleryLayout(state)
  guard layout.lines > 0, state.gallery.count > 0 else { return }
  let lineCount = state.gallery.count.dividedUp(by: layout.perLine)
  let scroll = max(0, min(state.gallery.scroll + lines, lineCount - layout.lines))
  state.gallery.scroll = scroll
  let visible = layout.places(scroll: scroll).clamped(to: 0..<state.gallery.count)
  state.gallery.selection = max(
    visible.lowerBound, min(state.gallery.selection, visible.upperBound - 1))
}

func keepSelectionInSight(_ state: inout StudioState) {
  let layout = GalleryLayout(state)
  guard layout.lines > 0 else { return }
  let line = state.gallery.selection / layout.perLine
  let lineCount = state.gallery.count.dividedUp(by: layout.perLine)
  let scroll = min(state.gallery.scroll, line)
  state.gallery.scroll = max(
    0, min(max(scroll, line - layout.lines + 1), lineCount - layout.lines))
}

func updateGallery(_ state: inout StudioState, mouse event: MouseEvent) -> [StudioEffect] {
  let isLarge = state.gallery.isOpen && state.gallery.mode == .large
  switch event.kind {
  case .wheelUp where isLarge: return moveInGallery(&state, by: -1)
  case .wheelDown where isLarge: return moveInGallery(&state, by: 1)
  case .wheelUp where state.gallery.isBrowsing: scrollGallery(&state, by: -1)
  case .wheelDown where state.gallery.isBrowsing: scrollGallery(&state, by: 1)
  case .wheelUp, .wheelDown, .release: break
  case .drag: dragDivider(&state, to: event.point)
  case .press:
    switch GalleryLayout(state).target(at: event.point, in: state.gallery) {
    case .tile(let place):
      state.gallery.search = nil
      if state.gallery.selection == place { return showLarge(&state) }
      state.gallery.selection = place
    case .canvas: dragDivider(&state, to: event.point)
    case .choice, nil: break
    }
  }
  return []
}

/// Marks the favorite that has the cursor, or takes the mark away.
func toggleGalleryMark(_ state: inout StudioState) -> [StudioEffect] {
  guard let favorite = state.gallery.selected else { return [] }
  if state.gallery.mark(of: favorite.id) != nil {
    state.gallery.marked.removeAll { $0.id == favorite.id }
  } else if state.gallery.marked.count < 2 {
    state.gallery.marked.append(favorite)
  } else {
    state.notice = .init(.information, "two are marked already; Space on one takes its mark away")
  }
  return []
}

/// Shows the marked pictures, or the marked one and the one that has the cursor.
func compareMarked(_ state: inout StudioState) -> [StudioEffect] {
  if state.gallery.marked.count == 1, let selected = state.gallery.selected,
    state.gallery.mark(of: selected.id) == nil
  {
    state.gallery.marked.append(selected)
  }
  guard state.gallery.marked.count == 2 else {
    state.notice = .init(.information, "mark two pictures with Space, then compare them")
    return []
  }
  state.gallery.mode = .compare(divider: nil)
  return []
}

func toggleDivider(_ state: inout StudioState) -> [StudioEffect] {
  guard case .compare(let divider) = state.gallery.mode else { return [] }
  state.gallery.mode = .compare(divider: divider == nil ? 0.5 : nil)
  return []
}

func moveGalleryDivider(_ state: inout StudioState, by offset: Double) -> [StudioEffect] {
  guard case .compare(let divider?) = state.gallery.mode else { return [] }
  state.gallery.mode = .compare(divider: min(max(divider + offset, 0), 1))
  return []
}

private func dragDivider(_ state: inout StudioState, to point: Point) {
  guard case .compare(divider: _?) = state.gallery.mode, let geometry = state.comparison else {
    return
  }
  state.gallery.mode = .compare(divider: geometry.divider(at: point.column))
}
