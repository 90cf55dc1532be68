import Glibc
import Synchronization

/// Ends the console's wait from any thread.
public final class ConsoleWaker: Sendable {
  /// Becomes readable on a call.
  let descriptor: Int32
  private let isCalled = Atomic(false)

  init() throws(ConsoleError) {
    descriptor = eventfd(0, Int32(EFD_CLOEXEC.rawValue | EFD_NONBLOCK.rawValue))
    if descriptor < 0 { throw .device(path: "eventfd", code: errno) }
  }

  deinit { close(descriptor) }

  /// Has the console tell ``ConsoleEvent/woken``, once for all calls since it last did.
  public func wake() {
    if isCalled.exchange(true, ordering: .acquiringAndReleasing) { return }
    eventfd_write(descriptor, 1)
  }

  /// Takes note of the calls so far.
  func hear() {
    var count: eventfd_t = 0
    eventfd_read(descriptor, &count)
    isCalled.store(false, ordering: .releasing)
  }
}
