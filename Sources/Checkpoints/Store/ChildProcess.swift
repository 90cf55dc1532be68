import Foundation

/// A program that runs beside ours, without a terminal, its output collected.
///
/// It leads a process group of its own, so that Ctrl-C and Ctrl-Z are ours alone to act on; the whole
/// group is killed, if need be, and the program waited for when this value goes away.
struct ChildProcess: ~Copyable {
  /// Of endless output the start is kept; what matters fits.
  private static let outputLimit = 1 << 20

  private let process: pid_t
  private let outputEnd: Int32
  private var bytes: [UInt8] = []
  private var status: Int32?

  /// Starts a program; throws the `errno` of what failed.
  init(
    _ executable: String, _ arguments: [String], environment: [String: String]
  ) throws(StartFailure) {
    var ends: [Int32] = [-1, -1]
    guard Foundation.pipe(&ends) == 0 else { throw StartFailure(errno: errno) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
    var process: pid_t = 0
    let code = Self.spawn(executable, arguments, environment, output: ends[1], &process)
    close(ends[1])
    guard code == 0 else {
      close(ends[0])
      throw StartFailure(errno: code)
    }
    self.process = process
    outputEnd = ends[0]
  }

  /// The `errno` of a start that failed.
  struct StartFailure: Error {
    let errno: Int32
  }

  deinit {
    if status == nil {
      kill(-process, SIGKILL)
      while waitpid(process, nil, 0) < 0, errno == EINTR {}
    }
    close(outputEnd)
  }

  /// What it has written to its standard output and standard error.
  var output: String { String(decoding: bytes, as: UTF8.self) }

  /// Whether it ended by itself and well, without waiting for it; `nil` as long as it runs.
  mutating func hasSucceeded() -> Bool? {
    if status == nil {
      var reported: Int32 = 0
      let ended = waitpid(process, &reported, WNOHANG)
      // It is gone without a report if SIGCHLD is ignored; then its work must speak for it.
      if ended == process || (ended < 0 && errno == ECHILD) { status = reported }
    }
    collectOutput()
    return status.map { $0 == 0 }
  }

  private mutating func collectOutput() {
    var buffer = [UInt8](repeating: 0, count: 1 << 14)
    while true {
      let count = read(outputEnd, &buffer, buffer.count)
      guard count > 0 else { return }
      bytes += buffer.prefix(min(count, Self.outputLimit - bytes.count))
    }
  }

  private static func spawn(
    _ executable: String, _ arguments: [String], _ environment: [String: String], output: Int32,
    _ process: inout pid_t
  ) -> Int32 {
    var files = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&files)
    defer { posix_spawn_file_actions_destroy(&files) }
    posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&files, output, STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&files, output, STDERR_FILENO)

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
    return posix_spawn(
      &process, executable, &files, &attributes, words + [nil], variables + [nil])
  }
}
