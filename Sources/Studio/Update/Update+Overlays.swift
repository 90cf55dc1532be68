import Foundation
import Pictures
import Terminal

/// What is in front takes all keys; Esc closes it.
func takeInOverlay(_ input: InputEvent, in state: inout StudioState) -> [StudioEffect] {
  guard let overlay = state.overlays.last else { return [] }
  if input == .key(.control("c")) {
    if case .confirm(let question) = overlay, question.purpose == .quit { return leave(&state) }
    return requestQuit(&state)
  }
  switch overlay {
  case .help(let scroll): return take(input, inHelp: scroll, &state)
  case .palette(let entry, let selection): return take(input, inPalette: entry, selection, &state)
  case .prompt(let prompt): return take(input, in: prompt, &state)
  case .confirm(let question): return take(input, in: question, &state)
  case .cutShort(let found): return take(input, in: found, &state)
  case .themes(let selection, let before): return take(input, inThemes: selection, before, &state)
  case .choices(let choice, let selection): return take(input, in: choice, selection, &state)
  }
}

private func take(
  _ input: InputEvent, inHelp scroll: Int, _ state: inout StudioState
) -> [StudioEffect] {
  var scroll = scroll
  switch input {
  case .key(let key):
    switch key.key {
    case .up, .character("k"): scroll -= 1
    case .down, .character("j"): scroll += 1
    case .pageUp: scroll -= state.size.rows - 6
    case .pageDown, .character(" "): scroll += state.size.rows - 6
    case .home: scroll = 0
    case .end: scroll = .max / 2
    case .escape, .enter, .function(1), .character("q"), .character("?"):
      state.overlays.removeLast()
      return []
    default: return []
    }
  case .mouse(let mouse) where mouse.kind == .wheelUp: scroll -= 3
  case .mouse(let mouse) where mouse.kind == .wheelDown: scroll += 3
  default: return []
  }
  let most = HelpView.lastScroll(in: state)
  replaceTop(of: &state, with: .help(scroll: min(max(scroll, 0), most)))
  return []
}

private func take(
  _ input: InputEvent, inPalette entry: TextEntry, _ selection: Int, _ state: inout StudioState
) -> [StudioEffect] {
  var (entry, selection) = (entry, selection)
  let found = Action.matching(entry.text, in: state)
  if case .key(let key) = input {
    switch key.key {
    case .escape:
      state.overlays.removeLast()
      return []
    case .enter:
      state.overlays.removeLast()
      guard found.indices.contains(selection) else { return [] }
      return found[selection].perform(&state)
    case .up: selection -= 1
    case .down, .tab: selection += 1
    case .pageUp: selection -= 10
    case .pageDown: selection += 10
    default: if entry.take(input) { selection = 0 }
    }
  } else if entry.take(input) {
    selection = 0
  }
  let count = Action.matching(entry.text, in: state).count
  replaceTop(of: &state, with: .palette(entry, selection: max(0, min(selection, count - 1))))
  return []
}

private func take(
  _ input: InputEvent, in prompt: Prompt, _ state: inout StudioState
) -> [StudioEffect] {
  var prompt = prompt
  if input == .key(KeyPress(.escape)) {
    state.overlays.removeLast()
    return []
  }
  if input == .key(KeyPress(.enter)) { return answer(prompt, &state) }
  if prompt.entry.take(input) { prompt.complaint = nil }
  replaceTop(of: &state, with: .prompt(prompt))
  return []
}

