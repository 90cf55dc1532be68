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

  /// Writes the gradient of the total with respect to a layer's activation.
  public func writeGradient(
    at layer: LayerName, of activation: Tensor, into gradient: inout Tensor, isAdding: Bool,
    on workers: Workers
  ) {
    var isAdding = isAdding
    if let verdict = verdicts[layer] {
      write(
        weight: shares.share(of: layer, times: weights.style), into: &gradient,
        isAdding: isAdding, on: workers
      ) { weight, gradient, isAdding in
        verdict.writeGradient(
          of: activation, weight: weight, into: &gradient, isAdding: isAdding, on: workers)
      }
      isAdding = true
    }
    if let loss = contentLosses[layer] {
      write(
        weight: 1000 * weights.content / Double(contentLosses.count), into: &gradient,
        isAdding: isAdding, on: workers
      ) { weight, gradient, isAdding in
        if !isAdding { gradient.fill(with: 0) }
        loss.addGradient(of: activation, weight: weight, to: &gradient, on: workers)
      }
    }
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

  /// Writes what one loss sends into one layer: as it is, or, where gradients are normalized, with an L1
  /// norm of `weight`.
  ///
  /// It is this gradient that is normalized, not that of the scalar loss, which would only square weights.
  private func write(
    weight: Double, into gradient: inout Tensor, isAdding: Bool, on workers: Workers,
    _ write: (_ weight: Double, _ gradient: inout Tensor, _ isAdding: Bool) -> Void
  ) {
    guard normalizesGradients else { return write(weight, &gradient, isAdding) }
    var own = isAdding ? Tensor(uninitialized: gradient.shape) : gradient
    // Moved, so that it is not copied when it is written.
    if !isAdding { gradient = Tensor(shape: [0]) }
    write(1, &own, false)
    let norm = Distance.sumOfMagnitudes(own, on: workers)
    let scale = norm > 0 ? weight / norm : 0
    if isAdding {
      gradient.add(own, times: scale, on: workers)
    } else {
      own.scale(by: scale, on: workers)
      gradient = own
    }
  }
}
