import Files
import Foundation

/// The folder of a batch: its results, and in `.impasto` what is known of them.
public struct BatchFolder: Sendable {
  /// Where it is, from the root.
  public let path: String

  /// The folder at a path, which need not exist.
  public init(path: String) { self.path = path }

  /// What is not a result.
  public var state: String { "\(path)/.impasto" }

  /// Where an item's result goes.
  public func path(of item: BatchItem) -> String { "\(path)/\(item.output)" }

  /// Makes the folder, and those in it that results go to.
  public func create(for items: [BatchItem]) throws(BatchError) {
    let folders = Set(items.map { path(of: $0).parentFolder })
    for folder in [path, state] + folders.sorted() { try Self.create(folder) }
  }

  static func create(_ folder: String) throws(BatchError) {
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw .file(.cannotCreate(path: folder, errno: errno == 0 ? EIO : errno))
    }
  }

  /// Keeps others from working on this folder for as long as the claim lives.
  ///
  /// - Parameter shared: lets others in that work on parts of their own, as the nodes of a cluster do.
  /// - Throws: `BatchError.busy`.
  public func claim(shared: Bool = false) throws(BatchError) -> BatchClaim {
    try Self.create(state)
    return try BatchClaim(self, shared: shared)
  }

  /// Removes what writers left half way that were killed; nobody may be writing now.
  func removeLeftovers(of items: [BatchItem]) {
    for folder in Set(items.map { path(of: $0).parentFolder } + [path, state]) {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
      for name in names where name.hasPrefix(".impasto-") { unlink("\(folder)/\(name)") }
    }
  }
}

/// That nobody else works on a batch's folder; the kernel lets go of it with the process, however it ends.
public final class BatchClaim: Sendable {
  private let descriptor: Int32

  fileprivate init(_ folder: BatchFolder, shared: Bool) throws(BatchError) {
    let path = "\(folder.state)/lock"
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw .file(.cannotCreate(path: path, errno: errno)) }
    guard flock(descriptor, (shared ? LOCK_SH : LOCK_EX) | LOCK_NB) == 0 else {
      let isTaken = errno == EWOULDBLOCK
      close(descriptor)
      // Where a file system has no locks, nobody is kept out.
      if isTaken { throw .busy(folder: folder.path) }
      throw .file(.cannotCreate(path: path, errno: ENOLCK))
    }
  }

  deinit { close(descriptor) }
}
