import Files
import Tensors
import Terminal

/// Goes to a folder; the cursor comes to rest on the way to `origin`, where that is below it.
func visit(
  _ state: inout StudioState, _ folder: RawPath, from origin: RawPath? = nil
) -> [StudioEffect] {
  state.picker.clear()
  state.picker.filter = ""
  state.picker.focus = .entries
  state.picker.phase = .listing
  state.picker.folder = folder
  state.picker.arrival = nil
  var below = origin
  while let path = below, state.picker.arrival == nil {
    below = path.parent
    if below == folder { state.picker.arrival = path.name }
  }
  state.picker.request += 1
  return [.picker(.list(folder, request: state.picker.request))]
}

func goToParent(_ state: inout StudioState) -> [StudioEffect] {
  guard let parent = state.picker.folder.parent else { return [] }
  return visit(&state, parent, from: state.picker.folder)
}

func goToDestination(_ state: inout StudioState, _ number: Int) -> [StudioEffect] {
  let destinations = state.picker.destinations
  guard destinations.indices.contains(number) else { return [] }
  return visit(&state, destinations[number].path)
}

func reread(_ state: inout StudioState) -> [StudioEffect] {
  let (filter, selected) = (state.picker.filter, state.picker.selected)
  let effects = visit(&state, state.picker.folder)
  state.picker.filter = filter
  state.picker.arrival = selected?.name
  return effects
}

/// Where the browser opens the next time for such pictures.
func rememberFolder(_ state: inout StudioState) {
  state.picker.lastFolder = state.picker.folder
}

func closePicker(_ state: inout StudioState) -> [StudioEffect] {
  state.screen = .workspace
  state.picker.marked = []
  return []
}

func togglePlaces(_ state: inout StudioState) -> [StudioEffect] {
  switch state.picker.focus {
  case .places: state.picker.focus = .entries
  case .entries, .path: if !state.picker.destinations.isEmpty { state.picker.focus = .places(0) }
  }
  return []
}

func leavePlaces(_ state: inout StudioState) -> [StudioEffect] {
  state.picker.focus = .entries
  return []
}

func moveVertically(_ state: inout StudioState, by lines: Int) -> [StudioEffect] {
  move(&state, by: lines * PickerLayout(state).perLine, within: lines)
}

/// In a list there is no left and right.
func moveHorizontally(_ state: inout StudioState, by offset: Int) -> [StudioEffect] {
  PickerLayout(state).isGrid ? move(&state, by: offset, within: offset) : []
}

func movePage(_ state: inout StudioState, by pages: Int) -> [StudioEffect] {
  let layout = PickerLayout(state)
  let lines = max(1, layout.lines - 1)
  return move(&state, by: pages * lines * layout.perLine, within: pages * lines)
}

func moveToEnd(_ state: inout StudioState, last: Bool) -> [StudioEffect] {
  move(&state, by: last ? .max / 2 : -.max / 2, within: last ? .max / 2 : -.max / 2)
}

/// Moves the cursor by so many entries, or by so many of the known folders.
private func move(
  _ state: inout StudioState, by entries: Int, within places: Int
) -> [StudioEffect] {
  if case .places(let number) = state.picker.focus {
    let last = state.picker.destinations.count - 1
    state.picker.focus = .places(max(0, min(number + places, last)))
  } else {
    let last = state.picker.shown.count - 1
    state.picker.selection = max(0, min(state.picker.selection + entries, last))
  }
  return []
}

/// The wheel moves what is visible; the cursor goes along only as far as it must.
func scroll(_ state: inout StudioState, by lines: Int) {
  let layout = PickerLayout(state)
  guard layout.lines > 0, !state.picker.shown.isEmpty else { return }
  let lineCount = state.picker.shown.count.dividedUp(by: layout.perLine)
  let scroll = max(0, min(state.picker.scroll + lines, lineCount - layout.lines))
  state.picker.scroll = scroll
  let first = scroll * layout.perLine
  let last = min((scroll + layout.lines) * layout.perLine, state.picker.shown.count) - 1
  state.picker.selection = max(first, min(state.picker.selection, last))
}

func keepSelectionVisible(_ state: inout StudioState) {
  let layout = PickerLayout(state)
  guard layout.lines > 0 else { return }
  let line = state.picker.selection / layout.perLine
  let lineCount = state.picker.shown.count.dividedUp(by: layout.perLine)
  let scroll = min(state.picker.scroll, line)
  state.picker.scroll = max(0, min(max(scroll, line - layout.lines + 1), lineCount - layout.lines))
}

func shortenFilter(_ state: inout StudioState) -> [StudioEffect] {
  state.picker.filter = String(state.picker.filter.dropLast())
  state.picker.arrange()
  return []
}

func clearFilter(_ state: inout StudioState) -> [StudioEffect] {
  state.picker.filter = ""
  state.picker.arrange()
  return []
}

func changeOrder(_ state: inout StudioState) -> [StudioEffect] {
  let all = Picker.Order.allCases
  let next = (all.firstIndex(of: state.picker.order) ?? 0) + 1
  state.picker.order = all[next % all.count]
  state.picker.arrange()
  return []
}

func reverseOrder(_ state: inout StudioState) -> [StudioEffect] {
  state.picker.isReversed.toggle()
  state.picker.arrange()
  return []
}

func toggleHidden(_ state: inout StudioState) -> [StudioEffect] {
  state.picker.showsHidden.toggle()
  state.picker.arrange()
  return []
}

func toggleAllFiles(_ state: inout StudioState) -> [StudioEffect] {
  state.picker.showsAllFiles.toggle()
  state.picker.arrange()
  return []
}

func toggleGrid(_ state: inout StudioState) -> [StudioEffect] {
  state.picker.showsGrid.toggle()
  return []
}

func toggleBookmark(_ state: inout StudioState) -> [StudioEffect] {
  state.picker.shelf.toggleBookmark(state.picker.folder)
  return [.picker(.keepShelf(state.picker.shelf))]
}
