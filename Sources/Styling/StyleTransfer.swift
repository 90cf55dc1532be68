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
  ///   - onHalt: called on the run's queue when a pause takes effect.
  ///   - onEnd: called once on the run's queue; an error is a `StylingError`.
  public func start(
    onIterate: @escaping @Sendable (Iterate) -> Void,
    onHalt: @escaping @Sendable (Halt) -> Void = { _ in },
    onEnd: @escaping @Sendable (Result<Outcome, any Error>) -> Void
  ) {
    queue.async { [self] in
      onEnd(Result { try run(onIterate: onIterate, onHalt: onHalt) })
    }
  }

  /// The whole run, on the calling thread.
  func run(
    onIterate: (Iterate) -> Void, onHalt: (Halt) -> Void = { _ in }
  ) throws -> Outcome {
    let workers = Workers(threads: job.threads)
    let schedule = job.schedule
    let photograph = job.content.resized(longerSide: job.recipe.size, on: workers)
    var stopwatch: Stopwatch?
    var state: Checkpoint?
    var losses: Losses?
    var reason: Outcome.Reason?
    var controls = steering.controls
    // Where a pause finds the run; nil while nothing was done yet.
    var standing: Checkpoint?
    func look() throws(Brake.Stop) {
      try steering.checkpoint {
        guard let standing, let stopwatch else { return }
        onHalt(Halt(checkpoint: standing, controls: controls, seconds: stopwatch.seconds))
      }
    }
    while reason == nil {
      let index = schedule.index(
        at: state?.iteration ?? job.firstIteration, of: steering.controls.iterations)
      let size = schedule.sizes[index]
      let content = Tensor(job.content.resized(longerSide: size, on: workers))
      var descent = Descent(
        from: state?.continued(under: job.recipe, shape: content.shape, on: workers)
          ?? Checkpoint(job.beginning, of: job.recipe, like: content, on: workers) {
            instantly(content, on: workers)
          })
      state = nil  // what has two owners is copied when it changes
      do {
        let easel = try Easel(
          for: job, content: content, styleSize: job.styleSize(at: size), cache: cache,
          on: workers, checkpoint: look)
        let started = stopwatch ?? Stopwatch()
        stopwatch = started
        while true {
          controls = steering.controls
          if schedule.index(at: descent.state.iteration, of: controls.iterations) > index { break }
          descent.aim(under: controls, on: easel)
          if standing != nil { standing = descent.state }
          let appraisal = try descent.appraisal(under: controls, on: easel, checkpoint: look)
          if descent.retreats(from: appraisal.losses, on: easel) { continue }
          losses = appraisal.losses
          let isFinest = index == schedule.sizes.count - 1
          if isFinest, let target = controls.stopBelow, appraisal.losses.total < target {
            reason = .reachedTarget
            break
          }
          if descent.state.iteration >= controls.iterations {
            reason = .completed
            break
          }
          onIterate(
            Iterate(
              iteration: descent.state.iteration,
              scale: max(content.shape.height, content.shape.width), losses: appraisal.losses,
              seconds: started.seconds, controls: controls, checkpoint: descent.state))
          standing = descent.state
          let loss = appraisal.losses.total
          let gradient = try easel.network.gradient(of: appraisal, checkpoint: look)
          standing = nil  // what has two owners is copied when it changes
          descent.step(along: gradient, from: loss, on: easel)
          standing = descent.state
          losses = nil  // not those of the picture as it is now
        }
      } catch is Brake.Stop {
        reason = .stopped
      }
      state = descent.state
    }
    guard let state, let reason else { preconditionFailure("a run without an end") }
    let shape: Shape = [photograph.height, photograph.width, 3]
    return Outcome(
      reason: reason,
      picture: Picture(state.shown.resized(to: shape, on: workers), alpha: photograph.alpha),
      losses: losses, iterations: state.iteration, seconds: stopwatch?.seconds ?? 0,
      controls: controls, checkpoint: state)
  }
}

extension StyleTransfer {
  /// What a network paints of the photograph; nil when the run is stopped before that.
  private func instantly(_ content: Tensor, on workers: Workers) -> Tensor? {
    guard let stylist = job.stylist else { preconditionFailure("the job has no stylist") }
    let look = InstantLook(job.recipe, paintings: job.styles)
    return try? stylist.image(
      of: content, from: job.content, as: look, on: workers, checkpoint: steering.checkpoint)
  }
}

extension StylingJob {
  /// How many steps came before the job's first.
  fileprivate var firstIteration: Int {
    switch beginning {
    case .recipe: 0
    case .picture(_, let iteration): iteration
    case .checkpoint(let checkpoint): checkpoint.iteration
    }
  }
}

private struct Stopwatch {
  private let start = ContinuousClock.now
  var seconds: Double { start.duration(to: .now) / .seconds(1) }
}
