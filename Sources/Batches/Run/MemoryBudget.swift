import Dispatch
import Synchronization

/// Memory that jobs take before they begin: who finds too little left waits, unless nobody has any.
final class MemoryBudget: Sendable {
  private struct State {
    var free: Int
    var holders = 0
    var waiting = 0
  }

  private let state: Mutex<State>
  private let released = DispatchSemaphore(value: 0)

  /// So many bytes.
  init(bytes: Int) { state = Mutex(State(free: bytes)) }

  /// Calls `body` when there are so many bytes, which are its own meanwhile; more than there are at all
  /// are granted to one alone.
  func withBytes<R>(_ bytes: Int, _ body: () throws -> R) rethrows -> R {
    while !take(bytes) { released.wait() }
    defer { give(bytes) }
    return try body()
  }

  private func take(_ bytes: Int) -> Bool {
    state.withLock { state in
      guard state.holders == 0 || bytes <= state.free else {
        state.waiting += 1
        return false
      }
      state.free -= bytes
      state.holders += 1
      return true
    }
  }

  private func give(_ bytes: Int) {
    let waiting = state.withLock { state in
      state.free += bytes
      state.holders -= 1
      defer { state.waiting = 0 }
      return state.waiting
    }
    for _ in 0..<waiting { released.signal() }  // each looks anew
  }
}
