import Dispatch
import Pictures
import Recipes
import Synchronization
import Tensors

/// Several small runs of the same photograph that develop together, to choose among.
///
/// They take turns on one network with one set of buffers, and share what was measured of the photograph
/// and of each painting; a run of its own has only its picture, its optimizer and its weights. Each ends
/// in the same picture as a `StyleTransfer` of its recipe at this size alone, bit for bit: it has the
/// recipe's start, and where `firstSize` is below this size, its coarse steps.
public final class Exploration: Sendable {
  /// One of the runs.
  public struct Variation: Equatable, Identifiable, Sendable {
    /// Tells it from the others, also from those before and after it.
    public let id: Int

    /// What it does differently: weights, shares, style loss, optimizer, iterations, first size, start and
    /// seed.
    ///
    /// Pictures, masks, colors, size, margin, layers and model are the job's. What should start from an instant
    /// stylization starts from the photograph if the job has no stylist.
    public let recipe: Recipe

    /// A run; its recipe has a share for each of the job's paintings, of which one at least is not 0.
    public init(id: Int, recipe: Recipe) {
      self.id = id
      self.recipe = recipe
    }
  }

  /// What a run has come to.
  public struct Report: Sendable {
    /// Whose step it was.
    public let variation: Variation

    /// How many steps it has taken; reports begin with the first.
    public let iteration: Int

    /// What the objective said of the picture before its latest step.
    public let losses: Losses

    /// The image that is optimized, with its margin, `(height, width, 3)` in 0…1; smaller than the job's size
    /// while coarse.
    public let image: Tensor

    /// Whether it takes no more steps: all are done, or the loss is below its target.
    public let isLast: Bool

    let finish: Finish

    /// What there is to see.
    public var picture: Picture { finish.picture(of: image) }
  }

  /// What is wanted; the revision tells whether that changed.
  struct Wish {
    var variations: [Variation]
    var revision = 0
  }

  let job: StylingJob
  let finish: Finish
  let cache: StyleTargetCache
  let brake = Brake()
  let wish: Mutex<Wish>
  private let queue = DispatchQueue(label: "impasto.exploration", qos: .utility)

  /// Runs that have not started.
  ///
  /// - Parameters:
  ///   - job: the pictures, layers, network, threads and size of all of them; each begins as its own
  ///     recipe says.
  ///   - variations: the runs, in the order in which they take turns.
  ///   - cache: remembers what was measured of paintings.
  public init(
    _ job: StylingJob, of variations: [Variation], cache: StyleTargetCache = StyleTargetCache()
  ) {
    self.job = job
    finish = Finish(job)
    self.cache = cache
    wish = Mutex(Wish(variations: variations))
    requireShares(of: variations)
  }

  /// Develops these from now on, in this order: those that were there already go on, the others start.
  public func explore(_ variations: [Variation]) {
    requireShares(of: variations)
    wish.withLock { wish in
      wish.variations = variations
      wish.revision += 1
    }
    brake.wake()
  }

  /// Halts all of them, until `resume` or `stop`.
  public func pause() { brake.pause() }

  /// Goes on after `pause`.
  public func resume() { brake.release() }

  /// Ends all of them.
  public func stop() { brake.stop() }

  /// Starts and returns at once; goes on until stopped, idle when every run is over.
  ///
  /// - Parameters:
  ///   - onReport: called on the engine's queue for each step, after it or, where steps may be taken
  ///     back, before the next; the engine waits for it.
  ///   - onDivergence: called there when a run's loss is no number any more; the others go on.
  ///   - onEnd: called once there, after `stop` or with an error.
  public func start(
    onReport: @escaping @Sendable (Report) -> Void,
    onDivergence: @escaping @Sendable (Variation) -> Void,
    onEnd: @escaping @Sendable (Result<Void, any Error>) -> Void
  ) {
    queue.async { [self] in
      onEnd(Result { try run(onReport: onReport, onDivergence: onDivergence) })
    }
  }

  private func requireShares(of variations: [Variation]) {
    for variation in variations {
      precondition(variation.recipe.styles.count == job.styles.count)
      precondition(variation.recipe.styles.contains { $0.weight != 0 })
    }
  }
}
