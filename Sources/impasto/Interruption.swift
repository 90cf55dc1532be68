import Dispatch
import Foundation
import Synchronization

/// Turns the first Ctrl-C, hang-up or termination into a request to finish; a second one kills.
final class Interruption: Sendable {
  private static let signals = [SIGINT, SIGTERM, SIGHUP]

  /// The first signal; an object of its own, since the handlers must not keep this one alive.
  private final class Received: Sendable {
    let signal = Mutex<Int32?>(nil)
  }

  private let received = Received()
  // Never touched again; they only have to live as long as this object.
  private nonisolated(unsafe) let sources: [any DispatchSourceSignal]

  /// Calls `onFirst` once, on another thread, when the first of the signals arrives.
  init(onFirst: @escaping @Sendable () -> Void) {
    sources = Self.signals.map { number in
      DispatchSource.makeSignalSource(signal: number, queue: .global())
    }
    for (number, source) in zip(Self.signals, sources) {
      signal(number, SIG_IGN)
      source.setEventHandler { @Sendable [received] in
        let isFirst = received.signal.withLock { first in
          defer { first = first ?? number }
          return first == nil
        }
        for other in Self.signals { signal(other, SIG_DFL) }
        if isFirst { onFirst() }
      }
      source.resume()
    }
  }

  deinit {
    for source in sources { source.cancel() }
    for number in Self.signals { signal(number, SIG_DFL) }
  }

  /// The exit code that tells which signal it was, as shells do; nil when there was none.
  var exitCode: Int32? { received.signal.withLock { $0.map { 128 + $0 } } }
}
