import Terminal

func togglePreviewFullScreen(_ state: inout StudioState) -> [StudioEffect] {
  state.preview.isFullScreen.toggle()
  if state.preview.isFullScreen { state.focus = .preview }
  return []
}

/// Shows the next picture or pair of which there is something to see.
func showNextMode(_ state: inout StudioState) -> [StudioEffect] {
  let modes = Preview.Mode.allCases
  let place = modes.firstIndex(of: state.preview.mode) ?? 0
  if state.preview.mode == .style, state.preview.styleIndex + 1 < state.sources.styles.count {
    state.preview.styleIndex += 1
    return []
  }
  state.preview.styleIndex = 0
  var next = modes[(place + 1) % modes.count]
  // Without a result, or without the network, it is what is shown already.
  if next == .instant, state.result == nil || state.instantRequest == nil { next = .content }
  if next == .mask, state.previewedMask == nil { next = modes[0] }
  state.preview.mode = next
  return []
}

/// Shows a picture or pair.
func show(_ mode: Preview.Mode, in state: inout StudioState) -> [StudioEffect] {
  state.preview.mode = mode
  return []
}

/// Zooms around the middle of the pane.
func zoom(_ state: inout StudioState, by factor: Double) -> [StudioEffect] {
  var fitted = state
  _ = fit(&fitted)
  guard let geometry = state.previewGeometry, let whole = fitted.previewGeometry else { return [] }
  let scale = min(geometry.scale * factor, 32)
  if scale <= whole.scale * 1.001 { return fit(&state) }
  state.preview.zoom = .scale(scale)
  return pan(&state, x: 0, y: 0)
}

func fit(_ state: inout StudioState) -> [StudioEffect] {
  state.preview.zoom = .fit
  state.preview.center = .init(x: 0.5, y: 0.5)
  return []
}

func showPixels(_ state: inout StudioState) -> [StudioEffect] {
  if state.preview.zoom == .scale(1) { return fit(&state) }
  state.preview.zoom = .scale(1)
  return []
}

/// Pans by an eighth of what is visible.
func pan(_ state: inout StudioState, x: Int, y: Int) -> [StudioEffect] {
  guard let geometry = state.previewGeometry else { return [] }
  state.preview.center.x = clamped(
    state.preview.center.x + Double(x) * geometry.crop.width / 8, margin: geometry.crop.width / 2)
  state.preview.center.y = clamped(
    state.preview.center.y + Double(y) * geometry.crop.height / 8,
    margin: geometry.crop.height / 2)
  return []
}

private func clamped(_ center: Double, margin: Double) -> Double {
  margin >= 0.5 ? 0.5 : min(max(center, margin), 1 - margin)
}

func moveDivider(_ state: inout StudioState, by offset: Double) -> [StudioEffect] {
  state.preview.divider = min(max(state.preview.divider + offset, 0), 1)
  return []
}

/// Looks at another frame of the filmstrip.
func scrub(_ state: inout StudioState, by offset: Int) -> [StudioEffect] {
  state.filmstrip.scrub(by: offset)
  if state.preview.mode == .content || state.preview.mode == .style {
    state.preview.mode = .result
  }
  return []
}

extension StudioState {
  /// Where the previewed picture lies; nil when there is none or the preview is out of sight.
  var previewGeometry: PreviewGeometry? {
    PreviewGeometry(self, canvas: WorkspaceLayout(self).canvas)
  }
}

func useNextGraphics(_ state: inout StudioState) -> [StudioEffect] {
  let all = TerminalTraits.Graphics.allCases
  let place = all.firstIndex(of: state.traits.graphics) ?? 0
  return [.useGraphics(all[(place + 1) % all.count])]
}
