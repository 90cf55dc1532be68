import Foundation

/// A pipe to or from another program; its ends close when this value goes away.
public struct ProgramPipe: ~Copyable, Sendable {
  /// What is read from; -1 when it is closed.
  public private(set) var readingEnd: Int32

  /// What is written to; -1 when it is closed.
  public private(set) var writingEnd: Int32

  /// A pipe that no program inherits unless it is given an end.
  ///
  /// - Parameter capacity: how many bytes it should hold, so that neither side waits for the other; it holds
  ///   less where the system grants less.
  public init(capacity: Int? = nil) throws(RunningProgram.StartFailure) {
    var ends: [Int32] = [-1, -1]
    guard Foundation.pipe(&ends) == 0 else { throw RunningProgram.StartFailure(errno: errno) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    if let capacity { _ = fcntl(ends[0], Self.setCapacity, Int32(clamping: capacity)) }
    (readingEnd, writingEnd) = (ends[0], ends[1])
  }

  /// `F_SETPIPE_SZ`, a macro that Swift does not see.
  private static let setCapacity: Int32 = 1031

  /// Closes the end that is written to: who reads comes to the end.
  public mutating func closeWritingEnd() {
    if writingEnd >= 0 { close(writingEnd) }
    writingEnd = -1
  }

  /// Closes the end that is read from: who writes is told when nobody else reads.
  public mutating func closeReadingEnd() {
    if readingEnd >= 0 { close(readingEnd) }
    readingEnd = -1
  }

  deinit {
    for end in [readingEnd, writingEnd] where end >= 0 { close(end) }
  }
}
