import Files
import Foundation

/// Where a batch's folder keeps what its nodes share.
struct SlurmFolder {
  let path: String

  init(of folder: BatchFolder) { path = "\(folder.state)/slurm" }

  /// What was submitted.
  var job: String { "\(path)/job.json" }
  /// What each task runs.
  var script: String { "\(path)/job.sh" }
  /// All items of the plan.
  var plan: String { "\(path)/plan.jsonl" }
  /// The nodes' `IMPASTO_HOME`.
  var home: String { "\(path)/home" }
  var models: String { "\(home)/models" }
  var shards: String { "\(path)/shards" }
  var logs: String { "\(path)/logs" }
  var reports: String { "\(path)/reports" }

  /// What a shard is called, in five digits or more.
  static func name(of shard: Int) -> String {
    let digits = String(shard)
    return String(repeating: "0", count: max(0, 5 - digits.count)) + digits
  }

  func items(of shard: Int) -> String { "\(shards)/\(Self.name(of: shard)).jsonl" }
  func log(of shard: Int) -> String { "\(logs)/\(shard).log" }
  func report(of part: String) -> String { "\(reports)/\(part).json" }

  /// Makes the folder, without what an earlier job left in it.
  func renew() throws(BatchError) {
    for folder in [shards, logs, reports] { try? FileManager.default.removeItem(atPath: folder) }
    for folder in [path, shards, logs, reports, models] { try BatchFolder.create(folder) }
  }

  /// Puts a model where nodes find it: the same file if the file system allows it, else a copy.
  func install(_ model: String, from file: String) throws(BatchError) {
    let place = "\(models)/\(model).safetensors"
    if let (old, new) = FileStamp(path: place).flatMap({ old in
      FileStamp(path: file).map { (old, $0) }
    }),
      old.size == new.size, old.modified == new.modified
    {
      return
    }
    unlink(place)
    if link(file, place) == 0 { return }
    do {
      let part = "\(models)/.impasto-\(model)"
      unlink(part)
      try FileManager.default.copyItem(atPath: file, toPath: part)
      try FileManager.default.moveItem(atPath: part, toPath: place)
    } catch {
      throw .file(.cannotCreate(path: place, errno: errno == 0 ? EIO : errno))
    }
  }
}

/// What one shard has done, in its own words.
public struct ShardReport: Equatable, Sendable, Codable {
  /// A picture that could not be painted.
  public struct Failure: Equatable, Sendable, Codable {
    /// Its name.
    public let output: String
    /// Why.
    public let fault: BatchFault
  }

  /// Pictures that were painted, or there already.
  public let done: Int
  /// Those that were not.
  public let failures: [Failure]

  /// The report of a shard that came to its end.
  public init(_ summary: BatchSummary, of items: [BatchItem]) {
    done = summary.done + summary.current
    failures = summary.failures.map { Failure(output: items[$0.item].output, fault: $0.fault) }
  }

  /// Leaves the report for `impasto batch status`.
  public func write(part: String, in folder: BatchFolder) throws(BatchError) {
    let slurm = SlurmFolder(of: folder)
    try BatchFolder.create(slurm.reports)
    guard let data = try? JSONLines.encoder.encode(self) else { return }  // which cannot fail
    do { try AtomicFile.write(data, to: slurm.report(of: part)) } catch { throw .file(error) }
  }

  static func read(_ path: String) -> ShardReport? {
    guard let bytes = try? FileBytes.read(path, limit: 1 << 30) else { return nil }
    return try? JSONLines.decoder.decode(Self.self, from: Data(bytes))
  }
}
