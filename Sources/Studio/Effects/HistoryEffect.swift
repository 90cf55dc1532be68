/// What the history asks its helpers for.
public enum HistoryEffect: Equatable, Sendable {
  /// Look for a run of a studio that was cut short.
  case findCutShort
  /// Read which runs there are.
  case list
  /// Read what a run's losses were, and the picture of one of its iterations; the latest request replaces
  /// those before.
  case look(run: String, iteration: Int?)
  /// Read what it takes to show a run on the workspace, to go on with it.
  case reopen(run: String, HistoryReopening)
  /// Count a run that was cut short as stopped.
  case dismiss(run: String)
  /// Delete a run.
  case remove(run: String)
}

/// Why a run is shown on the workspace again.
public enum HistoryReopening: Equatable, Sendable {
  /// To go on exactly where it was saved.
  case resume
  /// To start from the picture of this iteration.
  case iterate(Int)
}
