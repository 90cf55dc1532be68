import Kernels
import Tensors

/// How far a layer's Gram matrix is from the paintings': `Σ (G - A)² / Σ A²`.
///
/// Gatys, Ecker and Bethge 2016, eq. 4, but relative to the target.
struct GramLoss: StyleLoss {
  private let target: Tensor
  private let norm: Double

  init(target: StyleStatistics, on workers: Workers) {
    self.target = target.moments.second
    norm = max(
      Distance.sumOfSquares(self.target, on: workers), ContentLoss.smallestNorm)
  }

  func measure(
    _ features: Tensor, weights: Tensor?, draw: Int, on workers: Workers
  ) -> @Sendable () -> StyleVerdict {
    let gram = Gram.matrix(of: features, weights: weights, on: workers)
    let verdict = StyleVerdict(
      value: Distance.sumOfSquares(gram, minus: target, on: workers) / norm,
      gradient: FeatureGradient(
        .moments(second: gram.minus(target, on: workers), mean: nil), times: 2 / norm))
    return { verdict }
  }
}
