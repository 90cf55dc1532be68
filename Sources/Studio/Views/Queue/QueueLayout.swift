import Terminal

/// Which cells of the window belong to what in the queue.
public struct QueueLayout: Equatable, Sendable {
  /// The place of a small picture.
  public struct Tile: Equatable, Sendable {
    /// Which of the job's results.
    public let place: Int
    /// Its cells.
    public let area: Rectangle
  }

  /// A job takes so many lines.
  static let rowsEach = 2

  private static let tileColumns = 13
  private static let tileRows = 5

  /// The status line.
  public let status: Rectangle

  /// The footer.
  public let footer: Rectangle

  /// The jobs.
  public let list: Rectangle

  /// The rule between the jobs and the selected one.
  public let rule: Rectangle

  /// What is looked at, large.
  public let picture: Rectangle

  /// What is known of the selected job, in lines.
  public let facts: Rectangle

  /// The results around the one that is looked at.
  public let strip: [Tile]

  /// Lays out the queue of a state for its window.
  public init(_ state: StudioState) {
    var body = Rectangle(state.size)
    status = body.takeTop(1)
    footer = body.takeBottom(1)
    guard !state.queue.isPictureAlone else {
      let nothing = Rectangle(column: 0, row: 0, columns: 0, rows: 0)
      (list, rule, facts, strip) = (nothing, nothing, nothing, [])
      picture = body
      return
    }
    if body.columns >= 64 {
      list = body.takeLeft(min(max(30, body.columns / 3), 48))
      rule = body.takeLeft(1)
    } else {
      list = body.takeTop(min(body.rows / 2, max(2, Self.rowsEach * state.queue.jobs.count)))
      rule = body.takeTop(1)
    }
    body = body.inset(columns: 1)
    facts = body.takeBottom(min(5, body.rows))
    var strip: [Tile] = []
    let count = state.queue.selected?.progress.results.count ?? 0
    if count > 1, body.rows >= 3 * Self.tileRows, let here = state.queue.resultPlace {
      var line = body.takeBottom(Self.tileRows)
      let room = min(count, line.columns / Self.tileColumns)
      let first = max(0, min(here - room / 2, count - room))
      for place in first..<first + max(0, room) {
        strip.append(Tile(place: place, area: line.takeLeft(Self.tileColumns)))
      }
    }
    self.strip = strip
    picture = body
  }

  /// The place of the first job that is visible.
  public func first(in state: StudioState) -> Int {
    let rows = max(1, list.rows / Self.rowsEach)
    return max(0, min(state.queue.selection - rows / 2, state.queue.jobs.count - rows))
  }

  /// The place of the job on a line.
  public func job(at point: Point, in state: StudioState) -> Int? {
    guard list.contains(point) else { return nil }
    let place = first(in: state) + (point.row - list.row) / Self.rowsEach
    return state.queue.jobs.indices.contains(place) ? place : nil
  }
}
