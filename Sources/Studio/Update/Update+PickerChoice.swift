import Files
import Terminal

/// Opens the folder that has the cursor, or chooses the picture.
func openSelection(_ state: inout StudioState) -> [StudioEffect] {
  if case .places(let number) = state.picker.focus { return goToDestination(&state, number) }
  guard let entry = state.picker.selected else { return [] }
  let path = state.picker.path(of: entry)
  if entry.isFolder {
    return visit(&state, path, from: entry.kind == .parent ? state.picker.folder : nil)
  }
  if !state.picker.marked.isEmpty { return choose(&state, state.picker.marked) }
  // A batch is of all that lies there.
  if state.picker.role == .batch, entry.kind != .film { return chooseFolder(&state) }
  guard isChoosable(&state, entry) else { return [] }
  return choose(&state, [path])
}

/// Marks the picture that has the cursor, or takes the mark away, and goes to the next.
func toggleMark(_ state: inout StudioState) -> [StudioEffect] {
  guard let entry = state.picker.selected, !entry.isFolder else { return [] }
  let path = state.picker.path(of: entry)
  if state.picker.isMarked(entry) {
    state.picker.marked.removeAll { $0 == path }
  } else if isChoosable(&state, entry) {
    state.picker.marked.append(path)
  } else {
    return []
  }
  state.picker.selection = min(state.picker.selection + 1, state.picker.shown.count - 1)
  return []
}

/// Says what is wrong with a picture, if that is known.
private func isChoosable(_ state: inout StudioState, _ entry: PickerEntry) -> Bool {
  let failure =
    entry.isFile ? state.picker.facts[entry.name]?.failure : "neither a file nor a folder"
  guard let failure else { return true }
  state.notice = StudioState.Notice(.error, "\(entry.title): \(failure)")
  return false
}

/// Takes the folder that is shown, for a batch of what is in it.
func chooseFolder(_ state: inout StudioState) -> [StudioEffect] {
  guard state.picker.phase == .listed else { return [] }
  guard state.picker.hasPictures else {
    state.notice = .init(.error, "there are no pictures in this folder")
    return []
  }
  return choose(&state, [state.picker.folder])
}

/// Asks where the painted film or pictures go.
private func chose(_ path: String, isFilm: Bool, in state: inout StudioState) {
  promptForOutput(of: isFilm ? .film(path: path) : .batch(folder: path), in: &state)
}

/// Takes pictures whose paths are text at once; finds names for the others first.
private func choose(_ state: inout StudioState, _ paths: [RawPath]) -> [StudioEffect] {
  let names = paths.compactMap(\.text)
  if names.count == paths.count { return finishChoice(&state, names, from: paths) }
  state.picker.pendingChoice = paths
  return [.picker(.name(paths))]
}

/// Puts pictures into their slots and goes back to the workspace.
///
/// Of several paintings the first takes the slot that they were chosen for; the others are added.
func finishChoice(
  _ state: inout StudioState, _ names: [String], from paths: [RawPath]
) -> [StudioEffect] {
  guard state.screen == .picker else { return [] }
  var effects: [StudioEffect] = []
  switch state.picker.role {
  case .content:
    for name in names.prefix(1) {
      state.sources.content = Source(path: name)
      state.sources.selection = 0
      effects.append(.load(.content, path: name))
    }
  case .style(let number):
    for (offset, name) in names.enumerated() {
      let source = Source(path: name)
      let index = offset == 0 ? min(number, state.sources.styles.count) : state.sources.styles.count
      if index < state.sources.styles.count {
        state.sources.styles[index].source = source
      } else {
        state.sources.styles.append(StyleSource(source: source))
      }
      state.sources.selection = index + 1
      effects.append(.load(.style(index), path: name))
    }
  case .batch:
    state.screen = .workspace
    if let name = names.first {
      chose(name, isFilm: paths.first.map(PickerEntry.isFilm) ?? false, in: &state)
    }
  case .mask, .protection:
    if let name = names.first { effects = take(mask: name, for: state.picker.role, in: &state) }
  }
  for folder in paths.compactMap(\.parent) { state.picker.shelf.visit(folder) }
  state.picker.marked = []
  state.picker.pendingChoice = []
  state.screen = .workspace
  return effects + [.picker(.keepShelf(state.picker.shelf))]
}
