import Kernels
import Networks
import Tensors

/// What the objective says of one picture.
public struct Appraisal: FeatureLoss {
  /// The losses.
  public let losses: Losses

  let image: Tensor
  let verdicts: [LayerName: LayerVerdict]
  let shares: LayerShares
  let contentLosses: [LayerName: ContentLoss]
  let temporal: TemporalLoss?
  let weights: LossWeights
  let normalizesGradients: Bool

  /// The layers that the losses read.
  public var layers: Set<LayerName> {
    Set(contentLosses.keys).union(verdicts.keys)
  }

  /// Replaces a layer's activation by the gradient of the total with respect to what the rectifier was
  /// given.
  public func replace(_ activation: inout Tensor, at layer: LayerName, on workers: Workers) {
    var sum: [FeatureGradient] = []
    if let verdict = verdicts[layer] {
      sum += weighted(
        verdict.gradients, by: shares.share(of: layer, times: weights.style), at: activation,
        on: workers)
    }
    if let loss = contentLosses[layer] {
      sum += weighted(
        [loss.gradient], by: 1000 * weights.content / Double(contentLosses.count),
        at: activation, on: workers)
    }
    FeatureGradient.replace(&activation, by: sum, on: workers)
  }

  /// Adds the gradient of the terms that look at the picture itself: smoothness, likeness to what came
  /// before.
  public func addImageGradient(to gradient: inout Tensor, on workers: Workers) {
    if weights.tv > 0 {
      TotalVariation.addGradient(of: image, weight: weights.tv, to: &gradient, on: workers)
    }
    if weights.temporal > 0 {
      temporal?.addGradient(of: image, weight: weights.temporal, to: &gradient, on: workers)
    }
  }

  /// What one loss sends into one layer: as it is, or, where gradients are normalized, with an L1 norm of
  /// `weight`.
  ///
  /// It is this gradient that is normalized, not that of the scalar loss, which would only square weights.
  private func weighted(
    _ gradients: [FeatureGradient], by weight: Double, at activation: Tensor, on workers: Workers
  ) -> [FeatureGradient] {
    guard normalizesGradients else { return gradients.map { $0.times(weight) } }
    let norm = FeatureGradient.magnitude(of: gradients, at: activation, on: workers)
    return norm > 0 ? gradients.map { $0.times(weight / norm) } : []
  }
}
