import Foundation

/// Another program that runs beside ours, without a terminal.
///
/// It leads a process group of its own, so that Ctrl-C and Ctrl-Z are ours alone to act on; the whole
/// group is killed, if need be, and the program waited for when this value goes away.
public struct RunningProgram: ~Copyable {
  private let process: pid_t
  private var status: Int32?

  /// The `errno` of a start that failed.
  public struct StartFailure: Error {
    /// What the operating system said.
    public let errno: Int32
  }

  /// Starts a program, with signals as they are by default.
  ///
  /// - Parameters:
  ///   - executable: its path.
  ///   - arguments: what follows its name.
  ///   - environment: all of its variables.
  ///   - input: the descriptor that becomes its standard input; nothing is there to read without.
  ///   - output: the descriptor that becomes its standard output.
  ///   - errors: the descriptor that becomes its standard error.
  public init(
    _ executable: String, _ arguments: [String],
    environment: [String: String] = ProcessInfo.processInfo.environment, input: Int32? = nil,
    output: Int32, errors: Int32
  ) throws(StartFailure) {
    var files = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&files)
    defer { posix_spawn_file_actions_destroy(&files) }
    if let input {
      posix_spawn_file_actions_adddup2(&files, input, STDIN_FILENO)
    } else {
      posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    }
    posix_spawn_file_actions_adddup2(&files, output, STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&files, errors, STDERR_FILENO)

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(
      &attributes,
      Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

    let words = ([executable] + arguments).map { strdup($0) }
    let variables = environment.map { strdup("\($0.key)=\($0.value)") }
    defer { for text in words + variables { free(text) } }
    var process: pid_t = 0
    let code = posix_spawn(
      &process, executable, &files, &attributes, words + [nil], variables + [nil])
    guard code == 0 else { throw StartFailure(errno: code) }
    self.process = process
  }

  deinit {
    guard status == nil else { return }
    Foundation.kill(-process, SIGKILL)
    while waitpid(process, nil, 0) < 0, errno == EINTR {}
  }

  /// Whether it ended by itself and well, without waiting for it; `nil` as long as it runs.
  public mutating func hasSucceeded() -> Bool? { look(WNOHANG) }

  /// Waits for its end; whether it ended by itself and well.
  public mutating func succeeds() -> Bool {
    while true {
      if let success = look(0) { return success }
    }
  }

  /// What it returned, once it has ended by itself and was waited for.
  public var exitCode: Int32? { status.flatMap { $0 & 0x7f == 0 ? $0 >> 8 & 0xff : nil } }

  /// Asks it and what it has started to end, as Ctrl-C does.
  public func interrupt() {
    if status == nil { Foundation.kill(-process, SIGINT) }
  }

  /// Lets other programs go first from now on.
  public func giveWay() {
    setpriority(__priority_which_t(PRIO_PROCESS.rawValue), id_t(process), 10)
  }

  private mutating func look(_ options: Int32) -> Bool? {
    if status == nil {
      var reported: Int32 = 0
      let ended = waitpid(process, &reported, options)
      // It is gone without a report if SIGCHLD is ignored; then its work must speak for it.
      if ended == process || (ended < 0 && errno == ECHILD) { status = reported }
    }
    return status.map { $0 == 0 }
  }
}

extension RunningProgram {
  /// Where a program is: a path as it is, a name looked up in `PATH`; nil where there is none.
  public static func lookUp(_ name: String) -> String? {
    if name.contains("/") { return access(name, X_OK) == 0 ? name : nil }
    let folders = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
    return folders.split(separator: ":").map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
  }
}
