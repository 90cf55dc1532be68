import Dispatch
import Files
import Foundation
import Pictures
import Recipes
import Synchronization
import Terminal

/// Keeps the latest picture of a run in a file, so that a crash or a power cut costs seconds of work.
///
/// The file bears the process's number. What the studio finds of processes that are no more it moves
/// to the rescued pictures.
final class Autosave: Sendable {
  private static let interval = Duration.seconds(10)

  private struct State {
    var last: ContinuousClock.Instant?
    var isWriting = false
    /// The latest picture, while it is in no file.
    var unwritten: (picture: IdentifiedPicture, recipe: Recipe)?
  }

  private let folder: String
  private let rescued: RescuedPictures
  private let state = Mutex(State())
  private let queue = DispatchQueue(label: "impasto.studio.autosave", qos: .utility)

  /// An autosave in a folder; nothing is written yet.
  init(folder: String, rescued: RescuedPictures) {
    self.folder = folder
    self.rescued = rescued
  }

  /// Writes a picture, unless one was written in the last seconds; the last one always.
  func offer(_ picture: IdentifiedPicture, _ recipe: Recipe, isLast: Bool) {
    let isDue = state.withLock { state in
      state.unwritten = (picture, recipe)
      let now = ContinuousClock.now
      let first = state.last ?? now
      if state.last == nil { state.last = now }
      return isLast || !state.isWriting && first.duration(to: now) >= Self.interval
    }
    if isDue { flush() }
  }

  /// Writes the latest picture that was offered, unless it is written already.
  func flush() {
    let latest = state.withLock { state in
      guard let latest = state.unwritten else { return nil as (IdentifiedPicture, Recipe)? }
      state.unwritten = nil
      state.last = .now
      state.isWriting = true
      return latest
    }
    guard let (picture, recipe) = latest else { return }
    queue.async { [self] in
      try? FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
      // A full disk must not end the run; the picture is still in memory.
      try? RecipeFile.write(recipe, to: "\(stem).yaml")
      try? PictureEncoder.write(picture.picture, to: "\(stem).png")
      state.withLock { $0.isWriting = false }
    }
  }

  /// Removes the file: the picture is where the user wants it, or rescued.
  func clear() {
    state.withLock { $0.unwritten = nil }
    queue.sync {
      unlink("\(stem).png")
      unlink("\(stem).yaml")
    }
  }

  /// Moves what processes left that are no more to the rescued pictures, and says where the latest is.
  func adoptOrphans() -> String? {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    var latest: String?
    for name in names.sorted() where name.hasPrefix("run-") && name.hasSuffix(".png") {
      let number = name.dropFirst(4).dropLast(4)
      guard let process = pid_t(number), process > 0, kill(process, 0) != 0, errno == ESRCH else {
        continue
      }
      latest = rescued.adopt("\(folder)/run-\(number)") ?? latest
    }
    return latest
  }

  private var stem: String { "\(folder)/run-\(getpid())" }
}

/// Pictures that were not saved when the studio was left, with their recipes.
struct RescuedPictures: Sendable {
  private static let capacity = 50

  /// Where they are.
  let folder: String

  /// Writes a picture and its recipe, and says where.
  func add(_ picture: Picture, _ recipe: Recipe) throws -> String {
    let stem = try freshStem()
    try write(picture, with: recipe, as: stem)
    prune()
    return "\(stem).png"
  }

  /// Takes over a picture and its recipe that lie elsewhere, and says where they are now.
  func adopt(_ orphan: String) -> String? {
    guard let stem = try? freshStem(), rename("\(orphan).png", "\(stem).png") == 0 else {
      return nil
    }
    _ = rename("\(orphan).yaml", "\(stem).yaml")
    prune()
    return "\(stem).png"
  }

  private func freshStem() throws -> String {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    return TimestampedName.free(in: folder, suffix: "")
  }

  private func prune() {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    for name in names.filter({ $0.hasSuffix(".png") }).sorted().dropLast(Self.capacity) {
      unlink("\(folder)/\(name)")
      unlink("\(folder)/\(name.dropLast(4)).yaml")
    }
  }
}

/// Writes a picture and beside it its recipe, or neither.
func write(_ picture: Picture, with recipe: Recipe, as stem: String) throws {
  // The recipe first: a picture that is there has its recipe.
  try RecipeFile.write(recipe, to: "\(stem).yaml")
  do {
    try PictureEncoder.write(picture, to: "\(stem).png")
  } catch {
    unlink("\(stem).yaml")
    throw error
  }
}

/// Names that sort by time.
enum TimestampedName {
  /// `FOLDER/2026-01-31-235959SUFFIX`, with a number if a picture of that name is there.
  static func free(in folder: String, suffix: String) -> String {
    var now = time(nil)
    var parts = tm()
    localtime_r(&now, &parts)
    let stamp = String(
      format: "%04d-%02d-%02d-%02d%02d%02d", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday,
      parts.tm_hour, parts.tm_min, parts.tm_sec)
    let base = "\(folder)/\(stamp)\(suffix)"
    var name = base
    var number = 2
    while access("\(name).png", F_OK) == 0 || access("\(name).yaml", F_OK) == 0 {
      name = "\(base)-\(number)"
      number += 1
    }
    return name
  }
}
