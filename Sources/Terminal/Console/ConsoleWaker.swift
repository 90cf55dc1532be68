import Glibc
import Synchronization

/// Ends the console's wait from any thread.
public final class ConsoleWaker: Sendable {
  /// Becomes readable on a call.
  let descriptor: Int32
  private let writing: Int32
  private let isCalled = Atomic(false)

  init() throws(ConsoleError) {
    var ends: [Int32] = [-1, -1]
    if pipe(&ends) != 0 { throw .device(path: "pipe", code: errno) }
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    (descriptor, writing) = (ends[0], ends[1])
  }

  deinit {
    close(descriptor)
    close(writing)
  }

  /// Has the console tell ``ConsoleEvent/woken``, once for all calls since it last did.
  public func wake() {
    if isCalled.exchange(true, ordering: .acquiringAndReleasing) { return }
    var byte: UInt8 = 0
    write(writing, &byte, 1)
  }

  /// Takes note of the calls so far.
  func hear() {
    // Emptied first: the event that follows tells of a call in between, too.
    var bytes = [UInt8](repeating: 0, count: 16)
    while read(descriptor, &bytes, bytes.count) > 0 {}
    isCalled.store(false, ordering: .sequentiallyConsistent)
  }
}
