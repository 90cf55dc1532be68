import Favorites
import Recipes
import Terminal

/// The job: what was asked for and how far it is.
public struct Run: Equatable, Sendable {
  /// What it is doing.
  public enum Phase: Equatable, Sendable {
    /// Nothing was started.
    case idle
    /// Reading pictures, opening the model, measuring the paintings.
    case preparing
    /// Optimizing.
    case running
    /// Halted by the user.
    case paused
    /// Asked to stop.
    case stopping
    /// Over.
    case ended(End)

    /// Why a run is over.
    public enum End: Equatable, Sendable {
      /// All iterations were done.
      case completed
      /// The loss fell below the recipe's target.
      case reachedTarget
      /// The loss fell no more.
      case flattened
      /// The user stopped it.
      case stopped
      /// Something went wrong, in one line.
      case failed(String)
    }
  }

  /// Tells the reports of this run from those of runs before.
  public var id = 0

  /// What it is doing.
  public var phase = Phase.idle

  /// What it started with, steering included; nil before the first start.
  public var recipe: Recipe?

  /// How many steps were taken.
  public var iteration = 0

  /// The longer side of the picture now, in pixels.
  public var scale = 0

  /// The mean over the last iterations; nil before there are two.
  public var secondsPerIteration: Double?

  /// The memory of the process.
  public var memoryBytes: Int?

  /// The latest picture.
  public var latest: IdentifiedPicture?

  /// The picture that the preview shows while it follows the run; now and then the latest.
  public var previewed: IdentifiedPicture?

  /// Whether `latest` is in a file that the user asked for.
  public var isSaved = true

  /// How long the engine had worked on what the run started from.
  public var secondsBefore = 0.0

  /// What its picture is developed from; nil when from the photograph or noise, by a recipe of its own.
  public var lineage: Favorite.Lineage?

  /// Nothing.
  public init() {}

  /// Whether the engine is at work or could go on at once.
  public var isActive: Bool {
    switch phase {
    case .preparing, .running, .paused, .stopping: true
    case .idle, .ended: false
    }
  }

  /// Seconds until the last iteration; nil when nobody can tell.
  public var secondsLeft: Double? {
    guard phase == .running, let secondsPerIteration, let recipe else { return nil }
    return secondsPerIteration * Double(max(0, recipe.iterations - iteration))
  }
}

/// What a run would take.
public struct Estimate: Equatable, Sendable {
  /// For one iteration, on average over the sizes that a run goes through.
  public var secondsPerIteration: Double
  /// For all of it at its peak.
  public var memoryBytes: Int
  /// What the machine could give now.
  public var availableBytes: Int

  /// What a run would take.
  public init(secondsPerIteration: Double, memoryBytes: Int, availableBytes: Int) {
    self.secondsPerIteration = secondsPerIteration
    self.memoryBytes = memoryBytes
    self.availableBytes = availableBytes
  }

  /// Whether the machine has the memory.
  public var fits: Bool { memoryBytes <= availableBytes }
}
