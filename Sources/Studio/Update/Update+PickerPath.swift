import Files
import Terminal

func typePath(_ state: inout StudioState) -> [StudioEffect] {
  let title = state.picker.places.title(of: state.picker.folder)
  return typePath(&state, beginning: title.hasSuffix("/") ? title : title + "/")
}

func typePath(_ state: inout StudioState, beginning text: String) -> [StudioEffect] {
  state.picker.focus = .path(PickerPathEntry(entry: TextEntry(text)))
  return []
}

/// What keys do while a path is typed.
func updatePath(
  _ state: inout StudioState, _ path: PickerPathEntry, key press: KeyPress
) -> [StudioEffect] {
  var path = path
  path.candidates = []
  let isControl = press.modifiers.contains(.control)
  switch press.key {
  case .enter:
    guard !path.entry.text.isEmpty else { break }
    return visit(
      &state, state.picker.places.path(typed: path.entry.text, in: state.picker.folder))
  case .escape:
    state.picker.focus = .entries
    return []
  case .tab:
    state.picker.focus = .path(path)
    let (folder, prefix) = splitPath(path.entry.text)
    return [
      .picker(
        .complete(
          folder: state.picker.places.path(typed: folder, in: state.picker.folder),
          prefix: prefix, request: state.picker.request))
    ]
  case .backspace: path.entry.deleteBackward()
  case .delete: path.entry.deleteForward()
  case .left: path.entry.move(by: -1)
  case .right: path.entry.move(by: 1)
  case .home: path.entry.move(by: -path.entry.text.count)
  case .end: path.entry.move(by: path.entry.text.count)
  case .character("u") where isControl: path.entry.deleteToStart()
  case .character(let character) where press.modifiers.isSubset(of: .shift):
    path.entry.insert(String(character))
  default: break
  }
  state.picker.focus = .path(path)
  return []
}

/// Goes on with what all names have in common; several are shown.
func complete(_ state: inout StudioState, with names: [String]) {
  guard case .path(var path) = state.picker.focus, var common = names.first else { return }
  let (folder, prefix) = splitPath(path.entry.text)
  for name in names.dropFirst() { common = name.commonPrefix(with: common, options: []) }
  path.candidates = names.count > 1 ? names : []
  // Names that differ from the prefix in case replace it only when they agree on more than it.
  if common.count >= prefix.count { path.entry.replace(with: folder + common) }
  state.picker.focus = .path(path)
}

private func splitPath(_ text: String) -> (folder: String, prefix: String) {
  guard let slash = text.lastIndex(of: "/") else {
    return text == "~" ? ("~/", "") : ("", text)
  }
  let start = text.index(after: slash)
  return (String(text[..<start]), String(text[start...]))
}

extension RawPath {
  /// The path that was pasted or dropped on the terminal: as a URI, quoted, or with escaped spaces; nil
  /// for text that is none.
  init?(dropped text: String, home: RawPath?) {
    var text = text
    if let path = RawPath(uri: text) {
      self = path.normalized
      return
    }
    if text.count >= 2, let quote = text.first, quote == "'" || quote == "\"", text.last == quote {
      text = String(text.dropFirst().dropLast())
    } else {
      var isEscaped = false
      text = String(
        text.filter { character in
          isEscaped = character == "\\" && !isEscaped
          return !isEscaped
        })
    }
    guard text.hasPrefix("/") || text.hasPrefix("~/"), !text.contains(where: \.isNewline) else {
      return nil
    }
    self = PickerPlaces(home: home).path(typed: text, in: RawPath("/"))
  }
}
