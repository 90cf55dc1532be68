import ArgumentParser
import Batches
import Foundation

/// `impasto batch`: many pictures by one plan, here or on the nodes of a cluster.
struct BatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "batch",
    abstract: "Paint many photographs in many styles, here or on a cluster.",
    discussion: """
      'impasto batch paint', which need not be said, has the options; 'impasto batch paint --help' \
      shows them.

      EXAMPLES
        impasto batch photos/ --style monet.jpg --style klee.jpg -o results --method instant
        impasto batch plan.yaml --dry-run
        impasto batch plan.yaml -o results
        impasto batch plan.yaml -o /shared/results --engine slurm --slurm-option=--partition=main
        impasto batch status /shared/results
        impasto batch collect /shared/results --favorites
      """,
    subcommands: [Paint.self, Status.self, Cancel.self, Collect.self],
    defaultSubcommand: Paint.self)

  /// The path from the root.
  static func absolute(_ path: String) -> String {
    let start = path.hasPrefix("/") ? "" : "\(FileManager.default.currentDirectoryPath)/"
    return ((start + path) as NSString).standardizingPath
  }

  /// The exit code of a batch of which something is missing.
  static let incomplete = ExitCode(1)
}

extension Failure {
  init(_ error: BatchError) {
    let code: Code =
      switch error.kind {
      case .missing: .noInput
      case .badData: .badData
      case .cannotCreate: .cannotCreate
      case .inputOutput: .inputOutput
      case .unavailable: .unavailable
      case .usage: .usage
      }
    self.init("\(error)", of: error.subject, hint: error.hint, code: code)
  }
}
