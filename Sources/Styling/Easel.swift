import Networks
import Pictures
import Tensors

/// What pictures of one size are painted on: the network with its buffers, and what was measured of the
/// photograph and the paintings.
///
/// A run has one to itself, or several take turns on one.
struct Easel {
  /// The photograph at their size.
  let canvas: Canvas

  let network: FeatureExtractor
  let workers: Workers

  /// What may not change; nil where all may.
  let protection: Protection?

  private let paintings: [StyleTargets]
  private let regions: [StyleRegion]
  /// Judges by the first painting's Gram matrices; all others are made from it.
  private let objective: Objective

  /// Measures the paintings and the photograph.
  ///
  /// - Parameters:
  ///   - job: its pictures, layers and network.
  ///   - canvas: the photograph at the size of the results.
  ///   - styleSize: the longer side of the paintings; nil for the job's.
  ///   - isSampled: whether objectives may compare samples of the paintings.
  ///   - cache: remembers paintings.
  ///   - workers: the threads.
  ///   - checkpoint: called between layers; what it throws ends the measurement.
  init<E: Error>(
    for job: StylingJob, on canvas: Canvas, styleSize: Int? = nil, isSampled: Bool,
    cache: StyleTargetCache, workers: Workers, checkpoint: () throws(E) -> Void
  ) throws(E) {
    self.canvas = canvas
    self.workers = workers
    let styleSize = styleSize ?? job.styleSize
    var paintings: [StyleTargets] = []
    for style in job.styles {
      let key = StyleTargetCache.Key(
        picture: style.picture, longerSide: styleSize, model: job.recipe.model,
        precision: job.recipe.precision, layers: job.styleLayers, isSampled: isSampled)
      paintings.append(
        try cache.targets(for: key) { () throws(E) in
          try StyleTargets(
            of: Tensor(style.picture.resized(longerSide: styleSize, on: workers)),
            at: job.styleLayers, through: job.network, isSampled: isSampled, on: workers,
            checkpoint: checkpoint)
        })
    }
    self.paintings = paintings
    regions = StyleRegion.regions(
      masks: job.styles.map(\.mask), protection: job.protection, on: canvas,
      blocks: job.styleLayers.map(\.block).max() ?? 1, workers: workers)
    protection = job.protection.map { Protection($0, on: canvas, workers: workers) }
    let content = canvas.photograph
    network = FeatureExtractor(
      of: job.contentLayers.union(job.styleLayers), through: job.network,
      height: content.shape.height, width: content.shape.width, on: workers)
    objective = Objective(
      content: try network.features(of: content, checkpoint: checkpoint), at: job.contentLayers,
      style: paintings[0], temporal: job.predecessor?.loss.on(canvas, workers: workers),
      weights: Steering.Controls(job.recipe).weights, on: workers)
  }

  /// What a mix of the paintings is judged by, each with its share; where they have masks, several mixes.
  func objective(shares: [Double], comparison: StyleComparison) -> Objective {
    let mean = shares.reduce(0) { $0 + abs($1) } / Double(shares.count)
    let aims = regions.compactMap { region -> StyleAim? in
      let own = region.styles.map { shares[$0] }
      let sum = own.reduce(0) { $0 + abs($1) }
      guard sum > 0 else { return nil }
      return StyleAim(
        StyleTargets(blending: region.styles.map { paintings[$0] }, shares: own, on: workers),
        in: region, strength: sum / Double(own.count) / mean)
    }
    return objective.aimed(at: aims, comparison: comparison)
  }
}
