import Dispatch
import Foundation
import Synchronization

/// Turns the first Ctrl-C, hang-up or termination into a request to finish; a second one kills.
final class Interruption: Sendable {
  private let signals: [Int32]

  /// The first signal; an object of its own, since the handlers must not keep this one alive.
  private final class Received: Sendable {
    let signal = Mutex<Int32?>(nil)
  }

  private let received = Received()
  // Never touched again; they only have to live as long as this object.
  private nonisolated(unsafe) let sources: [any DispatchSourceSignal]

  /// Calls `onFirst` once, on another thread, when the first of the signals arrives.
  init(onFirst: @escaping @Sendable () -> Void) {
    let signals = [SIGINT, SIGTERM] + (Self.ignoresHangUp ? [] : [SIGHUP])
    self.signals = signals
    sources = signals.map { number in
      DispatchSource.makeSignalSource(signal: number, queue: .global())
    }
    for (number, source) in zip(signals, sources) {
      signal(number, SIG_IGN)
      source.setEventHandler { @Sendable [received] in
        let isFirst = received.signal.withLock { first in
          defer { first = first ?? number }
          return first == nil
        }
        for other in signals { signal(other, SIG_DFL) }
        if isFirst { onFirst() }
      }
      source.resume()
    }
  }

  deinit {
    for source in sources { source.cancel() }
    for number in signals { signal(number, SIG_DFL) }
  }

  /// Whether whoever started the program had it ignore hang-ups, as `nohup` does.
  private static var ignoresHangUp: Bool {
    var action = sigaction()
    sigaction(SIGHUP, nil, &action)
    return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
      == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  /// The exit code that tells which signal it was, as shells do; nil when there was none.
  var exitCode: Int32? { received.signal.withLock { $0.map { 128 + $0 } } }
}
