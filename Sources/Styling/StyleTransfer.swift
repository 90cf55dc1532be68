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
    var state = beginning(content, on: workers)
    var losses: Losses?
    var reason = Outcome.Reason.completed
    var stopwatch = Stopwatch()
    do {
      let paintings = try styleTargets(on: workers)
      let network = FeatureExtractor(
        of: job.contentLayers.union(job.styleLayers), through: job.network,
        height: content.shape.height, width: content.shape.width, on: workers)
      var shares = steering.controls.styleShares
      var objective = Objective(
        content: try network.features(of: content, checkpoint: steering.checkpoint),
        at: job.contentLayers, style: StyleTargets(blending: paintings, shares: shares),
        weights: steering.controls.weights, on: workers)
      stopwatch = Stopwatch()
      while true {
        let controls = steering.controls
        objective.weights = controls.weights
        state.optimizer.settings.learningRate = controls.learningRate
        if controls.styleShares != shares {
          shares = controls.styleShares
          objective.aim(at: StyleTargets(blending: paintings, shares: shares))
        }

        let features = try network.features(of: state.image, checkpoint: steering.checkpoint)
        let appraisal = objective.appraisal(of: features)
        losses = appraisal.losses
        guard appraisal.losses.total.isFinite else {
          throw StylingError.diverged(iteration: state.iteration)
        }
        if let target = controls.stopBelow, appraisal.losses.total < target {
          reason = .reachedTarget
          break
        }
        if state.iteration >= controls.iterations { break }
        onIterate(
          Iterate(
            iteration: state.iteration, scale: max(content.shape.height, content.shape.width),
            losses: appraisal.losses, seconds: stopwatch.seconds, checkpoint: state))
        let gradient = try network.gradient(of: appraisal, checkpoint: steering.checkpoint)
        state.optimizer.step(&state.image, along: gradient, on: workers)
        losses = nil  // not those of the picture as it is now
      }
    } catch is Steering.Stop {
      reason = .stopped
    }
    return Outcome(
      reason: reason, picture: Picture(state.image, alpha: photograph.alpha),
      losses: losses, iterations: state.iteration, seconds: stopwatch.seconds, checkpoint: state)
  }

  /// What the job begins with, at the size of `content`.
  private func beginning(_ content: Tensor, on workers: Workers) -> Checkpoint {
    func start(from image: Tensor, after iteration: Int = 0) -> Checkpoint {
      let image =
        image.shape == content.shape
        ? image
        : Resampler.lanczos3(
          image, height: content.shape.height, width: content.shape.width, on: workers)
      return Checkpoint(
        image: image, optimizer: Adam(job.recipe.adam, shape: content.shape, after: iteration))
    }
    switch job.beginning {
    case .recipe:
      switch job.recipe.start {
      case .content: return start(from: content)
      case .noise: return start(from: noise(content.shape))
      case .instant: return start(from: instantly(content, on: workers))
      }
    case .picture(let picture, let iteration):
      return start(from: Tensor(picture), after: iteration)
    case .checkpoint(var checkpoint):
      guard checkpoint.image.shape == content.shape else {
        return start(from: checkpoint.image, after: checkpoint.iteration)
      }
      checkpoint.optimizer.settings = job.recipe.adam
      return checkpoint
    }
  }

  /// What a network paints of the photograph; itself when the run is stopped before that.
  private func instantly(_ content: Tensor, on workers: Workers) -> Tensor {
    guard let stylist = job.stylist else { preconditionFailure("the job has no stylist") }
    let look = InstantLook(job.recipe, paintings: job.styles)
    let painting = try? stylist.image(
      of: content, from: job.content, as: look, on: workers, checkpoint: steering.checkpoint)
    return painting ?? content
  }

  private func noise(_ shape: Shape) -> Tensor {
    var random = SeededRandom(seed: job.recipe.seed)
    var noise = random.normal(shape, mean: 0.5, deviation: 0.15)
    noise.withMutableFloats { for i in $0.indices { $0[i] = min(max($0[i], 0), 1) } }
    return noise
  }

  /// What each painting aims at, in the job's order.
  private func styleTargets(on workers: Workers) throws(Steering.Stop) -> [StyleTargets] {
    var targets: [StyleTargets] = []
    for style in job.styles {
      let key = StyleTargetCache.Key(
        picture: style.picture, longerSide: job.styleSize, model: job.recipe.model,
        layers: job.styleLayers)
      targets.append(
        try cache.targets(for: key) { () throws(Steering.Stop) in
          try StyleTargets(
            of: Tensor(style.picture.resized(longerSide: job.styleSize, on: workers)),
            at: job.styleLayers, through: job.network, on: workers,
            checkpoint: steering.checkpoint)
        })
    }
    return targets
  }
}

private struct Stopwatch {
  private let start = ContinuousClock.now
  var seconds: Double { start.duration(to: .now) / .seconds(1) }
}
