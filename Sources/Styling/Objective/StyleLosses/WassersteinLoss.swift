import Kernels
import Tensors

/// What it would cost to carry a layer's features, if they were distributed normally, over to the
/// paintings': the squared Wasserstein-2 distance, relative to the paintings' mean square.
///
/// Its gradient points from each pixel's features to what they would become, a straight way to the
/// paintings' colors and textures. The idea is Marron's (2018), the form Crowson's (style-transfer-pytorch
/// 2021), but for an exact root and the relative form.
struct WassersteinLoss: StyleLoss {
  private let mean: Tensor
  private let power: Double
  private let transport: GaussianTransport

  /// The least variance of a direction, as a share of the mean variance about 0.
  private static let ridge = 1e-4

  init(target: StyleStatistics, on workers: Workers) {
    mean = target.moments.mean
    power = target.power
    transport = GaussianTransport(
      to: target.moments.covariance, channels: mean.count,
      ridge: Self.ridge * power / Double(mean.count))
  }

  func measure(
    _ features: Tensor, weights: Tensor?, draw: Int, on workers: Workers
  ) -> @Sendable () -> StyleVerdict {
    let moments = Moments(of: features, weights: weights, on: workers)
    return { verdict(on: moments) }
  }

  private func verdict(on moments: Moments) -> StyleVerdict {
    let (here, there) = (moments.mean.elements.map(Double.init), mean.elements.map(Double.init))
    let (cost, slope) = transport.cost(of: moments.covariance)
    let distance = zip(here, there).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    // Σ = M - μμᵀ, so that the mean gets its share of the covariance's gradient.
    let meanGradient = here.indices.map { row in
      let pull = here.indices.reduce(0) { $0 + slope[row * here.count + $1] * here[$1] }
      return Float(here[row] - there[row] - pull)
    }
    return StyleVerdict(
      value: (distance + cost) / power,
      gradient: FeatureGradient(
        .moments(
          second: Tensor(slope.map { Float($0 / 2) }, shape: moments.second.shape),
          mean: Tensor(meanGradient, shape: moments.mean.shape)), times: 2 / power))
  }
}
