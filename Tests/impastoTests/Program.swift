import Foundation

/// The program as its user runs it: a process with arguments, output and an exit code.
struct Program {
  /// What came of a run.
  struct Result {
    let code: Int32
    let output: String
    let errors: String

    /// The lines on stderr.
    var errorLines: [String] { errors.split(separator: "\n").map(String.init) }
  }

  /// The folder that stands for all of the user's.
  let home: String

  /// It is built beside the tests.
  static let executable: URL = {
    let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    return tests.deletingLastPathComponent().appendingPathComponent("impasto")
  }()

  /// Starts the program.
  func start(_ arguments: [String], environment: [String: String] = [:]) throws -> Running {
    try Running(
      Self.executable, arguments,
      environment: ProcessInfo.processInfo.environment
        .merging(["IMPASTO_HOME": home]) { $1 }.merging(environment) { $1 })
  }

  /// Runs the program to its end.
  func run(_ arguments: String..., environment: [String: String] = [:]) throws -> Result {
    try start(arguments, environment: environment).wait()
  }

  /// Runs the program where no file may become larger than so many blocks of 512 bytes.
  func run(fileBlocks: Int, _ arguments: String...) throws -> Result {
    try run(fileBlocks: fileBlocks, arguments)
  }

  /// Runs the program where no file may become larger than so many blocks of 512 bytes.
  func run(fileBlocks: Int, _ arguments: [String]) throws -> Result {
    try Running(
      URL(fileURLWithPath: "/bin/sh"),
      ["-c", "ulimit -f \(fileBlocks); exec \"$0\" \"$@\"", Self.executable.path] + arguments,
      environment: ProcessInfo.processInfo.environment.merging(["IMPASTO_HOME": home]) { $1 }
    ).wait()
  }

  /// A process whose output goes to files, so that no pipe can fill up.
  final class Running {
    let process = Process()
    private let folder: URL

    fileprivate init(
      _ executable: URL, _ arguments: [String], environment: [String: String]
    ) throws {
      folder = FileManager.default.temporaryDirectory
        .appendingPathComponent("impasto-run-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      process.executableURL = executable
      process.arguments = arguments
      process.environment = environment
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = try Self.newFile(folder.appendingPathComponent("out"))
      process.standardError = try Self.newFile(folder.appendingPathComponent("err"))
      try process.run()
    }

    private static func newFile(_ url: URL) throws -> FileHandle {
      try Data().write(to: url)
      return try FileHandle(forWritingTo: url)
    }

    /// What is on stdout so far.
    var output: String { text("out") }

    /// Waits until the text is on stdout or the process has ended.
    func waitForOutput(_ text: String) {
      while process.isRunning, !output.contains(text) { sched_yield() }
    }

    func wait() -> Result {
      process.waitUntilExit()
      defer { try? FileManager.default.removeItem(at: folder) }
      return Result(code: process.terminationStatus, output: output, errors: text("err"))
    }

    private func text(_ name: String) -> String {
      (try? String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)) ?? ""
    }
  }
}
