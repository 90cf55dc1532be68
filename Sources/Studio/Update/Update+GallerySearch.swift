import Favorites
import Terminal

private let longestSearch = 200

func startSearch(_ state: inout StudioState) -> [StudioEffect] {
  state.gallery.search = TextEntry(state.gallery.query.text)
  return []
}

/// Letters search at once; Enter and Esc give the keys back, Esc without the words.
func updateSearch(_ state: inout StudioState, input: InputEvent) -> [StudioEffect] {
  guard var entry = state.gallery.search else { return [] }
  if case .key(let press) = input {
    switch press.key {
    case .enter, .tab:
      state.gallery.search = nil
      return []
    case .escape:
      state.gallery.search = nil
      return ask(&state) { $0.text = "" }
    case .up: return moveInGallery(&state, lines: -1)
    case .down: return moveInGallery(&state, lines: 1)
    case .pageUp: return moveInGallery(&state, pages: -1)
    case .pageDown: return moveInGallery(&state, pages: 1)
    case .backspace where entry.text.isEmpty:
      state.gallery.search = nil
      return []
    default: break
    }
  }
  guard entry.take(input) else {
    state.gallery.search = entry
    return []
  }
  if entry.text.count > longestSearch {
    entry.replace(with: String(entry.text.prefix(longestSearch)))
  }
  state.gallery.search = entry
  return ask(&state) { $0.text = entry.text }
}

/// Changes the query, and looks for what it finds from its first favorite on.
private func ask(
  _ state: inout StudioState, _ change: (inout FavoriteQuery) -> Void
) -> [StudioEffect] {
  let before = state.gallery.query
  change(&state.gallery.query)
  guard state.gallery.query != before else { return [] }
  state.gallery.selection = 0
  state.gallery.scroll = 0
  return find(&state)
}

func clearFilters(_ state: inout StudioState) -> [StudioEffect] {
  ask(&state) { $0 = FavoriteQuery(order: $0.order) }
}

func changeGalleryOrder(_ state: inout StudioState) -> [StudioEffect] {
  ask(&state) { query in
    let all = FavoriteQuery.Order.allCases
    let next = (all.firstIndex(of: query.order) ?? 0) + 1
    query.order = all[next % all.count]
  }
}

/// More stars each time, and after five any number again.
func filterByRating(_ state: inout StudioState) -> [StudioEffect] {
  ask(&state) { $0.rating = ($0.rating + 1) % 6 }
}

/// Opens the list of tags or paintings.
func choose(_ kind: GalleryChooser.Kind, in state: inout StudioState) -> [StudioEffect] {
  state.gallery.chooser = GalleryChooser(kind: kind)
  return [.gallery(.list(kind))]
}

/// The list was read; the cursor goes to what is chosen already.
func took(
  _ choices: [GalleryChooser.Choice], of kind: GalleryChooser.Kind, in state: inout StudioState
) {
  guard state.gallery.chooser?.kind == kind else { return }
  state.gallery.chooser?.choices = choices
  let chosen = kind == .tag ? state.gallery.query.tags.first : state.gallery.query.style
  let place = choices.firstIndex { $0.name == chosen }
  state.gallery.chooser?.selection = place.map { $0 + 1 } ?? 0
}

func updateChooser(_ state: inout StudioState, input: InputEvent) -> [StudioEffect] {
  guard let chooser = state.gallery.chooser else { return [] }
  var selection = chooser.selection
  switch input {
  case .key(let press):
    switch press.key {
    case .up, .character("k"): selection -= 1
    case .down, .character("j"), .tab: selection += 1
    case .pageUp: selection -= 10
    case .pageDown: selection += 10
    case .home: selection = 0
    case .end: selection = .max
    case .enter, .character(" "): return choose(chooser.selection, of: chooser, in: &state)
    case .escape, .character("q"), .character("t"), .character("p"):
      state.gallery.chooser = nil
      return []
    default: break
    }
  case .mouse(let event):
    switch event.kind {
    case .wheelUp: selection -= 1
    case .wheelDown: selection += 1
    case .press:
      guard
        case .choice(let line) = GalleryLayout(state).target(at: event.point, in: state.gallery)
      else {
        state.gallery.chooser = nil
        return []
      }
      return choose(line, of: chooser, in: &state)
    case .drag, .release: break
    }
  case .paste: break
  }
  state.gallery.chooser?.selection = max(0, min(selection, chooser.lineCount - 1))
  return []
}

private func choose(
  _ line: Int, of chooser: GalleryChooser, in state: inout StudioState
) -> [StudioEffect] {
  state.gallery.chooser = nil
  let choices = chooser.choices ?? []
  let name = line > 0 && line <= choices.count ? choices[line - 1].name : nil
  return ask(&state) { query in
    switch chooser.kind {
    case .tag: query.tags = [name].compactMap(\.self)
    case .style: query.style = name
    }
  }
}
