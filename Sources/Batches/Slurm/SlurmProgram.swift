import Foundation
import Programs

/// One of Slurm's own programs; nothing here schedules anything.
struct SlurmProgram {
  /// What it is called.
  let name: String

  static let sbatch = SlurmProgram(name: "sbatch")
  static let squeue = SlurmProgram(name: "squeue")
  static let scancel = SlurmProgram(name: "scancel")
  static let scontrol = SlurmProgram(name: "scontrol")

  /// Runs it and returns what it prints, warnings and all.
  ///
  /// - Throws: `BatchError.noScheduler`; `refused`, with its own words, when it fails.
  func callAsFunction(_ arguments: [String]) throws(BatchError) -> String {
    guard let path = RunningProgram.lookUp(name),
      let report = try? ProgramReport(running: path, arguments, joinsComplaints: true)
    else { throw .noScheduler(program: name) }
    let text = String(decoding: report.output ?? Data(), as: UTF8.self)
    guard report.hasSucceeded else {
      throw .refused(program: name, reason: Self.reason(in: text))
    }
    return text
  }

  /// The last thing it said, without its name.
  private static func reason(in text: String) -> String {
    let lines = text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
    let line = lines.last { !$0.isEmpty } ?? "it fails and does not say why"
    return line.replacing(/^\w+: (error: )?/, with: "")
  }
}
