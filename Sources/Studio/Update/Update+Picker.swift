import Files
import Foundation
import Terminal

/// Opens the file browser on the samples, or where it last was for such pictures.
///
/// - Parameters:
///   - state: what changes.
///   - role: what a picture is chosen for.
public func openPicker(_ state: inout StudioState, for role: SourceRole) -> [StudioEffect] {
  let isFirst = state.picker.phase == .closed
  state.screen = .picker
  state.picker.role = role
  state.picker.filter = ""
  state.picker.marked = []
  state.picker.pendingChoice = []
  state.picker.focus = .entries
  let folder = state.picker.lastFolder ?? state.picker.places.start(for: role)
  return (isFirst ? [.picker(.readShelf)] : []) + visit(&state, folder)
}

/// What the file browser does when somebody presses a key, uses the mouse or pastes.
public func updatePicker(_ state: inout StudioState, input: InputEvent) -> [StudioEffect] {
  state.notice = nil
  let effects =
    switch input {
    case .key(let press): updatePicker(&state, key: press)
    case .mouse(let event): updatePicker(&state, mouse: event)
    case .paste(let text): updatePicker(&state, pasted: text)
    }
  return effects + refreshPicker(&state)
}

/// What the file browser does when its helpers report.
public func updatePicker(_ state: inout StudioState, report: PickerEvent) -> [StudioEffect] {
  var effects: [StudioEffect] = []
  switch report {
  case .listed(let listing, state.picker.request):
    guard state.picker.phase == .listing else { return [] }
    state.picker.phase = .listed
    state.picker.folder = listing.folder
    state.picker.entries = listing.entries
    state.picker.isCutShort = listing.isCutShort
    state.picker.arrange(selecting: listing.selecting ?? state.picker.arrival)
    state.picker.arrival = nil
    rememberFolder(&state)
  case .listingFailed(let reason, state.picker.request):
    guard state.picker.phase == .listing else { return [] }
    state.picker.phase = .failed(reason)
  case .inspected(let name, let facts, let thumbnail, state.picker.request):
    state.picker.facts[name] = facts
    if let thumbnail {
      let layout = PickerLayout(state)
      state.picker.thumbnails.add(
        thumbnail, named: name, capacity: max(96, 3 * layout.lines * layout.perLine),
        needed: state.picker.visibleNames(lines: layout.lines, perLine: layout.perLine))
    }
    state.picker.wishes.removeAll {
      $0.path.name == name && (facts.isDecoded || facts.failure != nil || !$0.isThumbnailWanted)
    }
    return []  // the others that were wished for are on their way
  case .completed(let names, state.picker.request):
    complete(&state, with: names)
  case .shelfRead(let shelf):
    state.picker.shelf = shelf
  case .shelfNotKept(let reason):
    state.notice = StudioState.Notice(.warning, "bookmarks and recent folders: \(reason)")
  case .named(let paths, as: let names):
    guard paths == state.picker.pendingChoice, paths.count == names.count else { return [] }
    effects = finishChoice(&state, names, from: paths)
  case .namingFailed(let paths, let reason):
    guard paths == state.picker.pendingChoice else { return [] }
    state.picker.pendingChoice = []
    state.notice = StudioState.Notice(.error, reason)
  case .listed, .listingFailed, .inspected, .completed:
    return []  // of a folder that was left meanwhile
  }
  return effects + refreshPicker(&state)
}

/// Asks for what is visible and not known yet; also to be called when the window has another size.
public func refreshPicker(_ state: inout StudioState) -> [StudioEffect] {
  let isOpen = state.screen == .picker
  if isOpen { keepSelectionVisible(&state) }
  let layout = PickerLayout(state)
  let wishes = isOpen ? state.picker.needs(lines: layout.lines, perLine: layout.perLine) : []
  guard wishes != state.picker.wishes else { return [] }
  state.picker.wishes = wishes
  return [.picker(.inspect(wishes, request: state.picker.request))]
}

private func updatePicker(_ state: inout StudioState, key press: KeyPress) -> [StudioEffect] {
  if case .path(let path) = state.picker.focus {
    return updatePath(&state, path, key: press)
  }
  if let action = PickerAction.all.first(where: {
    $0.keys(in: state).contains(press) && $0.isOffered(state.picker)
  }) {
    return action.perform(&state)
  }
  if case .character(let character) = press.key, press.modifiers.isSubset(of: .shift) {
    return type(&state, String(character))
  }
  return []
}

private func updatePicker(_ state: inout StudioState, mouse event: MouseEvent) -> [StudioEffect] {
  switch event.kind {
  case .wheelUp: scroll(&state, by: -3)
  case .wheelDown: scroll(&state, by: 3)
  case .drag, .release: break
  case .press:
    switch PickerLayout(state).target(at: event.point, in: state.picker) {
    case .entry(let place):
      let isSecond = state.picker.selection == place && state.picker.focus == .entries
      state.picker.focus = .entries
      state.picker.selection = place
      if isSecond { return openSelection(&state) }
    case .place(let number): return goToDestination(&state, number)
    case .folder(let folder): return visit(&state, folder, from: state.picker.folder)
    case nil: break
    }
  }
  return []
}

/// A path that is pasted, as by dropping a file on the terminal, is gone to.
private func updatePicker(_ state: inout StudioState, pasted text: String) -> [StudioEffect] {
  let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
  if case .path(var path) = state.picker.focus {
    path.entry.insert(text)
    state.picker.focus = .path(path)
    return []
  }
  if let path = RawPath(dropped: text, home: state.picker.places.home) {
    state.picker.filter = ""
    return visit(&state, path)
  }
  return type(&state, text)
}

/// Letters narrow down what is shown; `/` and `~` begin a path.
private func type(_ state: inout StudioState, _ text: String) -> [StudioEffect] {
  if state.picker.filter.isEmpty, text == "/" || text == "~" {
    return typePath(&state, beginning: text)
  }
  state.picker.focus = .entries
  let typed = text.unicodeScalars.filter { $0.properties.generalCategory != .control }
  let filter = state.picker.filter + String(String.UnicodeScalarView(typed))
  state.picker.filter = String(filter.prefix(200))
  if state.picker.filter.allSatisfy({ $0 == " " }) { state.picker.filter = "" }
  state.picker.arrange()
  return []
}
