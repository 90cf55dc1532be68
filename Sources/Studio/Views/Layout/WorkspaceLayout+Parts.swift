import Terminal

extension WorkspaceLayout {
  /// The slots of the pictures: as high as all of them allow, scrolled to the chosen one.
  static func slots(in rectangle: Rectangle, _ state: StudioState) -> [Rectangle] {
    let count = state.sources.slotCount
    let pictures = count - 1
    // A thumbnail is three columns wide for each row; names need some room beside it.
    let height =
      slotHeights.first {
        pictures * $0 + 1 <= rectangle.rows && ($0 <= 2 || 3 * ($0 - 1) + 22 <= rectangle.columns)
      } ?? 1
    let isScrolled = pictures * height + 1 > rectangle.rows
    let visible = isScrolled ? rectangle.rows : count
    let selection = min(max(0, state.sources.selection), count - 1)
    let first = isScrolled ? min(max(0, selection - visible / 2), count - visible) : 0
    var slots = Array(
      repeating: Rectangle(column: 0, row: 0, columns: 0, rows: 0), count: count)
    var rest = rectangle
    for slot in first..<min(count, first + visible) {
      slots[slot] = rest.takeTop(slot == count - 1 ? 1 : height)
    }
    return slots
  }

  /// From three rows on, the last one keeps slots apart.
  private static let slotHeights = [9, 7, 6, 5, 4, 2, 1]

  /// The settings: on one row each, scrolled to the chosen one; or title and value above the track.
  static func settings(in rectangle: Rectangle, _ state: StudioState) -> [SettingPlace] {
    let all = Setting.all
    let rows = rectangle.rows >= 2 * all.count ? 2 : 1
    let visible = min(all.count, rectangle.rows / rows)
    let selection = all.firstIndex(of: state.setting) ?? 0
    let first = min(max(0, selection - visible / 2), all.count - visible)
    var rest = rectangle
    return all[first..<first + visible].map { setting in
      let row = rest.takeTop(rows)
      var track = row
      switch setting {
      case .slider where rows == 2:
        track = row.inset(columns: 1)
        track.row += 1
        track.rows = 1
      case .slider:
        _ = track.takeLeft(settingTitleColumns)
        _ = track.takeRight(settingValueColumns)
      case .choice:
        _ = track.takeLeft(settingTitleColumns)
        track.rows = 1
      }
      return SettingPlace(setting: setting, row: row, track: track)
    }
  }

  /// The mark, the longest title, and a space.
  static let settingTitleColumns = 2 + (Setting.all.map(\.title.count).max() ?? 0)

  /// A space, the value with its unit, and a space.
  static let settingValueColumns = 10

  /// The frames of the filmstrip: thumbnails where it is high enough, else numbers or ticks.
  static func frames(in rectangle: Rectangle, _ state: StudioState) -> [FramePlace] {
    let count = state.filmstrip.frames.count
    var strip = rectangle
    if rectangle.rows == 1 {
      _ = strip.takeLeft(filmstripLabelColumns)
      _ = strip.takeRight(filmstripCounterColumns(state))
    }
    guard count > 0, !strip.isEmpty else { return [] }
    let width = frameWidth(in: strip, state)
    let visible = min(count, max(1, strip.columns / width))
    let wanted = state.filmstrip.selection ?? count - 1
    let first = min(max(0, wanted - visible / 2), count - visible)
    return (first..<first + visible).map {
      FramePlace(index: $0, rectangle: strip.takeLeft(width))
    }
  }

  private static func frameWidth(in strip: Rectangle, _ state: StudioState) -> Int {
    let frames = state.filmstrip.frames
    if strip.rows > 1, let picture = frames.last?.picture.picture {
      let cell = state.traits.cell
      let height = (strip.rows - 1) * max(1, cell.height)
      let width = Double(height) * Double(picture.width) / Double(picture.height)
      let columns = Int((min(width / Double(max(1, cell.width)), 1000)).rounded())
      return min(max(5, columns), 24, strip.columns) + 1
    }
    let numbered = String(frames.last?.iteration ?? 0).count + 1
    return numbered * frames.count <= strip.columns ? numbered : 1
  }

  /// The filmstrip's name in front of its single row.
  static let filmstripLabelColumns = 3 + StudioState.Pane.filmstrip.title.count

  /// Behind the single row: which iterate is looked at.
  static func filmstripCounterColumns(_ state: StudioState) -> Int {
    let most = max(state.run.recipe?.iterations ?? 0, state.run.iteration)
    return max(8, 2 * String(most).count + 3)
  }
}
