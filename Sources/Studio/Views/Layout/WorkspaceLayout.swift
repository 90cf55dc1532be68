import Terminal

/// Which cells belong to what on the workspace.
///
/// Views draw by it and the mouse is understood by it, so that what is seen is what is hit.
public struct WorkspaceLayout: Equatable, Sendable {
  /// A setting's place.
  public struct SettingPlace: Equatable, Sendable {
    /// Which setting.
    public let setting: Setting
    /// All of it.
    public let row: Rectangle
    /// The part that a slider's handle moves along, or where a choice's word stands; one row high.
    public let track: Rectangle

    /// The column of the handle at a position of 0…1.
    public func handleColumn(_ position: Double) -> Int {
      let position = position.isFinite ? min(max(position, 0), 1) : 0
      return track.column + Int((position * Double(max(0, track.columns - 1))).rounded())
    }

    /// The position, 0…1, of a handle in this column; beyond an end counts as the end.
    public func position(at column: Int) -> Double {
      let offset = min(max(0, column - track.column), max(0, track.columns - 1))
      return Double(offset) / Double(max(1, track.columns - 1))
    }
  }

  /// A frame of the filmstrip.
  public struct FramePlace: Equatable, Sendable {
    /// Its number in the filmstrip.
    public let index: Int
    /// Its cells.
    public let rectangle: Rectangle
  }

  /// The name of a pane that can be clicked to bring it forward.
  public struct Tab: Equatable, Sendable {
    /// The pane.
    public let pane: StudioState.Pane
    /// The name's cells, on the frame of the pane that is shown.
    public let rectangle: Rectangle
    /// Whether its pane is the one that is shown.
    public let isShown: Bool
  }

  /// The least window in which everything can be reached.
  public static let minimum = Size(columns: 40, rows: 12)

  /// Whether the window is below `minimum`; then nothing has a place.
  public let isTooSmall: Bool

  /// The panes that are shown, frames included.
  public private(set) var panes: [StudioState.Pane: Rectangle] = [:]

  /// What the panes' frames leave for content.
  public private(set) var contents: [StudioState.Pane: Rectangle] = [:]

  /// The names on the frames, those of panes behind them included.
  public private(set) var tabs: [Tab] = []

  /// The status line.
  public private(set) var status = Rectangle(column: 0, row: 0, columns: 0, rows: 0)

  /// The footer.
  public private(set) var footer = Rectangle(column: 0, row: 0, columns: 0, rows: 0)

  /// The pictures' slots by number; empty where one is scrolled out of sight.
  public private(set) var slots: [Rectangle] = []

  /// The settings that are in sight.
  public private(set) var settings: [SettingPlace] = []

  /// The frames of the filmstrip that are in sight.
  public private(set) var frames: [FramePlace] = []

  /// Where the preview shows its picture.
  public private(set) var canvas = Rectangle(column: 0, row: 0, columns: 0, rows: 0)

  /// Lays out the workspace of a state for its window.
  public init(_ state: StudioState) {
    var body = Rectangle(state.size)
    isTooSmall =
      body.columns < Self.minimum.columns || body.rows < Self.minimum.rows
    guard !isTooSmall else { return }
    status = body.takeTop(1)
    footer = body.takeBottom(1)
    if state.preview.isFullScreen {
      arrangeFullScreen(body, state)
    } else if body.columns >= Self.leastForColumns {
      arrangeColumns(body, state)
    } else if body.rows >= Self.leastForStack {
      arrangeStack(body, state)
    } else {
      arrangeOne(body, state)
    }
    if var rectangle = contents[.preview] {
      // Before there is a result, a line below the photograph says what comes next.
      if state.result == nil, rectangle.rows >= 8 { _ = rectangle.takeBottom(2) }
      canvas = rectangle
    }
    if let rectangle = contents[.sources] { slots = Self.slots(in: rectangle, state) }
    if let rectangle = contents[.settings] { settings = Self.settings(in: rectangle, state) }
    if let rectangle = contents[.filmstrip] { frames = Self.frames(in: rectangle, state) }
  }

  private static let leastForColumns = 72
  private static let leastForStack = 24
  private static let leastForThumbnailStrip = 38

