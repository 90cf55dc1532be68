import Files
import Foundation

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
    guard let path = Self.find(name) else { throw .noScheduler(program: name) }
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = output
    do { try process.run() } catch { throw .noScheduler(program: name) }
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let text = String(decoding: bytes, as: UTF8.self)
    guard process.terminationStatus == 0 else {
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

  private static func find(_ name: String) -> String? {
    let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":") ?? []
    return folders.map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
  }
}
