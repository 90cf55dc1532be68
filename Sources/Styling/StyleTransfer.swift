import Dispatch
import Networks
import Pictures
import Recipes
import Tensors

/// One run: a photograph painted anew by optimization, on a queue of its own.
///
/// Gatys, Ecker and Bethge 2016: the picture itself is what gradient descent changes, until a network
/// sees the photograph's structure and the paintings' textures in it.
public final class StyleTransfer: Sendable {
  /// Changes weights, pauses and stops, from any thread.
  public let steering: Steering

  private let job: StylingJob
  private let cache: StyleTargetCache
  private let queue = DispatchQueue(label: "impasto.style-transfer", qos: .utility)

  /// A run of `job` that has not started.
  ///
  /// - Parameters:
  ///   - job: what to do.
  ///   - cache: remembers what was measured of paintings, for the runs to come.
  public init(_ job: StylingJob, cache: StyleTargetCache = StyleTargetCache()) {
    self.job = job
    self.cache = cache
    var controls = Steering.Controls(job.recipe)
    controls.styleShares = job.styles.map(\.weight)
    steering = Steering(controls)
  }

  /// Starts the run and returns at once.
  ///
  /// - Parameters:
  ///   - onIterate: called on the run's queue before each step; the engine waits for it.
  ///   - onEnd: called once on the run's queue; an error is a `StylingError`.
  public func start(
    onIterate: @escaping @Sendable (Iterate) -> Void,
    onEnd: @escaping @Sendable (Result<Outcome, any Error>) -> Void
  ) {
    queue.async { [self] in
      onEnd(Result { try run(onIterate: onIterate) })
    }
  }

  /// The whole run, on the calling thread.
  func run(onIterate: (Iterate) -> Void) throws -> Outcome {
    let workers = Workers(threads: job.threads)
    let photograph = job.content.resized(longerSide: job.recipe.size, on: workers)
    let content = Tensor(photograph)
    var descent = Descent(
      from: Checkpoint(job.beginning, of: job.recipe, like: content, on: workers))
    var losses: Losses?
    var reason = Outcome.Reason.completed
    var stopwatch = Stopwatch()
    do {
      let easel = try Easel(
        for: job, content: content, cache: cache, on: workers, checkpoint: steering.checkpoint)
      stopwatch = Stopwatch()
      while true {
        let controls = steering.controls
        let appraisal = try descent.appraisal(
          under: controls, on: easel, checkpoint: steering.checkpoint)
        losses = appraisal.losses
        if let target = controls.stopBelow, appraisal.losses.total < target {
          reason = .reachedTarget
          break
        }
        if descent.state.iteration >= controls.iterations { break }
        onIterate(
          Iterate(
            iteration: descent.state.iteration,
            scale: max(content.shape.height, content.shape.width), losses: appraisal.losses,
            seconds: stopwatch.seconds, checkpoint: descent.state))
        try descent.step(along: appraisal, on: easel, checkpoint: steering.checkpoint)
        losses = nil  // not those of the picture as it is now
      }
    } catch is Brake.Stop {
      reason = .stopped
    }
    let state = descent.state
    return Outcome(
      reason: reason, picture: Picture(state.image, alpha: photograph.alpha),
      losses: losses, iterations: state.iteration, seconds: stopwatch.seconds, checkpoint: state)
  }
}

private struct Stopwatch {
  private let start = ContinuousClock.now
  var seconds: Double { start.duration(to: .now) / .seconds(1) }
}
