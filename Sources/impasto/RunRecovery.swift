import Favorites
import Foundation
import History
import Recipes
import Styling

/// A render's life across crashes: what it was before, and how it is recorded.
struct RunRecovery {
  private static let outputNote = "output"
  private static let recordNote = "record"
  /// How many interrupted runs can be gone on with.
  private static let capacity = 10

  /// The run that is gone on with, if one is.
  let resumed: SavedRun?
  private let record: RunRecord?
  private let history: RunHistory
  private let claim: RunClaim?
  private let isRemembered: Bool
  private let budget: Int

  /// Takes up an interrupted run, by its name or the latest, or begins one.
  init(
    resuming name: String?, in history: RunHistory, budget: Int, isRemembered: Bool
  ) throws(SavedRunError) {
    self.budget = budget
    self.history = history
    self.isRemembered = isRemembered
    let folder = history.folder
    if let name {
      let claim = name.isEmpty ? try folder.claimLatest() : try folder.claim(name)
      self.claim = claim
      resumed = try SavedRun(path: claim.file)
      record = try? history.run(claim.name).record
    } else {
      folder.prune(keeping: Self.capacity - 1)
      // Where nothing can be saved a run can still come to its end.
      claim = try? folder.begin()
      resumed = nil
      record = nil
    }
  }

  /// Where the result of the run was to go.
  var output: String? { resumed?.notes[Self.outputNote] }

  /// The pictures that it was made with.
  var sources: [Favorite.Source]? {
    resumed?.notes[Self.recordNote].flatMap(FavoriteRecord.init(json:))?.sources ?? record?.sources
  }

  /// What the job begins with.
  var beginning: StylingJob.Beginning { resumed.map { .checkpoint($0.checkpoint) } ?? .recipe }

  /// What came before.
  var before: (iterations: Int, seconds: Double) {
    resumed.map { ($0.checkpoint.iteration, $0.seconds) } ?? (0, 0)
  }

  /// Records the run from now on.
  func recorder(
    _ recipe: Recipe, output: String, record: FavoriteRecord, every seconds: Double
  ) -> RunRecorder? {
    claim.map {
      RunRecorder(
        $0, runRecord(recipe, output, record),
        notes: [Self.outputNote: output, Self.recordNote: record.json],
        goingOnAfter: resumed.map { ($0.checkpoint.iteration, $0.seconds) },
        isRemembered: isRemembered, interval: .seconds(seconds))
    }
  }

  /// Records how the run ended, and makes room.
  func end(_ recorder: RunRecorder?, _ outcome: Outcome, isLost: Bool = false) {
    recorder?.end(outcome, isLost: isLost)
    if let failure = recorder?.failure, isRemembered {
      Warning.show("\(failure.subject): \(failure); the run is not in the history")
    }
    prune()
  }

  /// Records a run of one pass, which is over.
  func remember(
    _ result: InstantRender.Result, of recipe: Recipe, output: String, record: FavoriteRecord
  ) {
    guard let claim else { return }
    guard isRemembered else { return claim.remove() }
    var run = runRecord(recipe, output, record)
    run.state = .completed
    run.seconds = result.seconds
    do { try history.add(run, picture: result.picture, to: claim) } catch {
      claim.remove()
      Warning.show("\(error.subject): \(error); the run is not in the history")
    }
    prune()
  }

  /// Keeps the history within its budget.
  private func prune() { history.prune(to: budget) }

  /// Deletes the run's place when it failed before it saved anything.
  func abandon() {
    guard let claim, !FileManager.default.fileExists(atPath: claim.file) else { return }
    claim.removeCheckpoint()
  }

  private func runRecord(
    _ recipe: Recipe, _ output: String, _ record: FavoriteRecord
  ) -> RunRecord {
    var run =
      self.record ?? RunRecord(.render, recipe: recipe, sources: record.sources ?? [])
    run.recipe = recipe
    run.output =
      output.hasPrefix("/")
      ? output : "\(FileManager.default.currentDirectoryPath)/\(output)"
    return run
  }
}
