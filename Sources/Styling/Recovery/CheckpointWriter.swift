import Dispatch
import Recipes
import Synchronization

/// Saves a run every few seconds while it goes on, off the engine's thread.
public final class CheckpointWriter: Sendable {
  private struct State {
    var last = ContinuousClock.now
    var isWriting = false
    var failure: SavedRunError?
  }

  private let claim: RunClaim
  private let recipe: Recipe
  private let notes: [String: String]
  private let secondsBefore: Double
  private let interval: Duration
  private let state = Mutex(State())
  private let queue = DispatchQueue(label: "impasto.checkpoints", qos: .utility)

  /// A writer for a run.
  ///
  /// - Parameters:
  ///   - claim: the run; held for as long as the writer lives.
  ///   - recipe: what was asked for.
  ///   - notes: what to remember besides.
  ///   - secondsBefore: how long the run had taken before it was interrupted.
  ///   - interval: how much work may be lost.
  public init(
    _ claim: RunClaim, recipe: Recipe, notes: [String: String] = [:], secondsBefore: Double = 0,
    interval: Duration = .seconds(10)
  ) {
    self.claim = claim
    self.recipe = recipe
    self.notes = notes
    self.secondsBefore = secondsBefore
    self.interval = interval
  }

  /// Saves where the run stands, if it is time; returns at once.
  ///
  /// Until that is written, the engine's next step makes copies of what it changes.
  public func offer(_ iterate: Iterate) {
    let isDue = state.withLock { state in
      let now = ContinuousClock.now
      guard !state.isWriting, state.last.duration(to: now) >= interval else { return false }
      state.last = now
      state.isWriting = true
      return true
    }
    guard isDue else { return }
    queue.async { [self] in
      write(iterate.checkpoint, under: iterate.controls, seconds: iterate.seconds)
      state.withLock { $0.isWriting = false }
    }
  }

  /// Saves where the run was paused; returns at once.
  public func save(_ halt: Halt) {
    state.withLock { $0.last = .now }
    queue.async { [self] in write(halt.checkpoint, under: halt.controls, seconds: halt.seconds) }
  }

  /// Saves where the run ended, and returns when that is done.
  public func save(_ outcome: Outcome) {
    queue.sync { write(outcome.checkpoint, under: outcome.controls, seconds: outcome.seconds) }
  }

  /// Deletes what was saved: the run came to its end.
  public func remove() {
    queue.sync { claim.removeCheckpoint() }
  }

  /// Why the last checkpoint could not be written; a full disk does not end a run.
  public var failure: SavedRunError? { state.withLock { $0.failure } }

  private func write(_ checkpoint: Checkpoint, under controls: Steering.Controls, seconds: Double) {
    var failure: SavedRunError?
    do {
      let run = SavedRun(
        recipe: recipe.steered(by: controls), checkpoint: checkpoint,
        seconds: secondsBefore + seconds, notes: notes)
      try run.write(to: claim.file)
    } catch {
      failure = error
    }
    state.withLock { $0.failure = failure }
  }
}
