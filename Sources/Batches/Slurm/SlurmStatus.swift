import Files
import Foundation

/// How far a job array is.
public struct SlurmStatus: Sendable {
  /// What a shard is doing.
  public enum Stage: Equatable, Sendable {
    /// It came to its end.
    case done(ShardReport)
    /// In Slurm's words: `RUNNING`, `PENDING`, …; perhaps with a reason.
    case queued(String)
    /// It is gone without a report: in Slurm's words why, such as `OUT_OF_MEMORY`.
    case lost(String)
  }

  /// A part of the batch.
  public struct Shard: Sendable {
    /// Which it is.
    public let number: Int
    /// How many pictures it has.
    public let count: Int
    /// What it is doing.
    public let stage: Stage
    /// Where its node writes what goes wrong.
    public let log: String
  }

  /// What was submitted.
  public let job: SlurmJob

  /// Its parts.
  public let shards: [Shard]

  /// Asks Slurm.
  ///
  /// - Throws: `BatchError`.
  public init(of job: SlurmJob, in folder: BatchFolder) throws(BatchError) {
    let slurm = SlurmFolder(of: folder)
    let queue = try Self.queue(of: job)
    self.job = job
    shards = job.shards.enumerated().map { number, count in
      let stage: Stage =
        if let report = ShardReport.read(slurm.report(of: SlurmFolder.name(of: number))) {
          .done(report)
        } else if let state = queue[number] {
          .queued(state)
        } else {
          .lost(Self.end(of: number, job, log: slurm.log(of: number)))
        }
      return Shard(number: number, count: count, stage: stage, log: slurm.log(of: number))
    }
  }

  /// Whether Slurm still has something to do for it.
  public var isActive: Bool {
    shards.contains { if case .queued = $0.stage { true } else { false } }
  }

  /// Pictures of the shards that came to their end.
  public var done: Int {
    shards.reduce(0) { if case .done(let report) = $1.stage { $0 + report.done } else { $0 } }
  }

  /// What shards could not paint.
  public var failures: [ShardReport.Failure] {
    shards.flatMap { shard -> [ShardReport.Failure] in
      if case .done(let report) = shard.stage { report.failures } else { [] }
    }
  }

  /// How many shards are in a state of Slurm's.
  public func count(of state: String) -> Int {
    shards.count { if case .queued(let text) = $0.stage { text.hasPrefix(state) } else { false } }
  }

  /// Takes a job out of the queue and ends what runs of it.
  public static func cancel(_ job: SlurmJob) throws(BatchError) {
    _ = try SlurmProgram.scancel([job.id])
  }

  /// What Slurm says of the tasks that it still has.
  private static func queue(of job: SlurmJob) throws(BatchError) -> [Int: String] {
    let text: String
    do {
      text = try SlurmProgram.squeue(
        ["--noheader", "--array", "--jobs=\(job.id)", "--format=%K|%T|%r"])
    } catch .refused(_, let reason) where reason.contains("Invalid job id") {
      return [:]  // it has forgotten a job that ended long ago
    }
    var states: [Int: String] = [:]
    for line in text.split(separator: "\n") {
      let cells = line.split(separator: "|", omittingEmptySubsequences: false)
      guard cells.count == 3, let number = Int(cells[0].trimmingCharacters(in: .whitespaces))
      else { continue }
      states[number] = cells[2] == "None" ? "\(cells[1])" : "\(cells[1]) (\(cells[2]))"
    }
    return states
  }

  /// Why a task is gone: Slurm knows it for some minutes, and what it wrote into the log for longer.
  private static func end(of number: Int, _ job: SlurmJob, log: String) -> String {
    let bytes = try? FileBytes.read(log, limit: 1 << 24)
    let said = bytes.map { String(decoding: $0, as: UTF8.self) } ?? ""
    // Without control groups, Slurm calls such a task FAILED.
    if said.contains(/exceeded (job )?memory limit|oom.kill/.ignoresCase()) {
      return "OUT_OF_MEMORY"
    }
    let known = try? SlurmProgram.scontrol(["show", "job", "\(job.id)_\(number)"])
    if let state = known?.firstMatch(of: /JobState=(\w+)/)?.output.1 { return String(state) }
    let line = said.split(separator: "\n").last { $0.contains("error") }
    return line.map { String($0).printable } ?? "ended without a report"
  }
}

extension SlurmJob {
  /// The items of the plan that was submitted last.
  public static func items(in folder: BatchFolder) throws(BatchError) -> [BatchItem] {
    try FrozenPlan.read(SlurmFolder(of: folder).plan)
  }
}
