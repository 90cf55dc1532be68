import Kernels
import Networks
import Tensors

/// The Gram matrices of paintings, layer by layer: all that the style loss needs to know of them.
public struct StyleTargets: Sendable {
  /// `(channels, channels)` for each layer.
  public let grams: [LayerName: Tensor]

  /// The Gram matrices of one painting.
  ///
  /// - Parameters:
  ///   - image: `(height, width, 3)` in 0…1.
  ///   - layers: where to look; not empty.
  ///   - network: the weights.
  ///   - workers: the threads.
  ///   - checkpoint: called between layers; what it throws ends the measurement.
  public init<E: Error>(
    of image: Tensor, at layers: Set<LayerName>, through network: VGG, on workers: Workers,
    checkpoint: () throws(E) -> Void
  ) throws(E) {
    let extractor = FeatureExtractor(
      of: layers, through: network, height: image.shape.height, width: image.shape.width,
      on: workers)
    let features = try extractor.features(of: image, checkpoint: checkpoint)
    grams = Dictionary(
      uniqueKeysWithValues: layers.map { ($0, Gram.matrix(of: features[$0], on: workers)) })
  }

  /// A blend: the weighted mean of the matrices, which are raw moments and so blend linearly.
  ///
  /// - Parameters:
  ///   - paintings: targets of the same layers.
  ///   - shares: a weight for each, of which one at least is not 0; they are divided by the sum of
  ///     their magnitudes.
  public init(blending paintings: [StyleTargets], shares: [Double]) {
    let sum = shares.reduce(0) { $0 + abs($1) }
    precondition(sum > 0 && paintings.count == shares.count)
    var blend = paintings[0].grams.mapValues { Tensor(shape: $0.shape) }
    for (painting, share) in zip(paintings, shares) {
      for (layer, gram) in painting.grams {
        blend[layer]?.add(gram, times: Float(share / sum))
      }
    }
    grams = blend
  }
}

extension Tensor {
  /// Adds `factor * other`, element by element.
  fileprivate mutating func add(_ other: Tensor, times factor: Float) {
    precondition(shape == other.shape)
    withMutableFloats { sum in
      other.withFloats { other in
        for i in sum.indices { sum[i] += factor * other[i] }
      }
    }
  }
}
