import Terminal

/// Which cells of the window belong to what in the history.
public struct HistoryLayout: Equatable, Sendable {
  /// The status line.
  public let status: Rectangle

  /// The footer.
  public let footer: Rectangle

  /// The runs, one a line.
  public let list: Rectangle

  /// What is known of the selected run; beside the list or below it.
  public let details: Rectangle

  /// Whether the details are beside the list.
  public let isBeside: Bool

  /// Lays out the history of a state for its window.
  public init(_ state: StudioState) {
    var body = Rectangle(state.size)
    status = body.takeTop(1)
    footer = body.takeBottom(1)
    isBeside = body.columns >= 64
    if isBeside {
      list = body.takeLeft(min(max(34, body.columns * 2 / 5), 56))
      details = body
    } else {
      details = body.takeBottom(min(5, body.rows / 2))
      list = body
    }
  }

  /// The place of the first run that is visible.
  public func first(in state: StudioState) -> Int {
    let count = state.history.runs?.count ?? 0
    let rows = max(1, list.rows)
    return max(0, min(state.history.selection - rows / 2, count - rows))
  }

  /// The place of the run on a line.
  public func run(at point: Point, in state: StudioState) -> Int? {
    guard list.contains(point) else { return nil }
    let place = first(in: state) + point.row - list.row
    return state.history.runs?.indices.contains(place) == true ? place : nil
  }
}
