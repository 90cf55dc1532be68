import Files
import Foundation
import Pictures
import Recipes
import Styling

/// The runs of this user, those that go on included: a folder for each.
///
/// Folders of plain files, not a database: what a crash cuts short is one file of one run, a run is
/// recorded by one process and read by many, and all of it can be looked at and copied without this program.
public struct RunHistory: Sendable {
  /// How many bytes all runs may take, unless the user says otherwise.
  public static let standardBudget = 1 << 30

  /// Where the runs are.
  public let folder: RunFolder

  /// The runs in a folder.
  public init(_ folder: RunFolder) { self.folder = folder }

  /// All recorded runs, the latest first; what cannot be read is left out.
  public func runs() -> [RecordedRun] {
    folder.names().compactMap { try? RecordedRun($0, in: folder) }.sorted { $0.isLater(than: $1) }
  }

  /// The run of a name, or of the beginning of one.
  public func run(_ name: String) throws(HistoryError) -> RecordedRun {
    let names = folder.names()
    if names.contains(name) { return try RecordedRun(name, in: folder) }
    let found = names.filter { $0.hasPrefix(name) }
    guard !name.isEmpty, let first = found.first else { throw .notFound(name: name) }
    guard found.count == 1 else { throw .ambiguous(name: name, count: found.count) }
    return try RecordedRun(first, in: folder)
  }

  /// The latest run that was cut short and can be gone on with.
  ///
  /// - Parameter maker: whose run.
  public func cutShort(by maker: RunRecord.Maker) -> RecordedRun? {
    runs().first { $0.isCutShort && $0.record.maker == maker && $0.hasCheckpoint }
  }

  /// Records a run of one pass, which is over.
  public func add(
    _ record: RunRecord, picture: Picture, to claim: RunClaim
  ) throws(HistoryError) {
    let files = RunFiles(folder: claim.folder)
    do { try PictureEncoder.write(picture, to: files.frame(record.iterations)) } catch {
      throw .picture(error)
    }
    try record.write(to: files.record)
  }

  /// Forgets that a run was cut short: it counts as stopped.
  public func dismiss(_ name: String) throws(HistoryError) {
    let claim = try claim(name)
    let files = RunFiles(folder: claim.folder)
    var record = try RunRecord(path: files.record)
    guard record.state == .running else { return }
    record.state = .stopped
    try record.write(to: files.record)
  }

  /// Deletes a run with all that lies in its folder.
  public func remove(_ name: String) throws(HistoryError) {
    try claim(name).remove()
  }

  /// Makes runs take no more than so many bytes in all.
  ///
  /// Old ones first lose their frames but for the last, then go altogether. A run that goes on is left
  /// alone.
  ///
  /// - Parameters:
  ///   - budget: how many bytes may stay.
  ///   - count: how many runs may stay.
  /// - Returns: how many runs went, and how many bytes are free now that were not.
  @discardableResult
  public func prune(to budget: Int, keeping count: Int = .max) -> (runs: Int, bytes: Int) {
    let runs = runs()
    let before = runs.reduce(0) { $0 + $1.byteCount }
    var total = before
    var removed = 0
    var rest = runs
    for run in runs.dropFirst(count).reversed() where (try? remove(run.name)) != nil {
      total -= run.byteCount
      removed += 1
      rest.removeAll { $0.name == run.name }
    }
    for run in rest.reversed() where total > budget && run.frames.count > 1 {
      guard let claim = try? claim(run.name) else { continue }
      let files = RunFiles(folder: claim.folder)
      let bytes = files.byteCount
      for frame in run.frames.dropLast() { unlink(files.frame(frame)) }
      total -= bytes - files.byteCount
    }
    for run in rest.reversed() where total > budget {
      let bytes = RunFiles(folder: "\(folder.path)/\(run.name)").byteCount
      guard (try? remove(run.name)) != nil else { continue }
      total -= bytes
      removed += 1
    }
    return (removed, before - total)
  }

  func claim(_ name: String) throws(HistoryError) -> RunClaim {
    do { return try folder.claim(name) } catch .missing {
      throw .notFound(name: name)
    } catch {
      throw .checkpoint(error)
    }
  }
}
