import Foundation
import Recipes
import Terminal

/// Chooses where the painting of the slot that has the cursor applies, or what of the photograph stays.
func chooseMask(_ state: inout StudioState) -> [StudioEffect] {
  openPicker(&state, for: state.selectedStyle.map { .mask($0) } ?? .protection)
}

/// Takes the mask of the slot that has the cursor away; a run that is going on keeps it.
func removeMask(_ state: inout StudioState) -> [StudioEffect] {
  if let index = state.selectedStyle {
    state.sources.styles[index].mask = nil
  } else {
    state.sources.protection = nil
  }
  return sourcesChanged(&state)
}

/// Takes a mask that was chosen, and shows it.
func take(mask path: String, for role: SourceRole, in state: inout StudioState) -> [StudioEffect] {
  let source = Source(path: path)
  switch role {
  case .mask(let number):
    guard state.sources.styles.indices.contains(number) else { return [] }
    state.sources.styles[number].mask = source
    state.sources.selection = number + 1
  case .protection:
    state.sources.protection = source
    state.sources.selection = 0
  case .content, .style, .batch: return []
  }
  state.preview.mode = .mask
  state.maskOverlay = MaskOverlay()
  return [.load(role, path: path)]
}

func promptForThreshold(_ state: inout StudioState) -> [StudioEffect] {
  state.overlays.append(
    .prompt(
      Prompt(
        purpose: .maskThreshold,
        question: "masks: white from which lightness on, 0 to 1 (nothing: as they are)",
        entry: TextEntry(state.recipe.maskThreshold.map { Format.significant($0, 6) } ?? ""))))
  return []
}

/// The answer to `promptForThreshold`; nil when it is none.
func setThreshold(_ text: String, in state: inout StudioState) -> [StudioEffect]? {
  var recipe = state.recipe
  if text.isEmpty {
    recipe.maskThreshold = nil
  } else {
    guard let threshold = Double(text) else { return nil }
    recipe.maskThreshold = threshold
    guard (try? recipe.validate()) != nil else { return nil }
  }
  state.recipe = recipe
  if state.run.isActive {
    state.notice = .init(.information, "masks act from the next start: R starts over")
  }
  return []
}

/// What there is to say against a mask.
func complaint(about mask: Source, over content: Source?) -> String? {
  guard case .loaded(_, let width, let height) = mask.content,
    case .loaded(_, let ownWidth, let ownHeight) = content?.content,
    !isAlike(width, height, ownWidth, ownHeight)
  else { return nil }
  return "\(mask.name) is \(width)×\(height), of another shape than the photograph"
}

/// Whether two sizes have the same ratio, but for a hundredth.
private func isAlike(_ width: Int, _ height: Int, _ otherWidth: Int, _ otherHeight: Int) -> Bool {
  let ratio = Double(width * otherHeight) / Double(max(1, height * otherWidth))
  return abs(log(ratio)) < 0.02
}
