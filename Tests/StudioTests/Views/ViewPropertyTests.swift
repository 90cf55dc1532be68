import Terminal
import Testing

@testable import Studio

@Suite struct ViewPropertyTests {
  private static let columns = [1, 2, 12, 39, 40, 41, 60, 71, 72, 80, 99, 100, 131, 250]
  private static let rows = [1, 3, 11, 12, 13, 18, 21, 24, 30, 45, 80]

  @Test(arguments: SampleState.allCases)
  func `any window is drawn, and nothing overlaps`(sample: SampleState) {
    var state = sample.state(80, 24)
    for (index, columns) in Self.columns.enumerated() {
      for (offset, rows) in Self.rows.enumerated() {
        state.size = Size(columns: columns, rows: rows)
        for focus in StudioState.Pane.allCases {
          state.focus = focus
          check(WorkspaceLayout(state), in: Rectangle(state.size))
        }
        let panes = StudioState.Pane.allCases
        state.focus = panes[(index + offset) % panes.count]
        #expect(view(state).size == state.size)
      }
    }
  }

  private func check(_ layout: WorkspaceLayout, in window: Rectangle) {
    let parts = Array(layout.panes.values) + [layout.status, layout.footer]
    for (index, part) in parts.enumerated() where !part.isEmpty {
      #expect(part.intersection(window) == part)
      for other in parts.dropFirst(index + 1) { #expect(part.intersection(other).isEmpty) }
    }
    for (pane, content) in layout.contents {
      #expect(layout.panes[pane].map { $0.intersection(content) == content } == true)
    }
    check(layout.slots, in: layout.contents[.sources])
    check(layout.settings.map(\.row), in: layout.contents[.settings])
    check(layout.frames.map(\.rectangle), in: layout.contents[.filmstrip])
    for slider in layout.settings {
      #expect(slider.row.intersection(slider.track) == slider.track && slider.track.columns >= 5)
    }
    for tab in layout.tabs { #expect(tab.rectangle.columns == tab.pane.title.count) }
  }

  private func check(_ parts: [Rectangle], in content: Rectangle?) {
    let parts = parts.filter { !$0.isEmpty }
    for (index, part) in parts.enumerated() {
      #expect(content.map { $0.intersection(part) == part } == true)
      for other in parts.dropFirst(index + 1) { #expect(part.intersection(other).isEmpty) }
    }
  }

  @Test(arguments: [(40, 12), (60, 30), (80, 24), (200, 60)])
  func `every pane and every slot can be reached`(columns: Int, rows: Int) {
    for focus in StudioState.Pane.allCases {
      var state = SampleState.manyStyles.state(columns, rows)
      state.focus = focus
      #expect(WorkspaceLayout(state).panes[focus] != nil)
    }
    for selection in 0..<8 {
      var state = SampleState.manyStyles.state(columns, rows)
      state.sources.selection = selection
      #expect(WorkspaceLayout(state).slots[selection].isEmpty == false)
    }
    for setting in Setting.all {
      var state = SampleState.running.state(columns, rows)
      state.focus = .settings
      state.setting = setting
      #expect(WorkspaceLayout(state).settings.contains { $0.setting == setting })
    }
  }

  @Test(arguments: [(40, 12), (80, 24), (200, 60)])
  func `what is seen is what is hit`(columns: Int, rows: Int) throws {
    var state = SampleState.paused.state(columns, rows)
    state.focus = .settings
    var layout = WorkspaceLayout(state)
    let surface = view(state)
    for place in layout.settings {
      guard case .slider(let parameter) = place.setting else {
        let hit = layout.target(at: place.track.origin)
        #expect(hit == .setting(place.setting, position: 0))
        continue
      }
      let value = parameter.value(in: state.recipe)
      let handle = place.handleColumn(parameter.position(of: value))
      #expect(surface[handle, place.track.row].content == .text("●"))
      let hit = layout.target(at: Point(column: handle, row: place.track.row))
      guard case .setting(place.setting, let position?) = hit else {
        Issue.record("\(parameter) was not hit: \(String(describing: hit))")
        continue
      }
      #expect(place.handleColumn(position) == handle)
    }
    state.focus = .sources
    layout = WorkspaceLayout(state)
    for (number, slot) in layout.slots.enumerated() where !slot.isEmpty {
      #expect(layout.target(at: slot.origin) == .slot(number))
    }
    state.focus = .filmstrip
    layout = WorkspaceLayout(state)
    #expect(!layout.frames.isEmpty)
    for frame in layout.frames {
      #expect(layout.target(at: frame.rectangle.origin) == .frame(frame.index))
    }
    for tab in layout.tabs {
      #expect(layout.target(at: tab.rectangle.origin) == .pane(tab.pane))
      let name = view(state)[tab.rectangle.column, tab.rectangle.row].content
      #expect(name == .text(String(tab.pane.title.prefix(1))))
    }
  }

  @Test(arguments: [Preview.Zoom.fit, .scale(0.3), .scale(1), .scale(7.7), .scale(.nan)])
  func `places in the preview go to cells and back`(zoom: Preview.Zoom) {
    for (width, height) in [(1, 1), (3, 2000), (2000, 3), (512, 341), (341, 512)] {
      for (x, y) in [(0.5, 0.5), (0.0, 1.0), (0.9, 0.1), (Double.nan, 2.0)] {
        let canvas = Rectangle(column: 7, row: 3, columns: 61, rows: 17)
        let geometry = PreviewGeometry(
          width: width, height: height, canvas: canvas,
          cell: TerminalTraits.CellPixels(width: 9, height: 19), zoom: zoom,
          center: Preview.Center(x: x, y: y))
        #expect(canvas.intersection(geometry.rectangle) == geometry.rectangle)
        #expect(!geometry.rectangle.isEmpty)
        let crop = geometry.crop
        #expect(crop.x >= 0 && crop.x + crop.width <= 1 + 1e-9 && crop.width > 0)
        #expect(crop.y >= 0 && crop.y + crop.height <= 1 + 1e-9 && crop.height > 0)
        for column in geometry.rectangle.column..<geometry.rectangle.endColumn {
          let point = Point(column: column, row: geometry.rectangle.row)
          #expect(geometry.cell(at: geometry.place(at: point)) == point)
          #expect(geometry.dividerColumn(geometry.divider(at: column)) == column)
        }
      }
    }
  }

  @Test func `nothing a person typed or a file is called reaches the terminal as a command`() {
    for sample in SampleState.allCases {
      for cell in view(sample.state(80, 24)).cells {
        guard case .text(let text) = cell.content else { continue }
        #expect(
          text.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) })
      }
    }
  }

  @Test func `lesser character sets get only what they can show`() {
    for sample in SampleState.allCases {
      let state = sample.state(
        80, 24, traits: TerminalTraits(colors: .sixteen, glyphs: .ascii, graphics: .ascii))
      for cell in view(state).cells {
        guard case .text(let text) = cell.content else { continue }
        #expect(text.utf8.count == 1)
      }
    }
  }
}
