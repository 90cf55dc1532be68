import Files
import Foundation

/// A job array that works on a batch.
public struct SlurmJob: Equatable, Sendable, Codable {
  /// Its number, as Slurm gave it.
  public let id: String

  /// How many items each shard has.
  public let shards: [Int]

  /// What a task of it asks for.
  public struct Request: Equatable, Sendable {
    /// Pictures at once.
    public let jobs: Int
    /// Threads for each.
    public let threads: Int
    /// Options for `sbatch`, after the program's own.
    public let options: [String]
    /// How long a shard should take, in seconds.
    public let shardSeconds: Double
    /// The program, where nodes find it.
    public let program: String

    /// What a task asks for.
    public init(
      jobs: Int, threads: Int, options: [String], shardSeconds: Double, program: String
    ) {
      self.jobs = jobs
      self.threads = threads
      self.options = options
      self.shardSeconds = shardSeconds
      self.program = program
    }
  }

  /// The job that was submitted last from a folder.
  ///
  /// - Throws: `BatchError.notSubmitted`.
  public static func last(in folder: BatchFolder) throws(BatchError) -> SlurmJob {
    guard let bytes = try? FileBytes.read(SlurmFolder(of: folder).job, limit: 1 << 28),
      let job = try? JSONDecoder().decode(Self.self, from: Data(bytes)), job.isNumbered
    else { throw .notSubmitted(folder: folder.path) }
    return job
  }

  /// It becomes a part of commands.
  private var isNumbered: Bool {
    !id.isEmpty && id.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }

  /// Hands what is left of a batch to Slurm.
  ///
  /// - Parameters:
  ///   - survey: what is done already.
  ///   - estimate: what the rest takes.
  ///   - items: all items.
  ///   - folder: where nodes find everything; the caller holds a claim on it.
  ///   - models: the files of the models that items need, by their names.
  ///   - request: what a task asks for.
  /// - Throws: `BatchError`.
  public static func submit(
    _ survey: BatchSurvey, _ estimate: BatchEstimate, of items: [BatchItem],
    in folder: BatchFolder, models: [String: String], _ request: Request
  ) throws(BatchError) -> SlurmJob {
    let slurm = SlurmFolder(of: folder)
    let todo = BatchOrder.ordered(survey.todo, of: items)
    let shards = SlurmShards(
      seconds: todo.map { estimate.items[$0]?.seconds ?? 0 }, target: request.shardSeconds,
      lanes: request.jobs * request.threads, most: try mostTasks())
    try slurm.renew()
    try folder.create(for: items)
    for (model, file) in models { try slurm.install(model, from: file) }
    try FrozenPlan.write(items[...], to: slurm.plan)
    for (number, range) in shards.ranges.enumerated() {
      try FrozenPlan.write(
        todo[range].map { items[$0] }[...], to: slurm.items(of: number))
    }
    let script = script(in: slurm, folder: folder, request)
    do { try AtomicFile.write(script.utf8, to: slurm.script) } catch { throw .file(error) }
    let megabytes = 512 + ((request.jobs * estimate.bytes * 5 / 4) >> 20)
    let said = try SlurmProgram.sbatch(
      [
        "--parsable", "--array=0-\(shards.ranges.count - 1)", "--requeue", "--job-name=impasto",
        "--cpus-per-task=\(request.jobs * request.threads)", "--mem=\(megabytes)M",
        "--output=\(slurm.logs.replacing("%", with: "%%"))/%a.log", "--open-mode=append",
        "--chdir=\(folder.path)",
      ] + request.options + [slurm.script])
    // `12` or `12;cluster`, perhaps after warnings.
    let id = said.split(separator: "\n").last.map { String($0.prefix { $0 != ";" }) } ?? ""
    let job = SlurmJob(id: id, shards: shards.ranges.map(\.count))
    guard job.isNumbered else {
      throw .refused(program: "sbatch", reason: "it gives no number of the job: \(id)")
    }
    guard let data = try? JSONLines.encoder.encode(job) else { return job }  // which cannot fail
    do { try AtomicFile.write(data, to: slurm.job) } catch { throw .file(error) }
    return job
  }

  /// How many tasks an array may have here.
  private static func mostTasks() throws(BatchError) -> Int {
    let configuration = try SlurmProgram.scontrol(["show", "config"])
    // Slurm's own standard, where it does not say it.
    guard let match = configuration.firstMatch(of: /MaxArraySize\s*=\s*(\d+)/),
      let size = Int(match.output.1)
    else { return 1000 }
    return max(1, size - 1)  // the largest index is one less than that
  }

  /// What each task runs: the program itself, on its shard.
  private static func script(
    in slurm: SlurmFolder, folder: BatchFolder, _ request: Request
  ) -> String {
    """
    #!/bin/sh
    # Paints one shard of a batch; started by 'impasto batch --engine slurm'.
    export IMPASTO_HOME=\(slurm.home.quoted)
    part=$(printf %05d "$SLURM_ARRAY_TASK_ID")
    exec \(request.program.quoted) batch paint \(slurm.shards.quoted)/"$part".jsonl \\
      -o \(folder.path.quoted) --part "$part" --jobs \(request.jobs) --threads \(request.threads) \
    --quiet

    """
  }
}

extension String {
  /// This text as one word of a shell's command.
  fileprivate var quoted: String { "'\(replacing("'", with: "'\\''"))'" }
}
