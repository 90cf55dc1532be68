import Glibc

/// Waiting and listening.
extension Console {
  /// Silence after which an ESC was the key and not the beginning of another's sequence.
  private static let escapeDelay = Duration.milliseconds(25)

  /// What has happened: waits until something has, or for `limit`; nil waits for ever.
  ///
  /// Everything that is there is taken at once. Waiting uses no processor.
  public func events(waitingAtMost limit: Duration?) -> [ConsoleEvent] {
    let start = ContinuousClock.now
    var events: [ConsoleEvent] = []
    while true {
      events += queued
      queued.removeAll()
      var wait = events.isEmpty ? limit.map { max(.zero, $0 - start.duration(to: .now)) } : .zero
      if parser.isPending, events.isEmpty {
        let silence = max(.zero, Self.escapeDelay - lastInput.duration(to: .now))
        wait = min(wait ?? silence, silence)
      }
      let isExpired = listen(wait, &events)
      if parser.isPending, lastInput.duration(to: .now) >= Self.escapeDelay {
        lastInput = .now
        events += parser.flush().map { .input($0) }
      }
      if !queued.isEmpty { continue }
      if !events.isEmpty { return events }
      if isExpired, let limit, start.duration(to: .now) >= limit { return [] }
    }
  }

  /// Waits for tidings once and takes them in; true when the time was up first.
  private func listen(_ wait: Duration?, _ events: inout [ConsoleEvent]) -> Bool {
    let reading = Int16(POLLIN)
    var sources = [
      // poll() passes over negative descriptors.
      pollfd(fd: isGone ? -1 : device.descriptor, events: reading, revents: 0),
      pollfd(fd: signals, events: reading, revents: 0),
      pollfd(fd: waker.descriptor, events: reading, revents: 0),
    ]
    // A signal's handler ends the wait; its byte is then there.
    guard poll(&sources, nfds_t(sources.count), wait.map(\.pollTimeout) ?? -1) > 0 else {
      return true
    }
    if sources[1].revents != 0 { handleSignals() }
    if sources[0].revents != 0 { takeInput(&events) }
    if sources[2].revents != 0 {
      waker.hear()
      events.append(.woken)
    }
    return false
  }

  private func takeInput(_ events: inout [ConsoleEvent]) {
    guard let bytes = device.read() else {
      isGone = true
      return events.append(.terminationRequested(signal: SIGHUP))
    }
    guard !bytes.isEmpty else { return }
    lastInput = .now
    events += parser.parse(bytes).map { .input($0) }
  }

  /// Acts on the signals that have arrived, but for one that was expected.
  func handleSignals(except expected: Int32? = nil) {
    var numbers = [UInt8](repeating: 0, count: 64)
    var isExpected = false
    while true {
      let count = read(signals, &numbers, numbers.count)
      guard count > 0 else { return }
      for number in numbers.prefix(count).map(Int32.init) {
        switch number {
        case SIGWINCH: checkSize()
        case SIGTSTP: suspend()
        case SIGCONT where expected == SIGCONT && !isExpected: isExpected = true
        case SIGCONT:
          // Stopped by a signal that cannot be caught: the shell has set its own modes.
          reenter()
          queued.append(.resumed)
        default: queued.append(.terminationRequested(signal: number))
        }
      }
    }
  }
}

extension Duration {
  /// Milliseconds, rounded up: a wait of none would be no wait.
  fileprivate var pollTimeout: Int32 {
    let (seconds, attoseconds) = components
    let milliseconds =
      min(seconds, 1_000_000) * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
    return Int32(clamping: max(0, milliseconds))
  }
}
