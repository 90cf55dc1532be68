import Foundation
import Terminal

/// A key on the workspace: an action of the table, or a movement in the pane that has the keys.
func press(_ key: KeyPress, in state: inout StudioState) -> [StudioEffect] {
  if let action = Action.meant(by: key, in: state) { return action.perform(&state) }
  if key.key == .escape { return backOut(&state) }
  if case .character(let character) = key.key, key.modifiers.isEmpty,
    state.focus == .settings, character.isNumber || character == "."
  {
    return promptForValue(&state, typed: String(character))
  }
  guard let direction = Direction(key) else { return [] }
  return move(direction, isFine: key.modifiers.contains(.shift), in: &state)
}

/// Leaves what is special about the view, step by step.
private func backOut(_ state: inout StudioState) -> [StudioEffect] {
  if state.preview.isFullScreen {
    state.preview.isFullScreen = false
  } else if state.filmstrip.selected != nil {
    state.filmstrip.select(nil)
  } else if state.preview.zoom != .fit {
    return fit(&state)
  }
  return []
}

/// Where an arrow or its letter points.
enum Direction {
  case up, down, left, right, pageUp, pageDown, start, end

  init?(_ key: KeyPress) {
    switch key.key {
    case .up, .character("k"), .character("K"): self = .up
    case .down, .character("j"), .character("J"): self = .down
    case .left, .character("h"), .character("H"): self = .left
    case .right, .character("l"): self = .right
    case .pageUp: self = .pageUp
    case .pageDown: self = .pageDown
    case .home: self = .start
    case .end: self = .end
    default: return nil
    }
  }
}

private func move(
  _ direction: Direction, isFine: Bool, in state: inout StudioState
) -> [StudioEffect] {
  switch state.focus {
  case .sources:
    switch direction {
    case .up: state.sources.selection = max(0, state.sources.selection - 1)
    case .down:
      state.sources.selection = min(state.sources.slotCount - 1, state.sources.selection + 1)
    case .left: return moveShare(&state, by: -1, isFine: isFine)
    case .right: return moveShare(&state, by: 1, isFine: isFine)
    case .start, .pageUp: state.sources.selection = 0
    case .end, .pageDown: state.sources.selection = state.sources.slotCount - 1
    }
    return []
  case .settings:
    switch direction {
    case .up: selectSetting(&state, by: -1)
    case .down: selectSetting(&state, by: 1)
    case .left: return moveSetting(&state, by: -1, isFine: isFine)
    case .right: return moveSetting(&state, by: 1, isFine: isFine)
    case .pageDown: return moveSetting(&state, by: -10, isFine: isFine)
    case .pageUp: return moveSetting(&state, by: 10, isFine: isFine)
    case .start: return moveSetting(&state, toEnd: false)
    case .end: return moveSetting(&state, toEnd: true)
    }
    return []
  case .preview:
    switch direction {
    case .left where state.preview.mode == .split && state.preview.zoom == .fit:
      return moveDivider(&state, by: isFine ? -0.01 : -0.05)
    case .right where state.preview.mode == .split && state.preview.zoom == .fit:
      return moveDivider(&state, by: isFine ? 0.01 : 0.05)
    case .left: return pan(&state, x: -1, y: 0)
    case .right: return pan(&state, x: 1, y: 0)
    case .up: return pan(&state, x: 0, y: -1)
    case .down: return pan(&state, x: 0, y: 1)
    case .pageUp: return zoom(&state, by: 1.25)
    case .pageDown: return zoom(&state, by: 0.8)
    case .start, .end: return []
    }
  case .filmstrip:
    switch direction {
    case .left, .up: return scrub(&state, by: -1)
    case .right, .down: return scrub(&state, by: 1)
    case .pageUp: return scrub(&state, by: -10)
    case .pageDown: return scrub(&state, by: 10)
    case .start: return scrub(&state, by: -state.filmstrip.frames.count)
    case .end:
      state.filmstrip.select(nil)
      return []
    }
  case .chart: return []
  }
}

private func selectSetting(_ state: inout StudioState, by offset: Int) {
  let all = Setting.all
  let place = (all.firstIndex(of: state.setting) ?? 0) + offset
  state.setting = all[min(max(place, 0), all.count - 1)]
}

func moveFocus(_ state: inout StudioState, by offset: Int) -> [StudioEffect] {
  let panes = StudioState.Pane.allCases
  let place = (panes.firstIndex(of: state.focus) ?? 0) + offset + panes.count
  state.focus = panes[place % panes.count]
  if state.focus != .preview { state.preview.isFullScreen = false }
  return []
}

/// Pasted text that is a path, as when a file is dropped on the terminal, becomes a picture.
func paste(_ text: String, in state: inout StudioState) -> [StudioEffect] {
  guard let path = droppedPath(text) else { return [] }
  if state.sources.content == nil || state.focus == .sources && state.sources.selection == 0 {
    state.sources.content = Source(path: path)
    return [.load(.content, path: path)]
  }
  state.sources.styles.append(StyleSource(source: Source(path: path)))
  return [.load(.style(state.sources.styles.count - 1), path: path)]
}

/// The absolute path in a dropped text: bare, quoted, escaped by backslashes, or a file URL.
func droppedPath(_ text: String) -> String? {
  var path = text.trimmingCharacters(in: .whitespacesAndNewlines)
  if path.count >= 2, let quote = path.first, "'\"".contains(quote), path.last == quote {
    path = String(path.dropFirst().dropLast())
  } else if path.hasPrefix("file://") {
    path = String(path.dropFirst(7)).removingPercentEncoding ?? ""
  } else {
    var plain = ""
    var isEscaped = false
    for character in path {
      if character == "\\", !isEscaped {
        isEscaped = true
      } else {
        plain.append(character)
        isEscaped = false
      }
    }
    path = plain
  }
  return path.hasPrefix("/") && !path.contains(where: \.isNewline) ? path : nil
}
