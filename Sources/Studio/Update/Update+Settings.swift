import Recipes
import Terminal

/// Moves the slider that has the cursor, or goes to another word of the choice that has it.
func moveSetting(_ state: inout StudioState, by notches: Int, isFine: Bool) -> [StudioEffect] {
  switch state.setting {
  case .slider(let parameter):
    let value = parameter.value(in: state.recipe)
    return set(
      parameter, to: parameter.value(value, movedBy: notches, isFine: isFine), in: &state)
  case .choice(let choice):
    return choose(choice.selection(in: state) + notches, of: choice, in: &state)
  }
}

/// Moves the setting that has the cursor to one of its ends.
func moveSetting(_ state: inout StudioState, toEnd: Bool) -> [StudioEffect] {
  switch state.setting {
  case .slider(let parameter):
    let range = parameter.range
    return set(parameter, to: toEnd ? range.upperBound : range.lowerBound, in: &state)
  case .choice(let choice):
    return choose(toEnd ? choice.options(in: state).count - 1 : 0, of: choice, in: &state)
  }
}

/// Moves the handle of the slider that has the cursor to a position, 0…1; a choice goes on to its next
/// word, behind the last to the first.
func moveSetting(_ state: inout StudioState, to position: Double) -> [StudioEffect] {
  switch state.setting {
  case .slider(let parameter): return set(parameter, to: parameter.value(at: position), in: &state)
  case .choice(let choice):
    return choose(
      (choice.selection(in: state) + 1) % choice.options(in: state).count, of: choice, in: &state)
  }
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
  return follow(.slider(parameter), from: before, in: &state, isBend: parameter != .iterations)
}

/// Chooses the word at a place among a choice's options; beyond an end counts as the end.
func choose(_ place: Int, of choice: Choice, in state: inout StudioState) -> [StudioEffect] {
  let options = choice.options(in: state)
  let option = options[min(max(place, 0), options.count - 1)]
  guard option.name != choice.name(in: state) else { return [] }
  let before = state.recipe
  do {
    try choice.select(option.name, in: &state.recipe)
  } catch {
    state.notice = .init(.error, "\(error)")
    return []
  }
  if choice == .preset { state.preset = option.name }
  state.notice = .init(.information, "\(choice.title) \(option.name): \(option.summary)")
  return follow(.choice(choice), from: before, in: &state)
}

/// Asks for a value of the setting that has the cursor.
func askForSetting(_ state: inout StudioState) -> [StudioEffect] {
  switch state.setting {
  case .slider: return promptForValue(&state, typed: nil)
  case .choice(let choice):
    state.overlays.append(.choices(choice, selection: choice.selection(in: state)))
    return []
  }
}

func resetSetting(_ state: inout StudioState) -> [StudioEffect] {
  let before = state.recipe
  state.setting.take(from: state.presetRecipe, into: &state.recipe)
  return follow(state.setting, from: before, in: &state)
}

func resetSettings(_ state: inout StudioState) -> [StudioEffect] {
  let before = state.recipe
  for setting in Setting.all {
    setting.take(from: state.presetRecipe, into: &state.recipe)
  }
  return steer(&state) + estimateIfNeeded(state, before: before)
}

/// Goes on to the next thing that a run can start from.
func useNextStart(_ state: inout StudioState) -> [StudioEffect] {
  let place = Choice.start.selection(in: state) + 1
  return choose(place % Choice.start.options.count, of: .start, in: &state)
}

/// Asks for a number, with what was typed so far in the answer; where the cursor is on no number,
/// nothing happens.
func promptForValue(_ state: inout StudioState, typed: String?) -> [StudioEffect] {
  guard case .slider(let parameter) = state.setting else { return [] }
  let unit = parameter.unit.isEmpty ? "" : " in \(parameter.unit)"
  state.overlays.append(
    .prompt(
      Prompt(
        purpose: .value(parameter), question: "\(parameter.title)\(unit)",
        entry: TextEntry(typed ?? parameter.text(parameter.value(in: state.recipe))))))
  return []
}

/// What follows from a new value.
private func follow(
  _ setting: Setting, from before: Recipe, in state: inout StudioState, isBend: Bool = true
) -> [StudioEffect] {
  guard state.recipe != before else { return [] }
  if state.run.isActive, !setting.isLive {
    state.notice = .init(.information, "\(setting.title) acts from the next start: R starts over")
  }
  return steer(&state, isBend: isBend) + estimateIfNeeded(state, before: before)
}

/// Measures anew when a change makes runs longer or larger.
private func estimateIfNeeded(_ state: StudioState, before: Recipe) -> [StudioEffect] {
  let isOther = before.costs != state.recipe.costs
  return isOther && state.isEstimateWanted ? [.estimate(state.completeRecipe)] : []
}

extension Recipe {
  /// Of what it says only that which decides what an iteration takes.
  fileprivate var costs: Recipe {
    var costs = Recipe()
    costs.method = isInstant ? .instant : .optimize
    costs.model = model
    costs.precision = precision
    costs.styleLoss = styleLoss
    costs.optimizer = optimizer
    costs.size = size
    costs.firstSize = firstSize
    costs.scaleTaper = scaleTaper
    costs.margin = margin
    return costs
  }
}
