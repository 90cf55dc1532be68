import Styling
import Synchronization

/// Ends a batch: no picture is begun any more, and those at work are dropped within milliseconds.
public final class BatchCancellation: Sendable {
  /// That a picture was dropped.
  struct Cancelled: Error {}

  private struct State {
    var isCancelled = false
    var running: [ObjectIdentifier: Steering] = [:]
  }

  private let state = Mutex(State())

  /// Nothing is to end yet.
  public init() {}

  /// Whether it is to end.
  public var isCancelled: Bool { state.withLock { $0.isCancelled } }

  /// Ends the batch; from any thread.
  public func cancel() {
    let running = state.withLock { state in
      state.isCancelled = true
      return Array(state.running.values)
    }
    for steering in running { steering.stop() }
  }

  /// Where a pass looks between two layers.
  func checkpoint() throws(Cancelled) {
    if isCancelled { throw Cancelled() }
  }

  /// Stops a run with the batch, for as long as `body` lasts.
  func stopping<R>(_ steering: Steering, _ body: () throws -> R) throws -> R {
    let id = ObjectIdentifier(steering)
    let isCancelled = state.withLock { state in
      state.running[id] = steering
      return state.isCancelled
    }
    defer { state.withLock { $0.running[id] = nil } }
    if isCancelled { throw Cancelled() }
    return try body()
  }
}
