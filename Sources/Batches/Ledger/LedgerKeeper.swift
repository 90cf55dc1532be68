import Synchronization

/// Writes the ledger now and then while a batch is at work.
final class LedgerKeeper: Sendable {
  private struct State {
    var ledger: BatchLedger
    var isChanged: Bool
    var due = ContinuousClock.now + .seconds(5)
  }

  private let state: Mutex<State>
  private let path: String

  init(_ survey: BatchSurvey, path: String) {
    state = Mutex(State(ledger: survey.ledger, isChanged: survey.isNews))
    self.path = path
  }

  /// Notes a result that was written.
  func add(_ item: BatchItem, sources: [BatchLedger.Source?], in folder: BatchFolder) {
    let known = sources.compactMap(\.self)
    guard let stamp = FileStamp(path: folder.path(of: item)), known.count == sources.count else {
      return
    }
    let result = BatchLedger.Result(
      stamp: stamp, recipe: item.recipeHash, sources: known.map(\.sha256))
    state.withLock { state in
      state.ledger.results[item.output] = result
      for (path, source) in zip(item.sources, known) { state.ledger.sources[path] = source }
      state.isChanged = true
      if ContinuousClock.now >= state.due { write(&state) }
    }
  }

  /// Writes what is not yet written.
  func close() { state.withLock { if $0.isChanged { write(&$0) } } }

  /// A ledger that cannot be written costs time at the next call, and nothing else.
  private func write(_ state: inout State) {
    let start = ContinuousClock.now
    try? state.ledger.write(to: path)
    state.isChanged = false
    // Long ledgers are written more seldom, so that this takes a twentieth of the time at most.
    let end = ContinuousClock.now
    state.due = end + max(Duration.seconds(5), start.duration(to: end) * 20)
  }
}
