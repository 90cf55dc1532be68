import Dispatch
import Foundation
import Programs
import Recipes
import Synchronization

/// The program at work on a job of the queue: a process of its own, which can take no studio down with it
/// and gives way to what the studio computes.
final class JobProcess: Sendable {
  private let job: QueuedJob
  private let program: Mutex<RunningProgram?>
  private let wasInterrupted = Atomic(false)
  private let thread = DispatchGroup()

  /// Reports come no closer together than this.
  private static let pause = Duration.milliseconds(200)
  private static let longestLine = 1 << 20

  /// Starts the work.
  ///
  /// - Parameters:
  ///   - job: what is to be done.
  ///   - executable: the program.
  ///   - recipe: the file with the job's recipe.
  ///   - threads: how many threads compute.
  ///   - onProgress: called on a thread of this value's.
  ///   - onEnd: called there once, at the end.
  init(
    _ job: QueuedJob, executable: String, recipe: String, threads: Int,
    onProgress: @escaping @Sendable (QueuedJob.Progress) -> Void,
    onEnd: @escaping @Sendable (JobEnd, QueuedJob.Progress) -> Void
  ) throws(RunningProgram.StartFailure) {
    self.job = job
    let errors = try ErrorLog()
    var pipe = try ProgramPipe()
    let program = try RunningProgram(
      executable, Self.arguments(of: job, recipe: recipe, threads: threads),
      output: pipe.writingEnd, errors: errors.descriptor)
    pipe.closeWritingEnd()
    program.giveWay()
    self.program = Mutex(program)
    // What a closure of another thread takes along must be copyable.
    let ends = Ends(pipe: pipe, errors: errors)
    DispatchQueue(label: "impasto.studio.job", qos: .utility).async(group: thread) { [self] in
      let progress = follow(ends, onProgress)
      onEnd(end(ends), progress)
    }
  }

  /// Asks for a halt; what is painted stays, and another process can go on.
  func interrupt() {
    wasInterrupted.store(true, ordering: .relaxed)
    program.withLock { $0?.interrupt() }
  }

  /// Waits for the end; false when it takes longer.
  func waitForEnd(atMost timeout: DispatchTimeInterval) -> Bool {
    thread.wait(timeout: .now() + timeout) == .success
  }

  private static func arguments(of job: QueuedJob, recipe: String, threads: Int) -> [String] {
    let common = ["--recipe", recipe, "-o", job.output, "--json"]
    return switch job.work {
    case .batch(let folder): ["batch", folder] + common
    case .film(let path): ["video", path] + common + ["--threads", "\(threads)"]
    }
  }

  /// What the program prints, and what it complains of.
  private final class Ends: Sendable {
    let pipe: ProgramPipe
    let errors: ErrorLog

    init(pipe: consuming ProgramPipe, errors: consuming ErrorLog) {
      self.pipe = pipe
      self.errors = errors
    }
  }

  /// Reads what the program prints until it prints no more.
  private func follow(
    _ ends: Ends, _ onProgress: (QueuedJob.Progress) -> Void
  ) -> QueuedJob.Progress {
    var progress = job.progress
    let folder = job.isFilm ? nil : job.output
    let start = ContinuousClock.now
    var atStart: Int?
    var lastReport: ContinuousClock.Instant?
    var line: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 14)
    while true {
      let count = read(ends.pipe.readingEnd, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      for byte in buffer.prefix(count) {
        guard byte == UInt8(ascii: "\n") else {
          if line.count < Self.longestLine { line.append(byte) }
          continue
        }
        JobReport(line)?.note(in: &progress, folder: folder)
        line.removeAll(keepingCapacity: true)
      }
      let done = progress.done + progress.failures
      if progress.total != nil, atStart == nil { atStart = done }
      if let atStart, let total = progress.total, done > atStart {
        let elapsed = start.duration(to: .now) / .seconds(1)
        progress.secondsLeft = elapsed * Double(total - done) / Double(done - atStart)
      }
      if let lastReport, lastReport.duration(to: .now) < Self.pause { continue }
      lastReport = .now
      onProgress(progress)
    }
    progress.secondsLeft = nil
    return progress
  }

  private func end(_ ends: Ends) -> JobEnd {
    let (hasSucceeded, exitCode) = program.withLock { program in
      let hasSucceeded = program?.succeeds() ?? false
      let exitCode = program?.exitCode
      program = nil
      return (hasSucceeded, exitCode)
    }
    if hasSucceeded { return .done }
    // 1: some pictures of a batch failed, which its progress tells.
    if exitCode == 1, !job.isFilm { return .done }
    if wasInterrupted.load(ordering: .relaxed) { return .interrupted }
    let lines = ends.errors.lastLines.map(\.printable)
    let complaint = lines.last { $0.contains("error: ") }
    guard let complaint, let start = complaint.range(of: "error: ")?.upperBound else {
      return .failed(
        exitCode.map { "the program ended with code \($0)" } ?? "the program was killed")
    }
    return .failed(String(complaint[start...]))
  }
}
