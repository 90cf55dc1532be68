import Dispatch
import Synchronization

extension StyleTransfer {
  /// Runs and waits for the end; others may steer meanwhile.
  ///
  /// - Parameter onIterate: called on the run's queue before each step; the engine waits for it.
  /// - Throws: `StylingError`.
  public func runToEnd(onIterate: @escaping @Sendable (Iterate) -> Void) throws -> Outcome {
    let result = Mutex<Result<Outcome, any Error>?>(nil)
    let ended = DispatchSemaphore(value: 0)
    start(onIterate: onIterate) { outcome in
      result.withLock { $0 = outcome }
      ended.signal()
    }
    ended.wait()
    guard let outcome = result.withLock({ $0 }) else { preconditionFailure("no outcome") }
    return try outcome.get()
  }
}