private func answer(_ prompt: Prompt, _ state: inout StudioState) -> [StudioEffect] {
  func complain(_ complaint: String) -> [StudioEffect] {
    var prompt = prompt
    prompt.complaint = complaint
    replaceTop(of: &state, with: .prompt(prompt))
    return []
  }
  let text = prompt.entry.text.trimmingCharacters(in: .whitespaces)
  switch prompt.purpose {
  case .savePath:
    guard !text.isEmpty else { return complain("type the name of a file") }
    guard PictureFormat(path: text) != nil else {
      return complain("end the name in .png, .jpg or .webp")
    }
    guard let picture = state.result else { return complain("there is no picture yet") }
    state.overlays.removeLast()
    state.savePath = text
    return [
      .save(
        picture, state.run.recipe ?? state.completeRecipe, path: expandingTilde(text),
        isOverwriting: false)
    ]
  case .value(let parameter):
    guard let value = Double(text) else { return complain("type a number, such as 0.5 or 1e-3") }
    var recipe = state.recipe
    do { try parameter.set(value, in: &recipe) } catch { return complain("\(error)") }
    state.overlays.removeLast()
    return set(parameter, to: value, in: &state)
  case .styleWeight(let index):
    guard let share = Double(text), share.isFinite else {
      return complain("type a number, such as 1 or 0.25")
    }
    state.overlays.removeLast()
    return setShare(of: index, to: share, in: &state)
  case .iterations:
    guard let count = Int(text), (1...1_000_000).contains(count) else {
      return complain("type a whole number from 1 to 1000000")
    }
    state.overlays.removeLast()
    return addIterations(count, to: &state)
  case .maskThreshold:
    guard let effects = setThreshold(text, in: &state) else {
      return complain("type a number from 0 to 1, or nothing")
    }
    state.overlays.removeLast()
    return effects
  case .queueOutput(let work):
    let path = (expandingTilde(text) as NSString).standardizingPath
    if let complaint = complaint(aboutOutput: text.isEmpty ? "" : path, of: work, in: state) {
      return complain(complaint)
    }
    state.overlays.removeLast()
    return queue(work, to: path, in: &state)
  case .gallery(let purpose):
    if purpose.isExport, text.isEmpty { return complain("type the name of a folder") }
    state.overlays.removeLast()
    return answer(purpose, with: text, in: &state)
  }
}

private func take(
  _ input: InputEvent, in question: Confirmation, _ state: inout StudioState
) -> [StudioEffect] {
  guard case .key(let key) = input else { return [] }
  switch key.key {
  case .character("y"), .character("Y"):
    state.overlays.removeLast()
    switch question.purpose {
    case .quit: return leave(&state)
    case .rebuildLibrary: return rebuildLibrary(&state)
    case .adopt(let recipe): return adopt(recipe, of: "the picture", in: &state) ?? []
    case .removeRun(let name): return [.history(.remove(run: name))]
    case .optimizeFilm(let work, let output):
      return add(work, by: .optimize, to: output, in: &state)
    case .overwrite(let path):
      guard let picture = state.result else { return [] }
      return [
        .save(
          picture, state.run.recipe ?? state.completeRecipe, path: path, isOverwriting: true)
      ]
    }
  case .character("s") where question.purpose == .quit:
    state.overlays.removeLast()
    return promptForSave(&state)
  case .character("n"), .character("N"), .escape, .character("q"):
    state.overlays.removeLast()
    if case .optimizeFilm(let work, let output) = question.purpose, key.key != .escape {
      return add(work, by: .instant, to: output, in: &state)
    }
    return []
  default: return []
  }
}

private func take(
  _ input: InputEvent, inThemes selection: Int, _ before: Int, _ state: inout StudioState
) -> [StudioEffect] {
  guard case .key(let key) = input else { return [] }
  switch key.key {
  case .enter:
    state.overlays.removeLast()
    return [.rememberTheme(state.theme.slug)]
  case .escape, .character("q"):
    state.overlays.removeLast()
    state.themeIndex = before
  default:
    guard let place = place(of: key, from: selection, count: state.themes.count) else { return [] }
    state.themeIndex = place
    replaceTop(of: &state, with: .themes(selection: place, before: before))
  }
  return []
}

private func take(
  _ input: InputEvent, in choice: Choice, _ selection: Int, _ state: inout StudioState
) -> [StudioEffect] {
  guard case .key(let key) = input else { return [] }
  switch key.key {
  case .enter:
    state.overlays.removeLast()
    return choose(selection, of: choice, in: &state)
  case .escape, .character("q"): state.overlays.removeLast()
  default:
    let count = choice.options(in: state).count
    guard let place = place(of: key, from: selection, count: count) else { return [] }
    replaceTop(of: &state, with: .choices(choice, selection: place))
  }
  return []
}

