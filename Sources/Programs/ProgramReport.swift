import Foundation

/// What another program had to say from its start to its end.
public struct ProgramReport: Sendable {
  /// What it printed; nil when that was more than anybody wants to read.
  public let output: Data?

  /// The last lines that it complained in, without empty ones.
  public let complaints: [String]

  /// Whether it ended by itself and well.
  public let hasSucceeded: Bool

  /// Runs a program to its end; when it prints too much, the end comes at once.
  ///
  /// - Parameters:
  ///   - executable: its path.
  ///   - arguments: what follows its name.
  ///   - joinsComplaints: puts what it complains of among what it prints.
  ///   - limit: how many bytes it may print.
  public init(
    running executable: String, _ arguments: [String], joinsComplaints: Bool = false,
    limit: Int = 1 << 22
  ) throws(RunningProgram.StartFailure) {
    let errors = try ErrorLog()
    var pipe = try ProgramPipe()
    var program = try RunningProgram(
      executable, arguments, output: pipe.writingEnd,
      errors: joinsComplaints ? pipe.writingEnd : errors.descriptor)
    pipe.closeWritingEnd()
    var data = Data()
    var part = [UInt8](repeating: 0, count: 1 << 16)
    while data.count <= limit {
      let count = read(pipe.readingEnd, &part, part.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      data.append(contentsOf: part.prefix(count))
    }
    let isWhole = data.count <= limit
    hasSucceeded = isWhole && program.succeeds()
    output = isWhole ? data : nil
    complaints = errors.lastLines
  }
}
