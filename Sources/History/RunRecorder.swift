import Dispatch
import Favorites
import Files
import Foundation
import Networks
import Pictures
import Recipes
import Styling
import Synchronization
import Tensors

/// Records a run while it goes on, off the engine's thread: what it takes to go on with it after a crash,
/// and what is worth looking at later.
///
/// A disk that is full does not end a run: `failure` tells, and the run is recorded as far as it goes.
public final class RunRecorder: Sendable {
  /// The run.
  public let name: String

  private struct State {
    var record: RunRecord
    var table: LossTable
    var frames: Set<Int>
    var last = ContinuousClock.now
    /// Whether an iterate was seen: what fails before that has not begun.
    var hasBegun = false
    var failure: HistoryError?
  }

  /// About so many iterates are kept of a run, evenly spaced.
  private static let frameCount = 16

  private let claim: RunClaim
  private let files: RunFiles
  private let writer: CheckpointWriter
  private let recipe: Recipe
  private let layers: [LayerName]
  private let secondsBefore: Double
  private let interval: Duration
  private let isContinued: Bool
  private let isRemembered: Bool
  private let state: Mutex<State>
  private let queue = DispatchQueue(label: "impasto.history", qos: .utility)

  /// A recorder of a run.
  ///
  /// - Parameters:
  ///   - claim: the run; held for as long as the recorder lives.
  ///   - record: what is known of it at first.
  ///   - notes: what the checkpoint is to remember besides.
  ///   - checkpoint: where it goes on, and how long that took; nil for a run that begins.
  ///   - isRemembered: whether more is recorded than it takes to go on.
  ///   - interval: how much work may be lost.
  public init(
    _ claim: RunClaim, _ record: RunRecord, notes: [String: String] = [:],
    goingOnAfter checkpoint: (iteration: Int, seconds: Double)? = nil,
    isRemembered: Bool = true, interval: Duration = .seconds(10)
  ) {
    self.claim = claim
    self.isRemembered = isRemembered
    self.interval = interval
    name = claim.name
    files = RunFiles(folder: claim.folder)
    recipe = record.recipe
    secondsBefore = checkpoint?.seconds ?? 0
    isContinued = checkpoint != nil
    layers = record.recipe.styleLayers.compactMap { LayerName($0) }.sorted()
    writer = CheckpointWriter(
      claim, recipe: recipe, notes: notes, secondsBefore: secondsBefore, interval: interval)
    let titles = layers.map { "\($0)" }
    var table = (try? LossTable(path: files.losses)) ?? LossTable(layers: titles)
    if table.layers != titles { table = LossTable(layers: titles) }
    let iteration = checkpoint?.iteration ?? 0
    table.forget(from: iteration)
    var record = record
    record.state = .running
    state = Mutex(State(record: record, table: table, frames: Set(files.frames(upTo: iteration))))
    queue.async { [self] in
      // Of a future that is no longer one.
      for frame in files.frames() where frame > iteration { unlink(files.frame(frame)) }
      writeRecord()
    }
  }

  /// Takes an iterate; returns at once.
  ///
  /// - Parameters:
  ///   - iterate: where the run is.
  ///   - picture: what it looks like; asked for where that is kept.
  public func offer(_ iterate: Iterate, picture: () -> Picture) {
    writer.offer(iterate)
    let (isFrame, isDue) = state.withLock { state in
      state.hasBegun = true
      note(iterate, in: &state)
      let stride = max(1, iterate.controls.iterations / Self.frameCount)
      let isFrame =
        isRemembered && iterate.iteration.isMultiple(of: stride)
        && state.frames.insert(iterate.iteration).inserted
      let now = ContinuousClock.now
      let isDue = state.last.duration(to: now) >= interval
      if isDue { state.last = now }
      return (isFrame, isDue)
    }
    if isFrame {
      let picture = picture()
      queue.async { [self] in write(picture, at: iterate.iteration) }
    }
    if isDue { queue.async { [self] in writeRecord() } }
  }

  /// Saves where the run was paused; returns at once.
  public func pause(_ halt: Halt) {
    writer.save(halt)
    queue.async { [self] in writeRecord() }
  }

