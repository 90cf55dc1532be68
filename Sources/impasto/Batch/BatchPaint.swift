import ArgumentParser
import Batches
import Files
import Foundation
import Networks
import Pictures
import Recipes
import Styling

extension BatchCommand {
  /// Paints what is missing of a batch.
  struct Paint: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Paint what is missing of a batch.",
      discussion: """
        A plan is a YAML file: contents, styles, recipe, variations and more, as impasto(5) tells. \
        Without one, photographs, folders of them, patterns and tables (.csv) are given with a --style for \
        each painting. A second call paints what is missing or of other sources or recipes than asked for; \
        Ctrl-C ends a batch, and the same command goes on with it.
        """)

    /// Who does the work.
    enum Engine: String, ExpressibleByArgument, CaseIterable {
      case local, slurm
    }

    @Argument(
      help: "A plan, or photographs, folders, patterns and tables.", completion: .file())
    var paths: [String]

    @Option(
      name: .customLong("style"),
      help: ArgumentHelp(
        "A painting, or a folder or pattern of paintings; each is a style of its own.",
        valueName: "file"),
      completion: .file())
    var styles: [String] = []

    @Option(
      name: .shortAndLong,
      help: ArgumentHelp("The folder for the results; made if need be.", valueName: "folder"),
      completion: .directory)
    var output: String?

    @Option(
      help: ArgumentHelp(
        "How results are called, of \(NameTemplate.Field.allCases.map { "{\($0.rawValue)}" }.joined(separator: " ")).",
        valueName: "template"))
    var name: String?

    @OptionGroup var options: RecipeOptions

    @Option(
      help: ArgumentHelp(
        "How many pictures at once (default: as many as cores and memory allow).", valueName: "n"))
    var jobs: Int?

    @Option(
      help: ArgumentHelp("How many threads for each (default: what cores remain).", valueName: "n"))
    var threads: Int?

    @Option(help: "Who paints: local, or slurm for a cluster.")
    var engine = Engine.local

    @Option(
      help: ArgumentHelp(
        "An option for sbatch, such as --slurm-option=--partition=main.", valueName: "option"))
    var slurmOption: [String] = []

    @Option(
      help: ArgumentHelp(
        "How long a task of the cluster should take (default 600).", valueName: "seconds"))
    var shardSeconds = 600.0

    @Option(
      help: ArgumentHelp(
        "Where the cluster's nodes find this program (default: where it is here).",
        valueName: "file"))
    var slurmProgram: String?

    @Option(help: .hidden)
    var part: String?

    @Flag(help: "List the pictures with what they would take, and paint none.")
    var dryRun = false

    @Flag(help: "Print JSON Lines: planned, started, finished, failed, summary.")
    var json = false

    @Flag(name: .shortAndLong, help: "Print nothing but errors.")
    var quiet = false

    func validate() throws {
      for (name, value) in [("--jobs", jobs), ("--threads", threads)] {
        if let value, !(1...256).contains(value) {
          throw ValidationError("\(name) is \(value); it must be 1 to 256")
        }
      }
      guard shardSeconds.isFinite, shardSeconds > 0 else {
        throw ValidationError("--shard-seconds is \(shardSeconds); it must be more than 0")
      }
      if let part, !part.allSatisfy({ $0.isASCII && $0.isNumber }) {
        throw ValidationError("--part is '\(part)'; it must be a number")
      }
    }

    func run() throws {
      let plan = try BatchRequest(self).plan
      let items = plan.items
      let folder = BatchFolder(path: BatchCommand.absolute(plan.output))
      for item in items where item.recipe.content?.parentFolder == folder.path {
        throw Failure(
          "results would lie among the photographs", of: folder.path,
          hint: "choose another folder with -o", code: .usage)
      }
      let runner = BatchRunner(
        items, in: folder, part: part, services: Self.services(quiet: quiet || json))
      if dryRun { return try list(runner, jobs: plan.jobs, threads: plan.threads) }
      try folder.create(for: [])
      let claim = try folder.claim(shared: part != nil)
      defer { withExtendedLifetime(claim) {} }
      switch engine {
      case .local: try paint(runner, jobs: plan.jobs, threads: plan.threads)
      case .slurm: try submit(runner, plan)
      }
    }

    private static func services(quiet: Bool) -> BatchServices {
      let library = ModelLibrary(progress: ProgressLine(quiet: quiet))
      return BatchServices(
        network: { try library.network($0, precision: $1) }, stylist: { try library.stylist($0) })
    }

    private func paint(_ runner: BatchRunner, jobs: Int?, threads: Int?) throws {
      if part == nil { runner.clean() }
      let cancellation = BatchCancellation()
      let interruption = Interruption { cancellation.cancel() }
      let reporter = BatchReporter(runner, json: json, quiet: quiet)
      let survey = runner.survey()
      let pages = BatchPages(of: runner.items, in: runner.folder)
      if part == nil, !survey.todo.isEmpty { pages.retract() }
      let summary = try runner.run(
        survey, jobs: jobs, threads: threads, until: cancellation, onEvent: reporter.take)
      reporter.clear()
      if let part {
        if summary.left == 0 {
          try ShardReport(summary, of: runner.items).write(part: part, in: runner.folder)
        }
      } else {
        if summary.current < runner.items.count || !pages.exist {
          let faults = summary.failures.map { ($0.item, $0.fault) }
          try pages.write(faults: Dictionary(uniqueKeysWithValues: faults))
        }
      }
      try reporter.finish(summary)
      if let code = interruption.exitCode {
        if !quiet, part == nil {
          FileHandle.standardError.write(Data("the same command goes on\n".utf8))
        }
        throw ExitCode(code)
      }
      if !summary.failures.isEmpty { throw BatchCommand.incomplete }
    }

    private func submit(_ runner: BatchRunner, _ plan: BatchRequest.Plan) throws {
      if let job = try? SlurmJob.last(in: runner.folder),
        try SlurmStatus(of: job, in: runner.folder).isActive
      {
        throw BatchError.submitted(folder: runner.folder.path, job: job.id)
      }
      runner.clean()
      let survey = runner.survey()
      runner.note(survey)
      guard !survey.todo.isEmpty else {
        if !quiet { print("all \(runner.items.count) pictures are there already") }
        return
      }
      let estimate = try runner.outline(survey).estimate
      let library = ModelLibrary(progress: ProgressLine(quiet: quiet || json))
      var models: [String: String] = [:]
      for model in Set(survey.todo.flatMap { runner.items[$0].models }) {
        models[model] = try library.store.path(of: model)
      }
      let job = try SlurmJob.submit(
        survey, estimate, of: runner.items, in: runner.folder, models: models,
        .init(
          jobs: plan.jobs ?? 1, threads: plan.threads ?? 1, options: plan.slurmOptions,
          shardSeconds: shardSeconds,
          program: slurmProgram.map(BatchCommand.absolute) ?? Installation.program))
      if json {
        try JSONLine.print(
          SubmittedEvent(
            job: job.id, shards: job.shards.count, pictures: survey.todo.count,
            skipped: runner.items.count - survey.todo.count))
      } else if !quiet {
        print(
          "job \(job.id): \(survey.todo.count) pictures in \(job.shards.count) shards; "
            + "'impasto batch status \(runner.folder.path.printable)' shows how far it is")
      }
    }

    private struct SubmittedEvent: Encodable {
      let event = "submitted"
      let job: String
      let shards: Int
      let pictures: Int
      let skipped: Int
    }
  }
}
