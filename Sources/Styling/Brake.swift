import Dispatch
import Synchronization

/// Pause and stop for an engine, from any thread; it looks between two layers, so both act within
/// milliseconds.
final class Brake: Sendable {
  /// Ends a pass through the network half way.
  struct Stop: Error {}

  private struct State {
    var isPaused = false
    var isStopped = false
  }

  private let state = Mutex(State())
  private let changed = DispatchSemaphore(value: 0)

  /// Halts the engine where it is, until `release` or `stop`.
  func pause() { state.withLock { $0.isPaused = true } }

  /// Goes on after `pause`.
  func release() {
    state.withLock { $0.isPaused = false }
    changed.signal()
  }

  /// Ends the run.
  func stop() {
    state.withLock { $0.isStopped = true }
    changed.signal()
  }

  /// Makes an engine look that has nothing to do.
  func wake() { changed.signal() }

  /// Where the engine looks: waits while paused, throws when stopped.
  func checkpoint() throws(Stop) { try checkpoint {} }

  /// The same; `onHalt` is called once before the engine waits.
  func checkpoint(onHalt: () -> Void) throws(Stop) {
    var isHalted = false
    while true {
      let (isPaused, isStopped) = state.withLock { ($0.isPaused, $0.isStopped) }
      if isStopped { throw Stop() }
      if !isPaused { return }
      if !isHalted { onHalt() }
      isHalted = true
      changed.wait()  // signals left over from before only make this look once more
    }
  }

  /// Where an engine that has nothing to do waits; returns now and then without a reason.
  func waitForChange() throws(Stop) {
    changed.wait()
    try checkpoint()
  }
}
