import Foundation

/// What another program complains of, in a file without a name: however much it is, nobody waits.
public struct ErrorLog: ~Copyable, Sendable {
  /// What the program writes to.
  public let descriptor: Int32

  /// An empty log.
  public init() throws(RunningProgram.StartFailure) {
    var template = Array("\(NSTemporaryDirectory())/impasto-XXXXXX".utf8CString)
    descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw RunningProgram.StartFailure(errno: errno) }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    unlink(template)
  }

  deinit { close(descriptor) }

  /// The last lines, without empty ones; a few thousand characters at most.
  public var lastLines: [String] {
    let limit = 4096
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return [] }
    var bytes = [UInt8](repeating: 0, count: limit)
    let count = pread(descriptor, &bytes, limit, max(0, Int(status.st_size) - limit))
    return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
      .split(whereSeparator: \.isNewline).map(String.init)
  }
}
