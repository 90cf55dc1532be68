import Dispatch
import Favorites
import History
import Pictures
import Recipes
import Styling
import Terminal

/// Where the studio's runs are recorded, so that a crash costs seconds of work and none is forgotten.
struct RunRecording: Sendable {
  /// How a run begins, and who records it.
  struct Track {
    /// What the engine begins with.
    var start: StylingJob.Beginning
    /// Who records it; nil where nobody can.
    var recorder: RunRecorder?
    /// Why nobody can.
    var failure: HistoryError?
  }

  /// The checkpoints of about so many runs that did not end are kept.
  private static let capacity = 10

  private let history: RunHistory
  private let budget: Int
  private let interval: Duration
  private let queue = DispatchQueue(label: "impasto.studio.history.pruning", qos: .utility)

  /// - Parameters:
  ///   - history: where runs are recorded.
  ///   - budget: how many bytes their pictures may take.
  ///   - interval: how much work may be lost.
  init(_ history: RunHistory, budget: Int, interval: Duration) {
    self.history = history
    self.budget = budget
    self.interval = interval
  }

  /// Begins to record a run, or goes on recording it.
  ///
  /// - Parameters:
  ///   - recipe: what is asked for.
  ///   - beginning: what it starts from.
  ///   - lineage: what it is developed from.
  ///   - last: what the run before left, to go on exactly there.
  ///   - name: what that is called in the history.
  /// - Throws: when it is to go on where it cannot; a run that cannot be recorded goes on all the same.
  func begin(
    _ recipe: Recipe, from beginning: Beginning, _ lineage: Favorite.Lineage?,
    last: Checkpoint?, recordedAs name: String?
  ) throws -> Track {
    switch beginning {
    case .recipe: return new(recipe, lineage, .recipe)
    case .iterate(let picture, let iteration):
      return new(recipe, lineage, .picture(picture.picture, iteration: iteration))
    case .end:
      guard let last else { throw StudioFailure.nothingToGoOnFrom }
      let start = StylingJob.Beginning.checkpoint(last)
      guard let name, let claim = try? history.folder.claim(name),
        let before = try? history.run(name).record
      else { return new(recipe, lineage, start) }
      return Track(
        start: start,
        recorder: RunRecorder(
          claim, before.with(recipe), goingOnAfter: (last.iteration, before.seconds),
          interval: interval))
    case .saved(let name):
      let claim = try history.folder.claim(name)
      let saved = try SavedRun(path: claim.file)
      let before = try? history.run(name).record
      let record = (before ?? RunRecord(.studio, recipe: recipe, lineage: lineage)).with(recipe)
      return Track(
        start: .checkpoint(saved.checkpoint),
        recorder: RunRecorder(
          claim, record, goingOnAfter: (saved.checkpoint.iteration, saved.seconds),
          interval: interval))
    }
  }

  /// Keeps the history within its budget; returns at once.
  func prune() {
    queue.async {
      history.folder.prune(keeping: Self.capacity)
      history.prune(to: budget)
    }
  }

  private func new(
    _ recipe: Recipe, _ lineage: Favorite.Lineage?, _ start: StylingJob.Beginning
  ) -> Track {
    do {
      let claim = try history.folder.begin()
      let record = RunRecord(
        .studio, recipe: recipe, sources: Favorite.Source.all(of: recipe), lineage: lineage)
      return Track(start: start, recorder: RunRecorder(claim, record, interval: interval))
    } catch {
      return Track(start: start, failure: .checkpoint(error))
    }
  }
}

extension RunRecord {
  /// This record of a run that goes on with another recipe.
  fileprivate func with(_ recipe: Recipe) -> RunRecord {
    var record = self
    record.recipe = recipe
    return record
  }
}