  /// Pictures and settings on the left; the preview, its filmstrip and the chart on the right.
  private mutating func arrangeColumns(_ body: Rectangle, _ state: StudioState) {
    var right = body
    var left = right.takeLeft(min(max(36, body.columns * 3 / 10), 48))
    // Of a long list a part is in sight; it takes no more than the pictures can spare.
    let settingRows = min(Setting.all.count + 2, max(12, left.rows / 2))
    if left.rows >= settingRows + 7 {
      // Settings get a second row each where the pictures keep enough.
      let roomy = 2 * Setting.all.count + 2
      let rows = left.rows >= roomy + 18 ? roomy : settingRows
      share(left.takeBottom(rows), among: [.settings], state)
      share(left, among: [.sources], state)
    } else {
      share(left, among: [.sources, .settings], state)
    }
    let chartRows = min(max(7, right.rows * 3 / 10), 18)
    if right.rows >= chartRows + 9 {
      share(right.takeBottom(chartRows), among: [.chart], state)
      sharePreview(right, among: [.preview], state)
    } else {
      sharePreview(right, among: [.preview, .chart], state)
    }
  }

  /// The preview above, one of the others below.
  private mutating func arrangeStack(_ body: Rectangle, _ state: StudioState) {
    var upper = body
    let lower = upper.takeBottom(max(10, body.rows * 2 / 5))
    share(lower, among: [.sources, .settings, .chart], state)
    sharePreview(upper, among: [.preview], state)
  }

  /// One pane at a time.
  private mutating func arrangeOne(_ body: Rectangle, _ state: StudioState) {
    sharePreview(body, among: [.sources, .settings, .preview, .chart], state)
  }

  /// The preview alone, under a line that says what it shows.
  private mutating func arrangeFullScreen(_ body: Rectangle, _ state: StudioState) {
    var body = body
    if !state.filmstrip.frames.isEmpty { placeFilmstrip(body.takeBottom(1)) }
    panes[.preview] = body
    tabs.append(
      Tab(
        pane: .preview,
        rectangle: Rectangle(
          column: body.column + 2, row: body.row, columns: StudioState.Pane.preview.title.count,
          rows: 1),
        isShown: true))
    _ = body.takeTop(1)
    contents[.preview] = body
  }

  /// Gives a rectangle to one of some panes: the one with the keys, or the one most wanted now.
  private mutating func share(
    _ rectangle: Rectangle, among candidates: [StudioState.Pane], _ state: StudioState
  ) {
    let shown = Self.chosen(among: candidates, state)
    panes[shown] = rectangle
    contents[shown] = rectangle.inset(columns: 1, rows: 1)
    var column = rectangle.column + 2
    for pane in candidates {
      let room = rectangle.endColumn - 2 - column
      let name = Rectangle(
        column: column, row: rectangle.row, columns: min(pane.title.count, room), rows: 1)
      tabs.append(Tab(pane: pane, rectangle: name, isShown: pane == shown))
      column += pane.title.count + 3
    }
  }

  /// As `share`; where the preview is shown, the filmstrip lies below it.
  private mutating func sharePreview(
    _ rectangle: Rectangle, among candidates: [StudioState.Pane], _ state: StudioState
  ) {
    var rectangle = rectangle
    if Self.chosen(among: candidates, state) == .preview {
      if rectangle.rows >= Self.leastForThumbnailStrip {
        share(rectangle.takeBottom(6), among: [.filmstrip], state)
      } else {
        placeFilmstrip(rectangle.takeBottom(1))
      }
    }
    share(rectangle, among: candidates, state)
  }

  private mutating func placeFilmstrip(_ row: Rectangle) {
    panes[.filmstrip] = row
    contents[.filmstrip] = row
  }

  private static func chosen(
    among candidates: [StudioState.Pane], _ state: StudioState
  ) -> StudioState.Pane {
    let focus =
      state.focus == .filmstrip && candidates.contains(.preview) ? .preview : state.focus
    if candidates.contains(focus) { return focus }
    let wanted: StudioState.Pane = state.run.isActive ? .settings : .sources
    return candidates.contains(wanted) ? wanted : candidates[0]
  }
}

extension StudioState.Pane {
  /// What its frame calls it.
  public var title: String {
    switch self {
    case .sources: "Pictures"
    case .settings: "Settings"
    case .preview: "Preview"
    case .chart: "Loss"
    case .filmstrip: "Film"
    }
  }
}
