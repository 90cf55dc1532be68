import Glibc
internal import CTerminal

/// The terminal's file, opened anew so that flags set on standard input by others do not matter.
final class TerminalDevice {
  let descriptor: Int32
  let path: String

  /// Opens `path`, or the terminal that standard input and output are.
  init(_ path: String?) throws(ConsoleError) {
    if let path {
      self.path = path
      descriptor = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)
    } else {
      guard isatty(STDIN_FILENO) == 1 else { throw .notATerminal(stream: "input") }
      guard isatty(STDOUT_FILENO) == 1 else { throw .notATerminal(stream: "output") }
      let name = ttyname(STDOUT_FILENO).map { String(cString: $0) } ?? "/dev/tty"
      self.path = name
      var opened = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC)
      // After `su`, the name may be another user's.
      if opened < 0 { opened = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC) }
      if opened < 0 { opened = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3) }
      descriptor = opened
    }
    if descriptor < 0 { throw .device(path: self.path, code: errno) }
    if isatty(descriptor) != 1 {
      let code = errno
      Glibc.close(descriptor)
      throw .device(path: self.path, code: code)
    }
  }

  deinit { Glibc.close(descriptor) }

  /// The window's extent; 80 × 24 where nobody knows.
  var window: terminal_window {
    var window = terminal_window(columns: 80, rows: 24, width: 0, height: 0)
    _ = terminal_window_read(descriptor, &window)
    return window
  }

  /// Writes all bytes, however slowly the terminal takes them; false when it is gone.
  @discardableResult
  func write(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBytes { buffer in
      var rest = buffer[...]
      while !rest.isEmpty {
        let count = Glibc.write(
          descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        if count >= 0 {
          rest = rest.dropFirst(count)
        } else if errno == EAGAIN {
          var wanted = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
          poll(&wanted, 1, -1)
          if Int32(wanted.revents) & (POLLERR | POLLHUP) != 0 { return false }
        } else if errno != EINTR {
          return false
        }
      }
      return true
    }
  }

  /// Writes text.
  @discardableResult
  func write(_ text: String) -> Bool { write(Array(text.utf8)) }

  /// What is there to read, up to a bound, without waiting; nil when the terminal is gone.
  func read() -> [UInt8]? {
    var bytes: [UInt8] = []
    var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    while bytes.count < 256 << 10, poll(&wanted, 1, 0) > 0 {
      guard Int32(wanted.revents) & POLLIN != 0 else { return bytes.isEmpty ? nil : bytes }
      var code: Int32 = 0
      let part = [UInt8](unsafeUninitializedCapacity: 4096) { buffer, count in
        let got = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
        code = got < 0 ? errno : got == 0 ? EIO : 0
        count = max(0, got)
      }
      if code == EINTR || code == EAGAIN { continue }
      if code != 0 { return bytes.isEmpty ? nil : bytes }
      bytes += part
    }
    return bytes
  }
}
