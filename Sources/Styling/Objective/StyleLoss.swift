import Kernels
import Tensors

/// How far a layer's Gram matrix is from the paintings': `Σ (G - A)² / Σ A²`.
///
/// Gatys, Ecker and Bethge 2016, eq. 4, but relative to the target.
struct StyleLoss {
  private let target: Tensor
  private let norm: Double

  /// - Parameter target: `A`, `(channels, channels)`.
  init(target: Tensor, on workers: Workers) {
    self.target = target
    norm = max(Distance.sumOfSquares(target, on: workers), ContentLoss.smallestNorm)
  }

  /// - Parameter gram: `G`, `(channels, channels)`.
  func value(of gram: Tensor, on workers: Workers) -> Double {
    Distance.sumOfSquares(gram, minus: target, on: workers) / norm
  }

  /// The gradient of `weight * value(of: gram)` with respect to `gram`.
  func gradient(of gram: Tensor, weight: Double, on workers: Workers) -> Tensor {
    var gradient = Tensor(shape: gram.shape)
    Distance.addGradient(
      of: gram, minus: target, scale: Float(2 * weight / norm), to: &gradient, on: workers)
    return gradient
  }
}
