import Favorites
import Files
import Foundation
import Pictures
import Recipes
import Styling

/// A run as it is on the disk now.
public struct RecordedRun: Equatable, Sendable {
  /// What it is called: when it began.
  public let name: String

  /// What is worth knowing of it.
  public let record: RunRecord

  /// The iterations whose pictures were kept, in their order.
  public let frames: [Int]

  /// How many bytes it takes.
  public let byteCount: Int

  /// Whether it can be gone on with exactly.
  public let hasCheckpoint: Bool

  /// Whether a process works on it.
  public let isOngoing: Bool

  /// Where all of it lies.
  public let folder: String

  /// A run, without a look at the disk.
  public init(
    name: String, record: RunRecord, frames: [Int], byteCount: Int = 0, hasCheckpoint: Bool = false,
    isOngoing: Bool = false, folder: String = ""
  ) {
    self.name = name
    self.record = record
    self.frames = frames
    self.byteCount = byteCount
    self.hasCheckpoint = hasCheckpoint
    self.isOngoing = isOngoing
    self.folder = folder
  }

  init(_ name: String, in folder: RunFolder) throws(HistoryError) {
    let files = RunFiles(folder: "\(folder.path)/\(name)")
    let record: RunRecord
    do { record = try RunRecord(path: files.record) } catch .file(.missing) {
      throw .notFound(name: name)
    }
    self.init(
      name: name, record: record, frames: files.frames(), byteCount: files.byteCount,
      hasCheckpoint: access(files.checkpoint, F_OK) == 0,
      isOngoing: record.state == .running && folder.isOngoing(name), folder: files.folder)
  }

  /// Whether it ended though nobody wanted that.
  public var isCutShort: Bool { record.state == .running && !isOngoing }

  /// How its losses developed; an empty table where nobody wrote one.
  public func losses() throws(HistoryError) -> LossTable {
    do { return try LossTable(path: RunFiles(folder: folder).losses) } catch .file(.missing) {
      return LossTable(layers: [])
    }
  }

  /// Where the picture of an iteration lies.
  public func framePath(_ iteration: Int) -> String { RunFiles(folder: folder).frame(iteration) }

  /// The picture of an iteration.
  public func frame(_ iteration: Int) throws(HistoryError) -> Picture {
    guard frames.contains(iteration) else { throw .noFrame(name: name, iteration: iteration) }
    do { return try PictureDecoder.decode(framePath(iteration)) } catch { throw .picture(error) }
  }

  /// Exactly where it stands.
  public func saved() throws(HistoryError) -> SavedRun {
    do { return try SavedRun(path: RunFiles(folder: folder).checkpoint) } catch {
      throw .checkpoint(error)
    }
  }

  /// The recipe that leads to one of its iterates.
  public func recipe(at iteration: Int) -> Recipe {
    var recipe = record.recipe
    recipe.iterations = max(1, iteration)
    return recipe
  }

  func isLater(than other: RecordedRun) -> Bool {
    (record.begun, name) > (other.record.begun, other.name)
  }
}
