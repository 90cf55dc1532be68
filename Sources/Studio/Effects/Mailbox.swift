import Synchronization

/// Where helpers on other threads leave what happened, until the main thread looks.
public final class Mailbox: Sendable {
  private let events = Mutex<[StudioEvent]>([])
  private let wake: @Sendable () -> Void

  /// An empty mailbox.
  ///
  /// - Parameter wake: called after each post, from any thread.
  public init(wake: @escaping @Sendable () -> Void) {
    self.wake = wake
  }

  /// Leaves an event.
  public func post(_ event: StudioEvent) {
    events.withLock { $0.append(event) }
    wake()
  }

  /// Takes all events, oldest first.
  public func drain() -> [StudioEvent] {
    events.withLock { events in
      defer { events = [] }
      return events
    }
  }

  /// Whether a picture waits to be seen; then newer ones need not be made.
  var holdsIterate: Bool {
    events.withLock { events in
      events.contains { event in
        if case .run(_, .iterated(_, _?, _, _, _)) = event { true } else { false }
      }
    }
  }
}
