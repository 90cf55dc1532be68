import Kernels
import Tensors

/// How far a layer's mean and covariance are from the paintings', each on its own:
/// `|μ - m|² / E|a|² + |Σ - S|² / |S|²`, where `a` are the paintings' features.
///
/// In a Gram matrix, which is `Σ + μμᵀ`, too little of the one can make up for too much of the other, and
/// does: textures lose their contrast (Li, Wang, Liu and Hou 2017; Risser, Wilmot and Barnes 2017).
struct CovarianceLoss: StyleLoss {
  private let mean: Tensor
  private let covariance: [Double]
  private let power: Double
  private let norm: Double

  /// The least variance, as a share of what it would be if all of the power were spread over all
  /// directions, that makes a covariance to be relative to; flat paintings have less.
  private static let flatness = 1e-3

  init(target: StyleStatistics, on workers: Workers) {
    mean = target.moments.mean
    covariance = target.moments.covariance
    power = target.power
    let spread = power * power / Double(mean.count)
    norm = max(covariance.reduce(0) { $0 + $1 * $1 }, Self.flatness * spread)
  }

  func measure(
    _ features: Tensor, weights: Tensor?, draw: Int, on workers: Workers
  ) -> @Sendable () -> StyleVerdict {
    let moments = Moments(of: features, weights: weights, on: workers)
    return { verdict(on: moments) }
  }

  private func verdict(on moments: Moments) -> StyleVerdict {
    let (here, there) = (moments.mean.elements.map(Double.init), mean.elements.map(Double.init))
    let excess = zip(moments.covariance, covariance).map { $0 - $1 }
    let distance = zip(here, there).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    // Σ = M - μμᵀ, so that the mean gets its share of the covariance's gradient: -2 (Σ - S) μ.
    let meanGradient = here.indices.map { row in
      let pull = here.indices.reduce(0) { $0 + excess[row * here.count + $1] * here[$1] }
      return Float((here[row] - there[row]) / power - 2 * pull / norm)
    }
    return StyleVerdict(
      value: distance / power + excess.reduce(0) { $0 + $1 * $1 } / norm,
      gradient: FeatureGradient(
        .moments(
          second: Tensor(excess.map { Float($0 / norm) }, shape: moments.second.shape),
          mean: Tensor(meanGradient, shape: moments.mean.shape)), times: 2))
  }
}
