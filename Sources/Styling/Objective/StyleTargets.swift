import Kernels
import Networks
import Tensors

/// What was measured of paintings, layer by layer: all that a style loss needs to know of them.
public struct StyleTargets: Sendable {
  /// The statistics of each layer.
  public let layers: [LayerName: StyleStatistics]

  /// The targets of one painting.
  ///
  /// - Parameters:
  ///   - image: `(height, width, 3)` in 0…1.
  ///   - layers: where to look; not empty.
  ///   - network: the weights.
  ///   - isSampled: whether to keep pixels, which some losses need.
  ///   - workers: the threads.
  ///   - checkpoint: called between layers; what it throws ends the measurement.
  public init<E: Error>(
    of image: Tensor, at layers: Set<LayerName>, through network: VGG, isSampled: Bool = false,
    on workers: Workers, checkpoint: () throws(E) -> Void
  ) throws(E) {
    let extractor = FeatureExtractor(
      of: layers, through: network, height: image.shape.height, width: image.shape.width,
      on: workers)
    let features = try extractor.features(of: image, checkpoint: checkpoint)
    self.layers = Dictionary(
      uniqueKeysWithValues: layers.map {
        ($0, StyleStatistics(of: features[$0], isSampled: isSampled, on: workers))
      })
  }

  /// A blend: the weighted mean of the moments, which are raw and so blend linearly.
  ///
  /// - Parameters:
  ///   - paintings: targets of the same layers.
  ///   - shares: a weight for each, of which one at least is not 0; they are divided by the sum of
  ///     their magnitudes.
  ///   - workers: the threads.
  public init(blending paintings: [StyleTargets], shares: [Double], on workers: Workers) {
    let sum = shares.reduce(0) { $0 + abs($1) }
    precondition(sum > 0 && paintings.count == shares.count)
    layers = Dictionary(
      uniqueKeysWithValues: paintings[0].layers.keys.map { layer in
        let statistics = paintings.compactMap { $0.layers[layer] }
        precondition(statistics.count == paintings.count)
        return (
          layer,
          StyleStatistics(blending: statistics, shares: shares.map { $0 / sum }, on: workers)
        )
      })
  }
}
