import Networks
import Pictures
import Recipes
import Tensors

/// Where the time of an iteration goes: medians over some iterations.
public struct LayerTimings: Sendable {
  /// A layer's share.
  public struct Layer: Sendable {
    /// The layer.
    public let name: LayerName

    /// Seconds of its convolution with all that is fused into it.
    public let forward: Double

    /// Seconds of the way back through it, with the loss gradient of the layer that it leads to.
    public let backward: Double

    /// Floating-point operations that the convolution's definition takes, one way.
    public let operations: Double
  }

  /// All layers, shallow to deep.
  public let layers: [Layer]

  /// Seconds of the losses.
  public let appraisal: Double

  /// Seconds of the optimizer's step.
  public let step: Double

  /// Measures a job's iterations at its size; blocks until done.
  ///
  /// - Parameters:
  ///   - job: one that could be run.
  ///   - iterations: how many to measure, after one that warms up; at least 1.
  public init(of job: StylingJob, iterations: Int) {
    let workers = Workers(threads: job.threads)
    var image = Canvas(for: job, longerSide: job.recipe.size, on: workers).photograph
    let network = FeatureExtractor(
      of: job.contentLayers.union(job.styleLayers), through: job.network,
      height: image.shape.height, width: image.shape.width, on: workers)
    let style = StyleTargets(
      of: Tensor(job.styles[0].picture.resized(longerSide: job.styleSize, on: workers)),
      at: job.styleLayers, through: job.network,
      isSampled: job.recipe.styleLoss.needsSamples, on: workers, checkpoint: {})
    let objective = Objective(
      content: network.features(of: image), at: job.contentLayers, style: style,
      comparison: StyleComparison(job.recipe), weights: Steering.Controls(job.recipe).weights,
      on: workers)
    var optimizer = Adam(job.recipe.adam, shape: image.shape)

    var forward: [[Double]] = []
    var backward: [[Double]] = []
    var appraisals: [Double] = []
    var steps: [Double] = []
    for iteration in 0...iterations {
      var laps = Laps()
      let features = network.features(of: image) { laps.take() }
      laps.take()
      let forwardLaps = Array(laps.seconds.dropFirst())
      laps = Laps()
      let appraisal = objective.appraisal(of: features)
      laps.take()
      let gradient = network.gradient(of: appraisal) { laps.take() }
      laps.take()
      let lossOfDeepest = laps.seconds[1]
      var backwardLaps = Array(laps.seconds.dropFirst(2).reversed())
      backwardLaps[backwardLaps.count - 1] += lossOfDeepest
      let appraisalLap = laps.seconds[0]
      laps = Laps()
      optimizer.step(&image, along: gradient, on: workers)
      laps.take()
      guard iteration > 0 else { continue }
      forward.append(forwardLaps)
      backward.append(backwardLaps)
      appraisals.append(appraisalLap)
      steps.append(laps.seconds[0])
    }
    layers = network.convolutions.enumerated().map { index, convolution in
      Layer(
        name: convolution.name, forward: forward.map { $0[index] }.median,
        backward: backward.map { $0[index] }.median, operations: convolution.operations)
    }
    appraisal = appraisals.median
    step = steps.median
  }
}

/// The time between calls.
private struct Laps {
  private var last = ContinuousClock.now
  private(set) var seconds: [Double] = []

  mutating func take() {
    let now = ContinuousClock.now
    seconds.append(last.duration(to: now) / .seconds(1))
    last = now
  }
}

extension Array where Element == Double {
  /// The middle of the sorted elements; 0 when there are none.
  public var median: Double {
    guard !isEmpty else { return 0 }
    let ordered = sorted()
    return (ordered[(count - 1) / 2] + ordered[count / 2]) / 2
  }
}
