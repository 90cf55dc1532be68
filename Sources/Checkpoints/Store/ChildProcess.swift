import Foundation
import Programs

/// A program whose output is collected while it runs beside ours.
struct ChildProcess: ~Copyable {
  /// Of endless output the start is kept; what matters fits.
  private static let outputLimit = 1 << 20

  private var program: RunningProgram
  private var pipe: ProgramPipe
  private var bytes: [UInt8] = []

  /// Starts a program; throws the `errno` of what failed.
  init(
    _ executable: String, _ arguments: [String], environment: [String: String]
  ) throws(RunningProgram.StartFailure) {
    var pipe = try ProgramPipe()
    _ = fcntl(pipe.readingEnd, F_SETFL, O_NONBLOCK)
    let program = try RunningProgram(
      executable, arguments, environment: environment, output: pipe.writingEnd,
      errors: pipe.writingEnd)
    pipe.closeWritingEnd()
    self.program = program
    self.pipe = pipe
  }

  /// What it has written to its standard output and standard error.
  var output: String { String(decoding: bytes, as: UTF8.self) }

  /// Whether it ended by itself and well, without waiting for it; `nil` as long as it runs.
  mutating func hasSucceeded() -> Bool? {
    let success = program.hasSucceeded()
    collectOutput()
    return success
  }

  private mutating func collectOutput() {
    var buffer = [UInt8](repeating: 0, count: 1 << 14)
    while true {
      let count = read(pipe.readingEnd, &buffer, buffer.count)
      guard count > 0 else { return }
      bytes += buffer.prefix(min(count, Self.outputLimit - bytes.count))
    }
  }
}
