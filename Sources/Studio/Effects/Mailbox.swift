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

  /// Leaves a report of an exploration's run; one of the same run that nobody has seen makes way for it.
  func post(_ event: ExploreEvent, ofRun id: Int) {
    events.withLock { events in
      events.removeAll { waiting in
        if case .explore(.developed(id, _, _, _, _, _)) = waiting { true } else { false }
      }
      events.append(.explore(event))
    }
    wake()
  }

  /// Takes all events, oldest first.
  public func drain() -> [StudioEvent] {
    events.withLock { events in
      defer { events = [] }
      return events
    }
  }

  /// Whether a film's frame waits to be seen; then the next one need not be shown.
  var holdsFilmFrame: Bool {
    events.withLock { events in
      events.contains { event in
        if case .player(_, .film) = event { true } else { false }
      }
    }
  }

  /// Whether a picture waits to be seen; then newer ones need not be made.
  var holdsIterate: Bool {
    events.withLock { events in
      events.contains { event in
        if case .run(_, .iterated(_, _?, _, _, _, _)) = event { true } else { false }
      }
    }
  }
}
