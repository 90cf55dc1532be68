import Recipes
import Terminal

/// What is painted beside the studio, one job after the other.
public struct JobQueue: Equatable, Sendable {
  /// The jobs, in the order in which they are painted.
  public internal(set) var jobs: [QueuedJob] = []

  /// The place of the job that has the cursor.
  public internal(set) var selection = 0

  /// The place of the result that is looked at, in those of the selected job; nil follows the latest.
  public internal(set) var place: Int?

  /// Whether the picture has the screen for itself.
  public internal(set) var isPictureAlone = false

  /// Small copies of results, by their paths.
  public internal(set) var thumbnails = Thumbnails<String>(capacity: 96)

  /// What the helpers were last asked to read.
  var wish: [String] = []

  /// Whether another studio of this user has the queue.
  public internal(set) var isElsewhere = false

  /// An empty queue.
  public init() {}

  /// The job that has the cursor.
  public var selected: QueuedJob? { jobs.indices.contains(selection) ? jobs[selection] : nil }

  /// The job that is worked on.
  public var active: QueuedJob? { jobs.first(where: \.isActive) }

  /// The place of the result that is looked at.
  public var resultPlace: Int? {
    guard let count = selected?.progress.results.count, count > 0 else { return nil }
    return min(place ?? .max, count - 1)
  }

  /// The file that is looked at.
  public var result: String? {
    resultPlace.flatMap { selected?.progress.results[$0] }
  }

  subscript(id id: Int) -> QueuedJob? {
    get { jobs.first { $0.id == id } }
    set {
      guard let newValue, let place = jobs.firstIndex(where: { $0.id == id }) else { return }
      jobs[place] = newValue
    }
  }

  /// Adds a job at the end, and puts the cursor on it.
  mutating func add(_ work: QueuedJob.Work, _ recipe: Recipe, to output: String) {
    let id = (jobs.map(\.id).max() ?? 0) + 1
    jobs.append(QueuedJob(id: id, work: work, recipe: recipe, output: output))
    select(jobs.count - 1)
  }

  /// Puts the cursor on a job.
  mutating func select(_ place: Int) {
    let place = max(0, min(place, jobs.count - 1))
    if place != selection { self.place = nil }
    selection = place
  }

  /// Looks at an earlier or a later result.
  mutating func leaf(by offset: Int) {
    guard let here = resultPlace, let count = selected?.progress.results.count else { return }
    let next = max(0, min(here + offset, count - 1))
    place = next == count - 1 && offset > 0 ? nil : next
  }
}
