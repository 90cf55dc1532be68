import Foundation
import Synchronization

/// The far end of a pseudoterminal that answers queries as some terminal does.
final class FakeTerminal: Sendable {
  /// How it answers.
  enum Manner: Sendable {
    /// Everything at once.
    case atOnce
    /// One byte at a time.
    case byteByByte
  }

  /// What a program has open.
  let tty: Int32
  private let far: Int32
  private let isOver = Mutex(false)
  private let asked = Mutex<[UInt8]>([])

  /// A terminal.
  ///
  /// - Parameters:
  ///   - answers: what it says to which query, in the order of the queries.
  ///   - manner: how it says so.
  init(answers: [(query: String, reply: String)], manner: Manner = .atOnce) throws {
    // What grantpt(), unlockpt() and ptsname() do, which Swift does not see.
    let (unlock, getNumber): (UInt, UInt) = (0x4004_5431, 0x8004_5430)
    far = open("/dev/ptmx", O_RDWR | O_NOCTTY)
    var (isLocked, number): (Int32, Int32) = (0, 0)
    guard far >= 0, ioctl(far, unlock, &isLocked) == 0, ioctl(far, getNumber, &number) == 0 else {
      throw POSIXError(.ENXIO)
    }
    tty = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
    var size = winsize(ws_row: 24, ws_col: 80, ws_xpixel: 727, ws_ypixel: 487)
    guard tty >= 0, ioctl(tty, UInt(TIOCSWINSZ), &size) == 0 else { throw POSIXError(.ENXIO) }
    Thread.detachNewThread { @Sendable [self] in
      serve(answers, manner)
    }
  }

  /// What it has been asked.
  var queries: String { asked.withLock { String(decoding: $0, as: UTF8.self) } }

  /// What could be read as keys now.
  func unread() -> String {
    var bytes = [UInt8](repeating: 0, count: 4096)
    var ready = pollfd(fd: tty, events: Int16(POLLIN), revents: 0)
    guard poll(&ready, 1, 0) > 0 else { return "" }
    return String(decoding: bytes.prefix(max(0, read(tty, &bytes, bytes.count))), as: UTF8.self)
  }

  /// The modes of the near end.
  var modes: [UInt32] {
    var modes = termios()
    guard tcgetattr(tty, &modes) == 0 else { return [] }
    return [modes.c_iflag, modes.c_oflag, modes.c_cflag, modes.c_lflag]
  }

  /// Hangs up.
  func close() {
    isOver.withLock { $0 = true }
    _ = Foundation.close(tty)
  }

  private func serve(_ answers: [(query: String, reply: String)], _ manner: Manner) {
    var rest = answers[...]
    while !isOver.withLock({ $0 }) {
      var ready = pollfd(fd: far, events: Int16(POLLIN), revents: 0)
      guard poll(&ready, 1, 20) > 0 else { continue }
      var bytes = [UInt8](repeating: 0, count: 4096)
      let count = read(far, &bytes, bytes.count)
      guard count > 0 else { break }
      let queries = asked.withLock { asked in
        asked += bytes.prefix(count)
        return String(decoding: asked, as: UTF8.self)
      }
      while let (query, reply) = rest.first, queries.contains(query) {
        rest.removeFirst()
        say(reply, manner)
      }
    }
    _ = Foundation.close(far)
  }

  private func say(_ reply: String, _ manner: Manner) {
    let bytes = Array(reply.utf8)
    switch manner {
    case .atOnce: _ = write(far, bytes, bytes.count)
    case .byteByByte:
      for byte in bytes { _ = withUnsafeBytes(of: byte) { write(far, $0.baseAddress, 1) } }
    }
  }
}
