import Files
import Foundation

/// The folder in which runs leave what it takes to go on with them, and what is worth knowing of them
/// later: a folder for each run.
///
/// Whoever works on a run holds a lock on its folder, which the kernel releases when the process ends,
/// however it ends. A run whose folder nobody holds was interrupted.
public struct RunFolder: Sendable {
  /// Where it is; created when needed.
  public let path: String

  /// A folder of runs.
  public init(path: String) { self.path = path }

  /// Runs that were interrupted, the latest first, by name.
  public func interrupted() -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    let runs = names.compactMap { name -> (name: String, time: timespec)? in
      var status = stat()
      guard stat(Self.checkpoint(in: "\(path)/\(name)"), &status) == 0 else { return nil }
      return (name, status.st_mtim)
    }
    return
      runs.sorted {
        ($0.time.tv_sec, $0.time.tv_nsec, $0.name) > ($1.time.tv_sec, $1.time.tv_nsec, $1.name)
      }
      .map(\.name).filter { (try? claim($0)) != nil }
  }

  /// Begins a run that this process works on.
  public func begin() throws(SavedRunError) -> RunClaim {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw .cannotCreate(path: path, errno: errno)
    }
    let stamp = Date().nameStamp
    var name = stamp
    var number = 1
    while true {
      if mkdir("\(path)/\(name)", 0o777) == 0 {
        // Unless another process took it for a leftover in between.
        if let claim = try? claim(name) { return claim }
      } else if errno != EEXIST {
        throw .cannotCreate(path: "\(path)/\(name)", errno: errno)
      }
      number += 1
      name = "\(stamp)-\(number)"
    }
  }

  /// Takes up a run by its name, so that nobody else does.
  public func claim(_ name: String) throws(SavedRunError) -> RunClaim {
    guard !name.isEmpty, !name.contains("/"), !name.hasPrefix(".") else {
      throw .missing(path: name)
    }
    return try RunClaim(name: name, folder: "\(path)/\(name)")
  }

  /// Takes up the run that was interrupted last.
  public func claimLatest() throws(SavedRunError) -> RunClaim {
    for name in interrupted() {
      if let claim = try? claim(name) { return claim }
    }
    throw .none(folder: path)
  }

  /// The names of all runs, the latest last.
  public func names() -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [])
      .filter { !$0.hasPrefix(".") }.sorted()
  }

  /// Whether somebody works on a run.
  public func isOngoing(_ name: String) -> Bool {
    do {
      _ = try claim(name)
      return false
    } catch .running {
      return true
    } catch {
      return false
    }
  }

  /// Removes the checkpoints of interrupted runs but for the latest ones, and runs that ended before they
  /// left anything.
  public func prune(keeping count: Int) {
    let kept = Set(interrupted().prefix(count))
    for name in names() where !kept.contains(name) { (try? claim(name))?.removeCheckpoint() }
  }

  /// The file with the checkpoint of the run whose folder this is.
  public static func checkpoint(in folder: String) -> String {
    "\(folder)/checkpoint.safetensors"
  }
}

/// A run that this process works on and no other may take up; let go of when the object is.
public final class RunClaim: Sendable {
  /// What the run is called.
  public let name: String

  /// The file with its latest checkpoint; there may be none yet.
  public var file: String { RunFolder.checkpoint(in: folder) }

  /// Where everything of the run lies.
  public let folder: String

  private let descriptor: Int32

  fileprivate init(name: String, folder: String) throws(SavedRunError) {
    self.name = name
    self.folder = folder
    descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .missing(path: folder) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw .running(path: folder)
    }
  }

  /// Deletes the checkpoint and what was left half written: the run came to its end.
  ///
  /// Nothing else left, the run is gone.
  public func removeCheckpoint() {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    where name.hasPrefix(".") || "\(folder)/\(name)" == file {
      unlink("\(folder)/\(name)")
    }
    rmdir(folder)  // which fails where something is left
  }

  /// Deletes all of the run: nobody wants it any more.
  public func remove() {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
      unlink("\(folder)/\(name)")
    }
    rmdir(folder)
  }

  deinit { close(descriptor) }
}
