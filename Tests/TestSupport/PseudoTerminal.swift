import Foundation

/// A terminal whose screen is a list of the bytes it was sent.
public final class PseudoTerminal {
  /// What the terminal was sent so far.
  public private(set) var output: [UInt8] = []

  private var ours: Int32
  private var theirs: Int32
  private let path: String
  private var process: pid_t?

  /// The kernel would not make a terminal, or start a program on it.
  public struct Failure: Error {
    /// The `errno`.
    public let code: Int32
  }

  // The numbers behind macros that Swift does not see (asm-generic/ioctls.h, spawn.h).
  private static let numberRequest: UInt = 0x8004_5430
  private static let lockRequest: UInt = 0x4004_5431
  private static let newSession: Int16 = 0x80
  private static let setMask: Int16 = 0x08
  private static let setDefaults: Int16 = 0x04

  /// A terminal with a window of this size.
  public init(columns: Int, rows: Int) throws {
    ours = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    var number: Int32 = 0
    var lock: Int32 = 0
    guard ours >= 0, ioctl(ours, Self.lockRequest, &lock) == 0,
      ioctl(ours, Self.numberRequest, &number) == 0
    else { throw Failure(code: errno) }
    path = "/dev/pts/\(number)"
    theirs = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard theirs >= 0 else { throw Failure(code: errno) }
    resize(columns: columns, rows: rows)
  }

  deinit {
    if let process {
      kill(process, SIGKILL)
      var status: Int32 = 0
      waitpid(process, &status, 0)
    }
    hangUp()
  }

  /// Goes away, as a window that is closed.
  public func hangUp() {
    for descriptor in [ours, theirs] where descriptor >= 0 { close(descriptor) }
    (ours, theirs) = (-1, -1)
  }

  /// Gives the window another size.
  public func resize(columns: Int, rows: Int) {
    var size = winsize()
    size.ws_col = UInt16(columns)
    size.ws_row = UInt16(rows)
    _ = ioctl(ours, UInt(TIOCSWINSZ), &size)
  }

  /// Starts a program that has this as its terminal.
  public func start(
    _ executable: String, _ arguments: [String] = [], environment: [String: String]
  ) throws {
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    posix_spawnattr_setflags(&attributes, Self.newSession | Self.setMask | Self.setDefaults)
    // Threads of Dispatch block most signals, and a parent may ignore some.
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer {
      posix_spawnattr_destroy(&attributes)
      posix_spawn_file_actions_destroy(&actions)
    }
    // The first terminal that a session's leader opens becomes the session's.
    for stream: Int32 in 0...2 {
      posix_spawn_file_actions_addopen(&actions, stream, path, O_RDWR, 0)
    }
    let words = ([executable] + arguments).map { strdup($0) } + [nil]
    let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { (words + variables).forEach { free($0) } }
    var pid: pid_t = 0
    let code = posix_spawn(&pid, executable, &actions, &attributes, words, variables)
    guard code == 0 else { throw Failure(code: code) }
    process = pid
  }

  /// Types.
  public func send(_ text: String) {
    let bytes = Array(text.utf8)
    _ = write(ours, bytes, bytes.count)
  }

  /// Sends the program a signal.
  public func signal(_ number: Int32) {
    if let process { kill(process, number) }
  }

  /// Reads until a text has been written, from a position of the output on; false when the program ends or
  /// ten seconds pass first.
  public func waitForText(_ text: String, from start: Int = 0) -> Bool {
    let wanted = Array(text.utf8)
    return read { output.dropFirst(start).firstRange(of: wanted) != nil }
  }

  /// How the program ended: its exit code, or the negative number of the signal; nil when it
  /// does not.
  public func waitForEnd() -> Int32? {
    var status: Int32 = 0
    guard let process, read(until: { waitpid(process, &status, WNOHANG) == process }) else {
      return nil
    }
    self.process = nil
    takeOutput(within: 0)
    return status & 0x7F == 0 ? status >> 8 & 0xFF : -(status & 0x7F)
  }

  /// The terminal's modes, as text that can be compared.
  public var modes: String {
    var modes = termios()
    tcgetattr(theirs, &modes)
    return "\(modes.c_iflag) \(modes.c_oflag) \(modes.c_cflag) \(modes.c_lflag) \(modes.c_cc)"
  }

  private func read(until isEnough: () -> Bool) -> Bool {
    let deadline = ContinuousClock.now + .seconds(10)
    while ContinuousClock.now < deadline {
      if isEnough() { return true }
      takeOutput(within: 10)
    }
    return isEnough()
  }

  private func takeOutput(within milliseconds: Int32) {
    var wait = milliseconds
    // After a hang-up there is only the wait.
    var wanted = pollfd(fd: ours, events: Int16(POLLIN), revents: 0)
    var part = [UInt8](repeating: 0, count: 1 << 16)
    while poll(&wanted, 1, wait) > 0 {
      let count = Foundation.read(ours, &part, part.count)
      guard count > 0 else { return }
      output += part.prefix(count)
      wait = 0
    }
  }
}
