import Terminal

/// The workspace: frames, and in each what belongs there.
struct WorkspaceView {
  let scene: Scene

  func draw(on surface: inout Surface) {
    let contents = scene.layout.contents
    StatusView(scene: scene).draw(on: &surface, in: scene.layout.status)
    for pane in StudioState.Pane.allCases {
      guard let content = contents[pane] else { continue }
      drawFrame(of: pane, on: &surface)
      switch pane {
      case .sources: SourcesView(scene: scene).draw(on: &surface, in: content)
      case .settings: SettingsView(scene: scene).draw(on: &surface)
      case .preview: PreviewView(scene: scene).draw(on: &surface, in: content)
      case .chart: ChartView(scene: scene).draw(on: &surface, in: content)
      case .filmstrip: FilmstripView(scene: scene).draw(on: &surface, in: content)
      }
    }
    FooterView(scene: scene).draw(on: &surface, in: scene.layout.footer)
  }

  private func drawFrame(of pane: StudioState.Pane, on surface: inout Surface) {
    guard let outer = scene.layout.panes[pane], let inner = scene.layout.contents[pane],
      outer != inner
    else { return }
    let line = hasKeys(pane) ? scene.style(.focus) : scene.style(.border)
    if inner.column == outer.column {  // full screen has a line instead of a frame
      for column in outer.column..<outer.endColumn {
        surface.write("─", column: column, row: outer.row, style: line)
      }
    } else {
      surface.frame(outer, style: line)
    }
    let tabs = scene.layout.tabs.filter { outer.contains($0.rectangle.origin) }
    drawNames(tabs, line: line, on: &surface)
    drawCaption(of: pane, after: tabs.last?.rectangle.endColumn ?? outer.column, on: &surface)
  }

  /// The filmstrip without a frame of its own belongs to the preview.
  private func hasKeys(_ pane: StudioState.Pane) -> Bool { scene.hasKeys(pane) }

  private func drawNames(
    _ tabs: [WorkspaceLayout.Tab], line: Style, on surface: inout Surface
  ) {
    for (index, tab) in tabs.enumerated() {
      let name = tab.rectangle
      let style =
        !tab.isShown
        ? scene.style(.dim) : hasKeys(tab.pane) ? scene.style(.focus) : scene.style(.title)
      if index == 0 { surface.write(" ", column: name.column - 1, row: name.row, style: style) }
      surface.write(
        tab.pane.title, column: name.column, row: name.row, style: style, limit: name.columns)
      let isLast = index == tabs.count - 1
      surface.write(
        isLast ? " " : " · ", column: name.endColumn, row: name.row, style: line)
    }
  }

  /// What a pane says of itself: at the right of its upper edge, or on its lower edge.
  private func drawCaption(of pane: StudioState.Pane, after column: Int, on surface: inout Surface)
  {
    guard let outer = scene.layout.panes[pane], let caption = caption(of: pane), !caption.isEmpty
    else { return }
    let padded = StyledText(" ", scene.style(.dim)) + caption + StyledText(" ", scene.style(.dim))
    let end = outer.endColumn - 2
    if padded.columns <= end - column - 2 {
      surface.write(padded, endColumn: end, row: outer.row, limit: outer.columns - 4)
    } else if !scene.state.preview.isFullScreen {
      surface.write(padded, endColumn: end, row: outer.endRow - 1, limit: outer.columns - 4)
    }
  }

  private func caption(of pane: StudioState.Pane) -> StyledText? {
    switch pane {
    case .sources: SourcesView(scene: scene).caption
    case .settings: SettingsView(scene: scene).caption
    case .preview: PreviewView(scene: scene).caption
    case .chart: ChartView(scene: scene).caption
    case .filmstrip: FilmstripView(scene: scene).caption
    }
  }
}

extension Rectangle {
  var origin: Point { Point(column: column, row: row) }
}
