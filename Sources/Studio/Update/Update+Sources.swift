import Terminal

extension StudioState {
  /// The painting that has the cursor.
  var selectedStyle: Int? {
    let index = sources.selection - 1
    return sources.styles.indices.contains(index) ? index : nil
  }

  /// The picture that has the cursor.
  var selectedSource: Source? {
    sources.selection == 0
      ? sources.content : selectedStyle.map { sources.styles[$0].source }
  }
}

/// Chooses a picture for the slot that has the cursor.
func chooseForSelection(_ state: inout StudioState) -> [StudioEffect] {
  openPicker(
    &state,
    for: state.sources.selection == 0 ? .content : .style(state.sources.selection - 1))
}

/// Empties the slot that has the cursor; a run that is going on keeps its pictures.
func removeSelection(_ state: inout StudioState) -> [StudioEffect] {
  if state.sources.selection == 0 {
    state.sources.content = nil
    state.sources.protection = nil
  } else if let index = state.selectedStyle {
    state.sources.styles.remove(at: index)
    state.preview.styleIndex = 0
  }
  return sourcesChanged(&state)
}

/// Turns a painting's share by tenths; at least one share stays other than 0.
func moveShare(_ state: inout StudioState, by tenths: Int, isFine: Bool) -> [StudioEffect] {
  guard let index = state.selectedStyle else { return [] }
  let step = isFine ? 0.01 : 0.1
  let share = state.sources.styles[index].weight + Double(tenths) * step
  return setShare(of: index, to: (share / step).rounded() * step, in: &state)
}

/// Gives a painting a share of the mix; a running job feels it at its next iteration.
func setShare(of index: Int, to share: Double, in state: inout StudioState) -> [StudioEffect] {
  guard state.sources.styles.indices.contains(index), share.isFinite else { return [] }
  var sources = state.sources
  sources.styles[index].weight = share.rounded(significantDigits: 6)
  guard sources.styles.contains(where: { $0.weight != 0 }) else {
    state.notice = .init(.warning, "one painting at least needs a share other than 0")
    return []
  }
  state.sources = sources
  return steer(&state)
}

func promptForShare(_ state: inout StudioState) -> [StudioEffect] {
  guard let index = state.selectedStyle else { return [] }
  let style = state.sources.styles[index]
  state.overlays.append(
    .prompt(
      Prompt(
        purpose: .styleWeight(index), question: "share of \(style.source.name)",
        entry: TextEntry(Format.significant(style.weight, 6)))))
  return []
}

/// What follows when pictures came or went.
func sourcesChanged(_ state: inout StudioState) -> [StudioEffect] {
  state.sources.selection = min(state.sources.selection, state.sources.slotCount - 1)
  state.estimate = nil
  guard state.isEstimateWanted else { return [] }
  return [.estimate(state.completeRecipe)]
}

/// A chosen picture was read, if it is still the one that is wanted.
func took(
  _ content: Source.Content, of path: String, for role: SourceRole, in state: inout StudioState
) -> [StudioEffect] {
  switch role {
  case .content:
    guard state.sources.content?.path == path else { return [] }
    state.sources.content?.content = content
  case .style:
    // Slots may have moved meanwhile: the path tells.
    var isWanted = false
    for index in state.sources.styles.indices
    where state.sources.styles[index].source.path == path {
      state.sources.styles[index].source.content = content
      isWanted = true
    }
    guard isWanted else { return [] }
  case .mask:
    var isWanted = false
    for index in state.sources.styles.indices
    where state.sources.styles[index].mask?.path == path {
      state.sources.styles[index].mask?.content = content
      isWanted = true
    }
    guard isWanted else { return [] }
  case .batch: return []
  case .protection:
    guard state.sources.protection?.path == path else { return [] }
    state.sources.protection?.content = content
  }
  if case .failed(let reason) = content { state.notice = .init(.error, reason) }
  let start = startPending(&state)
  let effects = start.isEmpty ? sourcesChanged(&state) : start
  if state.notice == nil, state.sources.isComplete, let hint = state.sources.sizeHint {
    state.notice = .init(.warning, hint)
  }
  let complaints = state.sources.masks.compactMap {
    complaint(about: $0, over: state.sources.content)
  }
  if let complaint = complaints.first { state.notice = .init(.warning, complaint) }
  return effects
}
