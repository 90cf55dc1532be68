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
  private let finish: Finish
  private let cache: StyleTargetCache
  private let queue = DispatchQueue(label: "impasto.style-transfer", qos: .utility)

  /// A run of `job` that has not started.
  ///
  /// - Parameters:
  ///   - job: what to do.
  ///   - cache: remembers what was measured of paintings, for the runs to come.
  public init(_ job: StylingJob, cache: StyleTargetCache = StyleTargetCache()) {
    self.job = job
    finish = Finish(job)
    self.cache = cache
    var controls = Steering.Controls(job.recipe)
    controls.styleShares = job.styles.map(\.weight)
    controls.weights.temporal = job.predecessor?.weight ?? 0
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
  ///
  /// - Parameters:
  ///   - onIterate: called before each step; the engine waits for it.
  ///   - onHalt: called when a pause takes effect.
  /// - Returns: the picture, and why the run ended.
  /// - Throws: `StylingError`.
  public func run(
    onIterate: (Iterate) -> Void, onHalt: (Halt) -> Void = { _ in }
  ) throws -> Outcome {
    let workers = Workers(threads: job.threads)
    let schedule = job.schedule()
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
    func place(of iteration: Int, under controls: Steering.Controls) -> Int {
      schedule.index(
        at: iteration, of: controls.iterations,
        elapsed: controls.elapsed(after: stopwatch?.seconds ?? 0))
    }
    while reason == nil {
      let index = place(
        of: state?.iteration ?? job.firstIteration, under: steering.controls)
      let size = schedule.sizes[index]
      let canvas = Canvas(for: job, longerSide: size, on: workers)
      var descent = Descent(
        from: state?.continued(under: job.recipe, like: canvas.photograph, on: workers)
          ?? Checkpoint(job.beginning, of: job.recipe, on: canvas, workers: workers) {
            // Nil when the run is stopped before that.
            try? job.instantStart(
              on: canvas, under: job.recipe, shares: job.styles.map(\.weight),
              workers: workers, checkpoint: steering.checkpoint)
          }, comparing: StyleComparison(job.recipe))
      state = nil  // what has two owners is copied when it changes
      do {
        let easel = try Easel(
          for: job, on: canvas, styleSize: job.styleSize(at: size),
          isSampled: job.recipe.styleLoss.needsSamples, cache: cache, workers: workers,
          checkpoint: look)
        let started = stopwatch ?? Stopwatch()
        stopwatch = started
        var rules = StopRules()
        while true {
          controls = steering.controls
          if place(of: descent.state.iteration, under: controls) > index { break }
          descent.aim(under: controls, on: easel)
          if standing != nil { standing = descent.state }
          let appraisal = try descent.appraisal(under: controls, on: easel, checkpoint: look)
          if descent.retreats(from: appraisal.losses, on: easel) { continue }
          losses = appraisal.losses
          let isFinest = index == schedule.sizes.count - 1
          reason = rules.reason(
            toEndAfter: appraisal.losses, at: descent.state.iteration, seconds: started.seconds,
            under: controls, isFinest: isFinest)
          if reason != nil { break }
          onIterate(
            Iterate(
              iteration: descent.state.iteration, scale: size, losses: appraisal.losses,
              seconds: started.seconds, controls: controls, checkpoint: descent.state,
              finish: finish))
          standing = descent.state
          let loss = appraisal.losses.total
          let gradient = try descent.gradient(of: appraisal, on: easel, checkpoint: look)
          standing = nil  // what has two owners is copied when it changes
          descent.step(along: gradient, from: loss, on: easel)
          standing = descent.state
          losses = nil  // not those of the picture as it is now
        }
      } catch is Brake.Stop {
        reason = .stopped
      } catch StylingError.diverged {
        // What led there was not taken, so that the picture is still one.
        losses = nil
        reason = .diverged
      }
      state = descent.state
    }
    guard let state, let reason else { preconditionFailure("a run without an end") }
    let canvas = job.canvasShape
    return Outcome(
      reason: reason, picture: finish.picture(of: state.shown.resized(to: canvas, on: workers)),
      losses: losses, iterations: state.iteration, seconds: stopwatch?.seconds ?? 0,
      controls: controls, checkpoint: state)
  }
}

extension StylingJob {
  /// The shape of the canvas that the result is painted on, `(height, width, 3)`.
  fileprivate var canvasShape: Shape {
    let size = Picture.size(
      width: content.width, height: content.height, longerSide: recipe.size)
    let margin = recipe.margin(around: recipe.size)
    return [size.height + 2 * margin, size.width + 2 * margin, 3]
  }

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
