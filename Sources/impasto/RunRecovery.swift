import Favorites
import Foundation
import Recipes
import Styling

/// A render's life across crashes: what it was before, and how it saves where it stands.
struct RunRecovery {
  private static let outputNote = "output"
  private static let recordNote = "record"
  /// How many interrupted runs are kept.
  private static let capacity = 10

  /// The run that is gone on with, if one is.
  let resumed: SavedRun?
  private let claim: RunClaim?

  /// Takes up an interrupted run, by its name or the latest, or begins one.
  init(resuming name: String?, in folder: RunFolder) throws(SavedRunError) {
    if let name {
      let claim = name.isEmpty ? try folder.claimLatest() : try folder.claim(name)
      self.claim = claim
      resumed = try SavedRun(path: claim.file)
    } else {
      folder.prune(keeping: Self.capacity - 1)
      // Where nothing can be saved a run can still come to its end.
      claim = try? folder.begin()
      resumed = nil
    }
  }

  /// Where the result of the run was to go.
  var output: String? { resumed?.notes[Self.outputNote] }

  /// The pictures that it was made with.
  var sources: [Favorite.Source]? {
    resumed?.notes[Self.recordNote].flatMap(FavoriteRecord.init(json:))?.sources
  }

  /// What the job begins with.
  var beginning: StylingJob.Beginning { resumed.map { .checkpoint($0.checkpoint) } ?? .recipe }

  /// What came before.
  var before: (iterations: Int, seconds: Double) {
    resumed.map { ($0.checkpoint.iteration, $0.seconds) } ?? (0, 0)
  }

  /// Saves where the run stands from now on.
  func writer(
    _ recipe: Recipe, output: String, record: FavoriteRecord, every seconds: Double
  ) -> CheckpointWriter? {
    claim.map {
      CheckpointWriter(
        $0, recipe: recipe, notes: [Self.outputNote: output, Self.recordNote: record.json],
        secondsBefore: before.seconds, interval: .seconds(seconds))
    }
  }

  /// Deletes the run's place when it failed before it saved anything.
  func abandon() {
    if let claim, !FileManager.default.fileExists(atPath: claim.file) { claim.remove() }
  }
}
