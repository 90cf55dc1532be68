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
    steering = Steering(Steering.Controls(job.recipe))
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
    var image = startingImage(content)
    var losses: Losses?
    var reason = Outcome.Reason.completed
    var optimizer = Adam(job.recipe.adam, shape: content.shape)
    var stopwatch = Stopwatch()
    do {
      let style = try styleTargets(on: workers)
      let network = FeatureExtractor(
        of: job.contentLayers.union(job.styleLayers), through: job.network,
        height: content.shape.height, width: content.shape.width, on: workers)
      var objective = Objective(
        content: try network.features(of: content, checkpoint: steering.checkpoint),
        at: job.contentLayers, style: style, weights: steering.controls.weights, on: workers)
      stopwatch = Stopwatch()
      while true {
        let controls = steering.controls
        objective.weights = controls.weights
        optimizer.settings.learningRate = controls.learningRate

        let features = try network.features(of: image, checkpoint: steering.checkpoint)
        let appraisal = objective.appraisal(of: features)
        losses = appraisal.losses
        guard appraisal.losses.total.isFinite else {
          throw StylingError.diverged(iteration: optimizer.step)
        }
        if let target = controls.stopBelow, appraisal.losses.total < target {
          reason = .reachedTarget
          break
        }
        if optimizer.step >= controls.iterations { break }
        onIterate(
          Iterate(
            iteration: optimizer.step, scale: max(content.shape.height, content.shape.width),
            losses: appraisal.losses, seconds: stopwatch.seconds, image: image))
        let gradient = try network.gradient(of: appraisal, checkpoint: steering.checkpoint)
        optimizer.step(&image, along: gradient, on: workers)
        losses = nil  // not those of the picture as it is now
      }
    } catch is Steering.Stop {
      reason = .stopped
    }
    return Outcome(
      reason: reason, picture: Picture(image, alpha: photograph.alpha),
      losses: losses, iterations: optimizer.step, seconds: stopwatch.seconds)
  }

  private func startingImage(_ content: Tensor) -> Tensor {
    switch job.recipe.start {
    case .content: return content
    case .noise:
      var random = SeededRandom(seed: job.recipe.seed)
      var noise = random.normal(content.shape, mean: 0.5, deviation: 0.15)
      noise.withMutableFloats { for i in $0.indices { $0[i] = min(max($0[i], 0), 1) } }
      return noise
    }
  }

  private func styleTargets(on workers: Workers) throws(Steering.Stop) -> StyleTargets {
    var parts: [(targets: StyleTargets, weight: Double)] = []
    for style in job.styles {
      let key = StyleTargetCache.Key(
        picture: style.picture, longerSide: job.styleSize, model: job.recipe.model,
        layers: job.styleLayers)
      let targets = try cache.targets(for: key) { () throws(Steering.Stop) in
        try StyleTargets(
          of: Tensor(style.picture.resized(longerSide: job.styleSize, on: workers)),
          at: job.styleLayers, through: job.network, on: workers, checkpoint: steering.checkpoint)
      }
      parts.append((targets, style.weight))
    }
    return StyleTargets(blending: parts)
  }
}

private struct Stopwatch {
  private let start = ContinuousClock.now
  var seconds: Double { start.duration(to: .now) / .seconds(1) }
}