/// Where a key moves the cursor of a list; nil for a key that does not.
private func place(of key: KeyPress, from selection: Int, count: Int) -> Int? {
  let place: Int
  switch key.key {
  case .up, .character("k"): place = selection - 1
  case .down, .character("j"), .tab: place = selection + 1
  case .home: place = 0
  case .end: place = count - 1
  default: return nil
  }
  return min(max(place, 0), count - 1)
}

func openThemes(_ state: inout StudioState) -> [StudioEffect] {
  state.overlays.append(.themes(selection: state.themeIndex, before: state.themeIndex))
  return []
}

/// Asks where to save, with a name made of the pictures' names.
func promptForSave(_ state: inout StudioState) -> [StudioEffect] {
  guard state.result != nil else { return [] }
  state.overlays.append(
    .prompt(
      Prompt(
        purpose: .savePath, question: "save the picture as (.png, .jpg or .webp)",
        entry: TextEntry(state.savePath ?? state.suggestedName))))
  return []
}

func promptForMore(_ state: inout StudioState) -> [StudioEffect] {
  state.overlays.append(
    .prompt(
      Prompt(
        purpose: .iterations, question: "how many more iterations",
        entry: TextEntry("\(StudioState.moreIterations)"))))
  return []
}

func keepFavorite(_ state: inout StudioState) -> [StudioEffect] {
  guard let picture = state.result else { return [] }
  return [.keep(picture, state.run.recipe ?? state.completeRecipe, state.provenance)]
}

private func replaceTop(of state: inout StudioState, with overlay: Overlay) {
  state.overlays[state.overlays.count - 1] = overlay
}

func expandingTilde(_ path: String) -> String {
  (path as NSString).expandingTildeInPath
}

extension StudioState {
  /// A name for the picture: the photograph's and the first painting's.
  var suggestedName: String {
    let names = [sources.content?.path, sources.styles.first?.source.path]
    let stems = names.compactMap(\.self).map {
      (($0 as NSString).lastPathComponent as NSString).deletingPathExtension
    }
    return (stems.isEmpty ? "picture" : stems.joined(separator: "-")) + ".png"
  }
}

extension TextEntry {
  /// Takes a key that edits, or pasted text.
  ///
  /// - Returns: Whether the text changed.
  mutating func take(_ input: InputEvent) -> Bool {
    let before = text
    switch input {
    case .paste(let pasted): insert(pasted)
    case .mouse: break
    case .key(let key):
      switch key.key {
      case .character(let character) where key.modifiers.subtracting(.shift).isEmpty:
        insert(String(character))
      case .character("a") where key.modifiers == .control: move(by: -text.count)
      case .character("e") where key.modifiers == .control: move(by: text.count)
      case .character("u") where key.modifiers == .control: deleteToStart()
      case .character("w") where key.modifiers == .control: deleteWord()
      case .backspace: deleteBackward()
      case .delete: deleteForward()
      case .left: move(by: -1)
      case .right: move(by: 1)
      case .home: move(by: -text.count)
      case .end: move(by: text.count)
      default: break
      }
    }
    return text != before
  }

  /// Deletes back to the start of a word or of a path's component.
  private mutating func deleteWord() {
    func isBreak(_ index: Int) -> Bool {
      " /".contains(text[text.index(text.startIndex, offsetBy: index)])
    }
    while cursor > 0, isBreak(cursor - 1) { deleteBackward() }
    while cursor > 0, !isBreak(cursor - 1) { deleteBackward() }
  }
}

extension Action {
  /// The available actions whose name, title or keys contain every typed word.
  public static func matching(_ typed: String, in state: StudioState) -> [Action] {
    let words = typed.lowercased().split(separator: " ")
    return all.filter { action in
      guard action.screens.contains(state.screen), action.isAvailable(state) else { return false }
      let text =
        ([action.name, action.title] + action.keys(in: state).map { $0.label(isASCII: true) })
        .joined(separator: " ").lowercased()
      return words.allSatisfy { text.contains($0) }
    }
  }
}