  /// Saves how the run ended, and returns when that is done.
  ///
  /// - Parameters:
  ///   - outcome: what came of it.
  ///   - isCutShort: whether nobody wanted it to end: then it is one to go on with.
  ///   - isLost: whether its result is nowhere else: then it can be gone on with though it came to its end.
  public func end(_ outcome: Outcome, isCutShort: Bool = false, isLost: Bool = false) {
    let keepsCheckpoint = outcome.reason == .stopped || isLost
    if keepsCheckpoint { writer.save(outcome) }
    let isFrame = state.withLock { state in
      state.record.recipe = recipe.steered(by: outcome.controls)
      state.record.iterations = outcome.iterations
      state.record.seconds = secondsBefore + outcome.seconds
      if let losses = outcome.losses { state.record.losses = Favorite.Losses(losses) }
      state.record.state =
        switch outcome.reason {
        case .completed, .ranOutOfTime, .flattened: .completed
        case .reachedTarget: .reachedTarget
        case .diverged: .failed("\(StylingError.diverged(iteration: outcome.iterations))")
        case .stopped: isCutShort ? .running : .stopped
        }
      return isRemembered && (state.hasBegun || state.frames.isEmpty)
    }
    queue.sync {
      if isFrame { write(outcome.picture, at: outcome.iterations) }
      writeRecord()
    }
    if !keepsCheckpoint { writer.remove() }
  }

  /// Saves what a network painted in one pass, and returns when that is done.
  public func end(_ picture: Picture, seconds: Double) {
    state.withLock { state in
      state.record.state = .completed
      state.record.seconds = seconds
    }
    queue.sync {
      if isRemembered { write(picture, at: 0) }
      writeRecord()
    }
    writer.remove()
  }

  /// Deletes all that was recorded: there is nothing worth it.
  public func discard() { queue.sync { claim.remove() } }

  /// Records that the run failed, and returns when that is done.
  ///
  /// One that had not begun leaves nothing.
  public func fail(_ reason: String) {
    let hasBegun = state.withLock { state in
      if state.hasBegun { state.record.state = .failed(reason) }
      return state.hasBegun
    }
    guard hasBegun || isContinued else { return discard() }
    queue.sync { writeRecord() }
    if hasBegun { writer.remove() }
  }

  /// Leaves the run as it was before: it did not go on.
  public func abandon() {
    if isContinued { queue.sync { writeRecord(as: .stopped) } } else { fail("") }
  }

  /// Why the last of what there was to write could not be written.
  public var failure: HistoryError? {
    state.withLock { $0.failure } ?? writer.failure.map { .checkpoint($0) }
  }

  private func note(_ iterate: Iterate, in state: inout State) {
    let losses = iterate.losses
    state.table.append(
      LossTable.Row(
        iteration: iterate.iteration, seconds: secondsBefore + iterate.seconds,
        total: losses.total, content: losses.content, style: losses.style, tv: losses.tv,
        styleByLayer: layers.map { losses.styleByLayer[$0] ?? .nan }))
    state.record.recipe = recipe.steered(by: iterate.controls)
    state.record.iterations = iterate.iteration
    state.record.seconds = secondsBefore + iterate.seconds
    state.record.losses = Favorite.Losses(losses)
  }

  private func write(_ picture: Picture, at iteration: Int) {
    do {
      try PictureEncoder.write(picture, to: files.frame(iteration))
      state.withLock { $0.failure = nil }
    } catch {
      state.withLock { $0.failure = .picture(error) }
    }
  }

  private func writeRecord(as end: RunRecord.State? = nil) {
    let (record, table) = state.withLock { state in
      if let end { state.record.state = end }
      state.record.updated = Date().rounded
      return (state.record, state.table)
    }
    guard isRemembered else { return }
    var failure: HistoryError?
    do throws(HistoryError) {
      // The record last: a folder that has one has the rest.
      if !table.rows.isEmpty { try table.write(to: files.losses) }
      try record.write(to: files.record)
    } catch {
      failure = error
    }
    state.withLock { $0.failure = failure }
  }
}

extension RunFiles {
  /// The iterations of the frames that are there, in their order.
  func frames(upTo last: Int = .max) -> [Int] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
      .compactMap(Self.iteration).filter { $0 <= last }.sorted()
  }

  /// The bytes of all that lies there.
  var byteCount: Int {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).reduce(0) { sum, name in
      var status = stat()
      return stat("\(folder)/\(name)", &status) == 0 ? sum + Int(status.st_size) : sum
    }
  }
}

extension Favorite.Losses {
  fileprivate init(_ losses: Losses) {
    self.init(total: losses.total, content: losses.content, style: losses.style, tv: losses.tv)
  }
}
