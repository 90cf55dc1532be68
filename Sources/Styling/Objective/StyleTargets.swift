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
  /// - Parameter parts: targets of the same layers with their weights, of which one at least is not
  ///   0; they are divided by the sum of their magnitudes.
  public init(blending parts: [(targets: StyleTargets, weight: Double)]) {
    let sum = parts.reduce(0) { $0 + abs($1.weight) }
    precondition(sum > 0 && !parts.isEmpty)
    var blend = parts[0].targets.grams.mapValues { Tensor(shape: $0.shape) }
    for (targets, weight) in parts {
      for (layer, gram) in targets.grams {
        blend[layer]?.add(gram, times: Float(weight / sum))
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
