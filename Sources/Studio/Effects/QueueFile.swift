import Files
import Foundation

/// The jobs of the queue in a file, from one start of the studio to the next; one studio has it at a time.
final class QueueFile: Sendable {
  private let path: String
  private let lock: Int32

  private static let limit = 16 << 20

  /// Why there is no queue.
  enum Failure: Error {
    /// Another studio has it.
    case isElsewhere
    /// Its folder cannot be used.
    case file(FileError)
  }

  /// Takes the queue of a folder, which is created when needed.
  init(folder: String) throws(Failure) {
    path = "\(folder)/queue.json"
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw .file(.cannotCreate(path: folder, errno: EIO))
    }
    lock = open("\(folder)/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard lock >= 0 else { throw .file(.cannotCreate(path: folder, errno: errno)) }
    guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
      let isTaken = errno == EWOULDBLOCK
      close(lock)
      if isTaken { throw .isElsewhere }
      throw .file(.cannotCreate(path: folder, errno: ENOLCK))
    }
  }

  deinit { close(lock) }

  /// The jobs; what was being worked on is halted now.
  ///
  /// - Throws: `FileError`, or what is wrong with the text; it is put aside then.
  func read() throws -> [QueuedJob] {
    guard access(path, F_OK) == 0 else { return [] }
    do {
      let bytes = try FileBytes.read(path, limit: Self.limit)
      var jobs = try JSONDecoder().decode([QueuedJob].self, from: Data(bytes))
      for index in jobs.indices where jobs[index].isActive { jobs[index].phase = .paused }
      var known: Set<Int> = []
      return jobs.filter { known.insert($0.id).inserted }
    } catch {
      rename(path, "\(path).damaged")
      throw error
    }
  }

  /// Keeps the jobs.
  func write(_ jobs: [QueuedJob]) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    try AtomicFile.write(Array(try encoder.encode(jobs)), to: path)
  }
}
