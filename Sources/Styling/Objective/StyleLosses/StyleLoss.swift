import Kernels
import Recipes
import Tensors

/// How far a layer's features are from those of the paintings: one conforming type, in a file of its own,
/// for each choice that a recipe has.
///
/// All are relative to the paintings' own features, so that weights mean the same at every size, layer
/// and network.
protocol StyleLoss: Sendable {
  /// A loss that is least where a layer has these statistics.
  init(target: StyleStatistics, on workers: Workers)

  /// Measures features, on all threads; what is left to do is done by the result, on any one thread.
  ///
  /// - Parameters:
  ///   - features: `(height, width, channels)`.
  ///   - weights: how much each pixel counts, with a mean of 1; nil where all count the same.
  ///   - draw: which random numbers to use, where there are any.
  ///   - workers: the threads.
  func measure(
    _ features: Tensor, weights: Tensor?, draw: Int, on workers: Workers
  ) -> @Sendable () -> StyleVerdict
}

extension Recipe.StyleLoss {
  /// The loss of this name.
  func loss(target: StyleStatistics, on workers: Workers) -> any StyleLoss {
    switch self {
    case .gram: GramLoss(target: target, on: workers)
    case .covariance: CovarianceLoss(target: target, on: workers)
    case .wasserstein: WassersteinLoss(target: target, on: workers)
    case .sliced: SlicedLoss(target: target, on: workers)
    }
  }

  /// Whether the loss can count some pixels more than others.
  var takesWeights: Bool { self != .sliced }

  /// Whether the loss reads `StyleStatistics.samples`.
  var needsSamples: Bool { self == .sliced }
}

/// What a style loss says of a layer.
struct StyleVerdict: Sendable {
  /// The loss.
  let value: Double

  /// Where features should not go: its gradient with respect to them.
  let gradient: FeatureGradient
}
