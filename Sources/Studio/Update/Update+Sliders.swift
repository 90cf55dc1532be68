import Recipes
import Terminal

/// Moves the slider that has the cursor.
func moveSlider(_ state: inout StudioState, by notches: Int, isFine: Bool) -> [StudioEffect] {
  let value = state.parameter.value(in: state.recipe)
  return set(
    state.parameter, to: state.parameter.value(value, movedBy: notches, isFine: isFine),
    in: &state)
}

/// Gives a slider a value, also one beyond its ends; a running job feels it at its next iteration.
func set(_ parameter: Parameter, to value: Double, in state: inout StudioState) -> [StudioEffect] {
  let before = state.recipe
  do {
    try parameter.set(value, in: &state.recipe)
  } catch {
    state.notice = .init(.error, "\(error)")
    return []
  }
  guard state.recipe != before else { return [] }
  if state.run.isActive, !parameter.isLive {
    state.notice = .init(.information, "\(parameter.title) acts from the next start: R starts over")
  }
  return steer(&state, isBend: parameter != .iterations) + estimateIfNeeded(state, before: before)
}

func resetSlider(_ state: inout StudioState) -> [StudioEffect] {
  set(state.parameter, to: state.parameter.value(in: state.presetRecipe), in: &state)
}

func resetSliders(_ state: inout StudioState) -> [StudioEffect] {
  let before = state.recipe
  for parameter in Parameter.allCases {
    try? parameter.set(parameter.value(in: state.presetRecipe), in: &state.recipe)
  }
  return steer(&state) + estimateIfNeeded(state, before: before)
}

/// Takes over a preset's recipe.
func use(_ preset: Preset, in state: inout StudioState) -> [StudioEffect] {
  let before = state.recipe
  state.preset = preset.name
  state.recipe = preset.recipe
  state.notice = .init(.information, "preset \(preset.name): \(preset.summary)")
  return steer(&state) + estimateIfNeeded(state, before: before)
}

func toggleStart(_ state: inout StudioState) -> [StudioEffect] {
  state.recipe.start = state.recipe.start == .content ? .noise : .content
  state.notice = .init(
    .information,
    state.recipe.start == .noise
      ? "the next start is from noise" : "the next start is from the photograph")
  return []
}

/// Asks for a value, with what was typed so far in the answer.
func promptForValue(_ state: inout StudioState, typed: String?) -> [StudioEffect] {
  let parameter = state.parameter
  let unit = parameter.unit.isEmpty ? "" : " in \(parameter.unit)"
  state.overlays.append(
    .prompt(
      Prompt(
        purpose: .value(parameter), question: "\(parameter.title)\(unit)",
        entry: TextEntry(typed ?? parameter.text(parameter.value(in: state.recipe))))))
  return []
}

/// Measures anew when a change makes runs longer or larger.
private func estimateIfNeeded(_ state: StudioState, before: Recipe) -> [StudioEffect] {
  let isOther = before.size != state.recipe.size || before.model != state.recipe.model
  return isOther && state.isEstimateWanted ? [.estimate(state.completeRecipe)] : []
}
