import Terminal

/// Draws the studio.
///
/// Pure: the same state gives the same surface.
public func view(_ state: StudioState) -> Surface {
  let scene = Scene(state)
  var surface: Surface
  if scene.layout.isTooSmall {
    surface = scene.emptySurface
    TooSmallView(scene: scene).draw(on: &surface)
  } else {
    switch state.screen {
    case .workspace:
      surface = scene.emptySurface
      WorkspaceView(scene: scene).draw(on: &surface)
    case .picker:
      surface = pickerView(state)
    case .gallery:
      surface = galleryView(state)
    case .explore:
      surface = scene.emptySurface
      ExploreView(scene: scene).draw(on: &surface)
    case .history:
      surface = scene.emptySurface
      HistoryView(scene: scene).draw(on: &surface)
    case .queue:
      surface = scene.emptySurface
      QueueView(scene: scene).draw(on: &surface)
    case .styles:
      surface = scene.emptySurface
      ContactSheetView(scene: scene).draw(on: &surface)
    }
    for overlay in state.overlays {
      OverlayView(scene: scene, overlay: overlay).draw(on: &surface)
    }
  }
  surface.limit(to: state.traits.glyphs)
  return surface
}

/// What every view draws by: the state, its layout and its colors.
struct Scene {
  let state: StudioState
  let layout: WorkspaceLayout
  let theme: Theme

  init(_ state: StudioState) {
    self.state = state
    layout = WorkspaceLayout(state)
    theme = state.traits.colors == .none ? .monochrome : state.theme
  }

  func style(_ role: Theme.Role) -> Style { theme.style(role) }

  var emptySurface: Surface { Surface(size: state.size, style: style(.text)) }

  /// Whether a pane has the keys.
  func hasKeys(_ pane: StudioState.Pane) -> Bool {
    state.focus == pane && state.overlays.isEmpty
  }

  /// The first key of an action, as it is written on the keyboard; nil when it cannot be used now.
  func key(of name: String) -> String? {
    Action.all.first { $0.name == name && $0.isAvailable(state) }?.keys(in: state).first?
      .label(isASCII: state.traits.glyphs == .ascii)
  }
}

/// Says that there is no room, and how much there should be.
struct TooSmallView {
  let scene: Scene

  func draw(on surface: inout Surface) {
    let (least, size) = (WorkspaceLayout.minimum, surface.size)
    let text =
      "Impasto needs \(least.columns)×\(least.rows); "
      + "this window is \(size.columns)×\(size.rows)"
    let lines = text.wrapped(to: size.columns, rows: size.rows)
    for (index, line) in lines.enumerated() {
      surface.write(
        line, column: max(0, (size.columns - line.columns) / 2),
        row: (size.rows - lines.count) / 2 + index, style: scene.style(.text))
    }
  }
}
