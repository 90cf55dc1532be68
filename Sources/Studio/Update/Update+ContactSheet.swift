import Recipes
import Terminal

/// Opens the contact sheet of the built-in styles, or says what keeps it from that.
///
/// A run that goes on is halted meanwhile: the sheet needs the threads.
func openContactSheet(_ state: inout StudioState) -> [StudioEffect] {
  if let missing = state.sources.missing(paintings: false) {
    state.notice = .init(.warning, missing)
    return []
  }
  guard state.instant.models.contains(ContactSheet.model) else {
    guard state.instant.fetching == nil else { return [] }
    state.screen = .styles
    state.contactSheet = ContactSheet()
    state.instant.fetching = .init(model: ContactSheet.model, share: 0)
    return [.instant(.fetch(model: ContactSheet.model))]
  }
  let isRunning = state.run.phase == .running || state.run.phase == .preparing
  state.screen = .styles
  if case .builtin(let styles) = state.recipe.method {
    state.contactSheet.blend = styles.count > 1 ? styles : []
    state.contactSheet.selection = styles.first?.number ?? 0
  }
  return (isRunning ? pauseRun(&state) : []) + refreshContactSheet(&state)
}

/// Asks for the pictures of the sheet that are not there yet.
func refreshContactSheet(_ state: inout StudioState) -> [StudioEffect] {
  guard state.screen == .styles, let request = state.contactSheetRequest else { return [] }
  if request != state.contactSheet.request {
    state.contactSheet.request = request
    state.contactSheet.pictures = ContactSheet().pictures
    state.contactSheet.failure = nil
  }
  let missing = state.contactSheet.pictures.indices.filter {
    state.contactSheet.pictures[$0] == nil
  }
  guard !missing.isEmpty else { return [] }
  let visible = ContactSheetLayout(state).tiles.map(\.style)
  let first = missing.filter(visible.contains) + missing.filter { !visible.contains($0) }
  return [.instant(.paintSheet(request, styles: first))]
}

/// Back to the workspace.
func closeContactSheet(_ state: inout StudioState) -> [StudioEffect] {
  state.screen = .workspace
  if state.run.phase == .paused {
    state.notice = .init(.information, "the run is still paused: Space resumes it")
  }
  return [.instant(.leaveSheet)]
}

/// Makes the blend, or else the style with the cursor, the recipe's method.
func adoptFromContactSheet(_ state: inout StudioState) -> [StudioEffect] {
  state.recipe.method = .builtin(state.contactSheet.choice)
  if state.preview.mode == .content || state.preview.mode == .style {
    state.preview.mode = .result
  }
  if state.result != nil { state.preview.mode = .instant }
  let effects = closeContactSheet(&state)
  state.notice = .init(.success, "\(state.recipe.method): Space paints it at full size")
  if state.run.isActive || state.run.recipe != nil {
    state.notice?.text = "\(state.recipe.method): R paints it at full size"
  }
  return effects
}

/// Goes back to painting by what the paintings say.
func leaveBuiltinStyles(_ state: inout StudioState) -> [StudioEffect] {
  state.recipe.method = .optimize
  return closeContactSheet(&state)
}

func toggleInBlend(_ state: inout StudioState) -> [StudioEffect] {
  state.contactSheet.toggle()
  return []
}

func changeShareInBlend(_ state: inout StudioState, by tenths: Int) -> [StudioEffect] {
  state.contactSheet.changeShare(by: tenths)
  return []
}

/// A key or the mouse on the contact sheet.
func takeInContactSheet(_ input: InputEvent, in state: inout StudioState) -> [StudioEffect] {
  switch input {
  case .key(let key):
    if let action = Action.meant(by: key, in: state) { return action.perform(&state) }
    if let direction = Direction(key) { moveSelection(direction, in: &state) }
  case .mouse(let mouse):
    switch mouse.kind {
    case .wheelUp: moveSelection(.up, in: &state)
    case .wheelDown: moveSelection(.down, in: &state)
    case .press:
      state.notice = nil
      guard let style = ContactSheetLayout(state).style(at: mouse.point) else { return [] }
      if style == state.contactSheet.selection { return adoptFromContactSheet(&state) }
      state.contactSheet.selection = style
    case .drag, .release: break
    }
  case .paste: break
  }
  return []
}

private func moveSelection(_ direction: Direction, in state: inout StudioState) {
  let last = Recipe.BuiltinStyle.count - 1
  let layout = ContactSheetLayout(state)
  let before = state.contactSheet.selection
  let moved =
    switch direction {
    case .left: before - 1
    case .right: before + 1
    case .up: before - layout.columns
    case .down: before + layout.columns
    case .pageUp: before - layout.columns * layout.rows
    case .pageDown: before + layout.columns * layout.rows
    case .start: 0
    case .end: last
    }
  switch direction {
  // A line that is not full has no place below or above it.
  case .up, .down: if (0...last).contains(moved) { state.contactSheet.selection = moved }
  default: state.contactSheet.selection = min(max(moved, 0), last)
  }
}

extension StudioState {
  /// The photograph as the sheet shows it, in a style that is left open.
  fileprivate var contactSheetRequest: InstantRequest? {
    guard let content = contentPicture, instant.models.contains(ContactSheet.model) else {
      return nil
    }
    var recipe = recipe
    recipe.method = .builtin([Recipe.BuiltinStyle(number: 0)])
    return InstantRequest(
      content: content, styles: [], protection: sources.protection?.thumbnail, recipe: recipe,
      side: ContactSheet.side)
  }

  /// What the sheet's choice would look like in the preview.
  var contactSheetChoice: InstantRequest? {
    guard var request = contactSheetRequest else { return nil }
    request.look.method = .builtin(contactSheet.choice)
    request.side = min(recipe.size, Self.instantSide)
    return request
  }

  /// The blend, as far as it is painted.
  var blendPicture: IdentifiedPicture? {
    guard !contactSheet.blend.isEmpty, let painting = instant.painting,
      painting.request.content == contentPicture, case .builtin = painting.request.look.method
    else { return nil }
    return painting.picture
  }
}
