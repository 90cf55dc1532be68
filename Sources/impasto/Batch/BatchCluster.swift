import ArgumentParser
import Batches
import Favorites
import Files
import Foundation
import Studio
import Styling

extension BatchCommand {
  /// Shows how far a cluster is.
  struct Status: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show how far a cluster is with a batch.")

    @Argument(help: "The folder of the batch.", completion: .directory)
    var folder: String

    @Flag(help: "Print one JSON object.")
    var json = false

    func run() throws {
      let folder = BatchFolder(path: BatchCommand.absolute(folder))
      let status = try SlurmStatus(of: SlurmJob.last(in: folder), in: folder)
      if json { try JSONLine.print(Report(status)) } else { Self.show(status) }
      for failure in status.failures {
        Failure(failure.fault.line, of: failure.output, code: .badData).report()
      }
      for shard in status.shards {
        guard case .lost(let reason) = shard.stage else { continue }
        BatchCommand.failure(of: shard, reason).report()
      }
    }

    private static func show(_ status: SlurmStatus) {
      let total = status.shards.reduce(0) { $0 + $1.count }
      let ended = status.shards.count { if case .done = $0.stage { true } else { false } }
      var line = "job \(status.job.id): \(ended) of \(status.shards.count) shards done"
      for (state, word) in [("RUNNING", "running"), ("PENDING", "waiting")] {
        let count = status.count(of: state)
        if count > 0 { line += ", \(count) \(word)" }
      }
      print("\(line); \(status.done) of \(total) pictures")
    }

    private struct Report: Encodable {
      struct Shard: Encodable {
        let number: Int
        let pictures: Int
        let state: String
        let log: String
      }

      let job: String
      let isActive: Bool
      let done: Int
      let failed: Int
      let shards: [Shard]

      init(_ status: SlurmStatus) {
        job = status.job.id
        isActive = status.isActive
        done = status.done
        failed = status.failures.count
        shards = status.shards.map { shard in
          let state =
            switch shard.stage {
            case .done: "DONE"
            case .queued(let text), .lost(let text): text
            }
          return Shard(number: shard.number, pictures: shard.count, state: state, log: shard.log)
        }
      }
    }
  }

  /// Ends a cluster's work.
  struct Cancel: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take a batch out of a cluster's queue, and end what runs of it.")

    @Argument(help: "The folder of the batch.", completion: .directory)
    var folder: String

    func run() throws {
      let folder = BatchFolder(path: BatchCommand.absolute(folder))
      let job = try SlurmJob.last(in: folder)
      try SlurmStatus.cancel(job)
      print("job \(job.id) is cancelled; what is painted stays")
    }
  }

  /// Looks at what a cluster has painted.
  struct Collect: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Check what a cluster has painted, and make its contact sheet and index.",
      discussion: "What is missing, the same 'impasto batch … --engine slurm' paints.")

    @Argument(help: "The folder of the batch.", completion: .directory)
    var folder: String

    @Flag(help: "Keep the results as favorites, too.")
    var favorites = false

    @Flag(help: "Print one JSON object.")
    var json = false

    private struct Report: Encodable {
      let event = "collected"
      let done: Int
      let missing: [String]
      let favorites: Int
      let folder: String
    }

    func run() throws {
      let folder = BatchFolder(path: BatchCommand.absolute(folder))
      let job = try SlurmJob.last(in: folder)
      let status = try SlurmStatus(of: job, in: folder)
      if status.isActive { throw BatchError.submitted(folder: folder.path, job: job.id) }
      let items = try SlurmJob.items(in: folder)
      let claim = try folder.claim()
      defer { withExtendedLifetime(claim) {} }
      let runner = BatchRunner(items, in: folder, services: Self.noServices)
      runner.clean()
      let survey = runner.survey()
      runner.note(survey)
      let numbers = Dictionary(uniqueKeysWithValues: zip(items.map(\.output), items.indices))
      var faults: [Int: BatchFault] = [:]
      for failure in status.failures {
        if let number = numbers[failure.output] { faults[number] = failure.fault }
      }
      try BatchPages(of: items, in: folder).write(faults: faults)
      let missing = survey.todo
      let kept = favorites ? try keep(survey, items, in: folder) : 0
      if json {
        try JSONLine.print(
          Report(
            done: items.count - missing.count, missing: missing.map { items[$0].output },
            favorites: kept, folder: folder.path))
      } else {
        print(
          "\(items.count - missing.count) of \(items.count) pictures: "
            + "\(folder.path.printable)/\(BatchPages.index)"
            + (favorites ? "; \(kept) new favorites" : ""))
        for number in missing {
          let reason = faults[number]?.line ?? "not painted"
          Failure(reason, of: items[number].output, code: .badData).report()
        }
      }
      for shard in status.shards {
        if case .lost(let reason) = shard.stage {
          BatchCommand.failure(of: shard, reason).report()
        }
      }
      if !missing.isEmpty { throw BatchCommand.incomplete }
    }

    /// Makes favorites of the results that are none yet; returns how many.
    private func keep(
      _ survey: BatchSurvey, _ items: [BatchItem], in folder: BatchFolder
    ) throws -> Int {
      guard let library = try FavoritesCommand.library(creating: true) else { return 0 }
      var count = 0
      for (item, standing) in zip(items, survey.standings) where standing == .current {
        do {
          _ = try library.import(folder.path(of: item))
          count += 1
        } catch .duplicate {}
      }
      return count
    }

    /// Nothing is painted here.
    private static let noServices = BatchServices(
      network: { _, _ in throw Failure("nothing is painted here", code: .usage) },
      stylist: { _ in throw Failure("nothing is painted here", code: .usage) })
  }

  /// What to tell of a shard that ended before its time.
  fileprivate static func failure(of shard: SlurmStatus.Shard, _ reason: String) -> Failure {
    let hint =
      switch reason {
      case "OUT_OF_MEMORY": "submit again with more memory: --slurm-option=--mem=8G"
      case "TIMEOUT": "submit again with more time: --slurm-option=--time=2:00:00"
      default: "submit again: the same command paints what is missing"
      }
    return Failure(
      "shard \(shard.number): \(reason)", of: shard.log, hint: hint, code: .unavailable)
  }
}
