import Files
import Terminal

/// Where the parts of the file browser are: drawing and the mouse go by the same rectangles.
struct PickerLayout: Equatable {
  /// What is chosen for, and how many there are.
  let title: Rectangle
  /// The folder, or the path that is being typed.
  let crumbs: Rectangle
  /// A line above the list; empty where rows are few.
  let upperRule: Rectangle
  /// The known folders; nil while they are not shown.
  let places: Rectangle?
  /// The entries; empty while the places take their room.
  let list: Rectangle
  /// The selected picture; nil where columns are few.
  let preview: Rectangle?
  /// A line below the list; empty where rows are few.
  let lowerRule: Rectangle
  /// The filter, hints and what went wrong.
  let status: Rectangle
  /// The keys.
  let footer: Rectangle
  /// The extent of an entry.
  let entry: Size
  /// How many entries are side by side.
  let perLine: Int

  init(_ state: StudioState) {
    var rest = Rectangle(state.size)
    let hasRules = rest.rows >= 18
    title = rest.takeTop(rest.rows >= 9 ? 1 : 0)
    crumbs = rest.takeTop(rest.rows >= 3 ? 1 : 0)
    footer = rest.takeBottom(rest.rows >= 5 ? 1 : 0)
    status = rest.takeBottom(rest.rows >= 3 ? 1 : 0)
    upperRule = rest.takeTop(hasRules ? 1 : 0)
    lowerRule = rest.takeBottom(hasRules ? 1 : 0)

    let isInPlaces = if case .places = state.picker.focus { true } else { false }
    if rest.columns >= 110 {
      places = rest.takeLeft(26)
      _ = rest.takeLeft(1)
    } else if isInPlaces {
      places = rest.takeLeft(rest.columns)
    } else {
      places = nil
    }

    let isGrid =
      state.picker.showsGrid && rest.columns >= 2 * Self.gridEntry.columns
      && rest.rows >= Self.gridEntry.rows
    if rest.columns >= (isGrid ? 100 : 60) && rest.rows >= 8 {
      preview = rest.takeRight(min(max(28, rest.columns * 2 / 5), isGrid ? 48 : 90))
      _ = rest.takeRight(1)
    } else {
      preview = nil
    }
    list = rest
    perLine = isGrid ? max(1, list.columns / Self.gridEntry.columns) : 1
    entry = Size(columns: list.columns / perLine, rows: isGrid ? Self.gridEntry.rows : 1)
  }

  /// Eight rows of picture and a name below them; columns are added until the list is filled.
  private static let gridEntry = Size(columns: 20, rows: 9)

  /// Whether entries are shown by their pictures.
  var isGrid: Bool { entry.rows > 1 }

  /// How many lines of entries are visible.
  var lines: Int { list.columns > 0 ? list.rows / entry.rows : 0 }

  /// The rectangle of a place among the entries shown.
  func rectangle(of place: Int, scroll: Int) -> Rectangle {
    Rectangle(
      column: list.column + place % perLine * entry.columns,
      row: list.row + (place / perLine - scroll) * entry.rows, columns: entry.columns,
      rows: entry.rows)
  }

  /// What lies at a point.
  enum Target: Equatable {
    /// The entry at this place among those shown.
    case entry(Int)
    /// The destination of this number.
    case place(Int)
    /// A folder in the path to this one.
    case folder(RawPath)
  }

  /// What lies at a point of the window.
  func target(at point: Point, in picker: Picker) -> Target? {
    if let places, places.contains(point) {
      let lines = PickerPlacesList(picker, rows: places.rows)
      return lines.destination(at: point.row - places.row).map { .place($0) }
    }
    if list.contains(point) {
      let column = (point.column - list.column) / entry.columns
      let line = (point.row - list.row) / entry.rows
      let place = (picker.scroll + line) * perLine + column
      guard column < perLine, line < lines, place < picker.shown.count else { return nil }
      return .entry(place)
    }
    if crumbs.contains(point) {
      return PickerCrumbs(picker, columns: crumbs.columns - 2).folder(
        at: point.column - crumbs.column - 1
      ).map { .folder($0) }
    }
    return nil
  }
}

/// The known folders as lines under headings; so many of them as fit around the cursor.
struct PickerPlacesList {
  enum Line: Equatable {
    case heading(String)
    case destination(Int)
  }

  /// The lines that are visible.
  let lines: [Line]

  init(_ picker: Picker, rows: Int) {
    var all: [Line] = []
    var kind: PickerDestination.Kind?
    var chosen = 0
    for (number, destination) in picker.destinations.enumerated() {
      if destination.kind != kind {
        kind = destination.kind
        all.append(.heading(destination.kind.title))
      }
      if case .places(number) = picker.focus { chosen = all.count }
      all.append(.destination(number))
    }
    let start = max(0, min(chosen - rows / 2, all.count - rows))
    lines = Array(all.dropFirst(start).prefix(max(0, rows)))
  }

  /// The destination on a line.
  func destination(at line: Int) -> Int? {
    guard lines.indices.contains(line), case .destination(let number) = lines[line] else {
      return nil
    }
    return number
  }
}

extension PickerDestination.Kind {
  fileprivate var title: String {
    switch self {
    case .place: "Places"
    case .bookmark: "Bookmarks"
    case .recent: "Recent"
    }
  }
}

/// The path to a folder in parts, cut on the left to fit.
struct PickerCrumbs {
  /// What is shown of each part, with the folder that it stands for; nil where parts are left out.
  let parts: [(title: String, folder: RawPath?)]

  init(_ picker: Picker, columns: Int) {
    var folders: [(title: String, folder: RawPath?)] = []
    var folder: RawPath? = picker.folder
    while let here = folder {
      let isHome = here == picker.places.home && here != RawPath("/")
      folders.insert((isHome ? "~" : here.name.printable, here), at: 0)
      folder = isHome ? nil : here.parent
    }
    var dropped: [(title: String, folder: RawPath?)] = []
    while folders.count > 1, Self.columns(of: dropped + folders) > columns {
      folders.removeFirst()
      dropped = [("…", nil)]
    }
    parts = dropped + folders
  }

  /// What stands between a part and the next.
  static func separator(after title: String) -> String { title == "/" ? " " : " / " }

  private static func columns(of parts: [(title: String, folder: RawPath?)]) -> Int {
    parts.reduce(0) { $0 + $1.title.columns + separator(after: $1.title).count }
  }

  /// The folder whose title is at a column.
  func folder(at column: Int) -> RawPath? {
    var start = 0
    for part in parts {
      let end = start + part.title.columns
      if (start..<end).contains(column) { return part.folder }
      start = end + Self.separator(after: part.title).count
    }
    return nil
  }
}
