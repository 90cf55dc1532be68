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

  /// Where features should not go.
  let gradient: Gradient

  /// The gradient of the loss in a form that is small until it is written.
  enum Gradient: Sendable {
    /// `2 / norm` times these is the gradient with respect to the second moment and, if there is one, to
    /// the mean.
    case moments(second: Tensor, mean: Tensor?, norm: Double)
    /// That of `SlicedTransport.cost / norm`.
    case ways(Tensor, directions: Tensor, norm: Double)
  }

  /// Writes the gradient of `weight * value` with respect to the features.
  ///
  /// - Parameters:
  ///   - features: what was measured, `(height, width, channels)`.
  ///   - weight: the factor.
  ///   - gradient: of the same shape.
  ///   - isAdding: whether to add to what `gradient` holds; else that is overwritten.
  ///   - workers: the threads.
  func writeGradient(
    of features: Tensor, weight: Double, into gradient: inout Tensor, isAdding: Bool,
    on workers: Workers
  ) {
    switch self.gradient {
    case .moments(let second, let mean, let norm):
      let scale = 2 * weight / norm
      Gram.writeGradient(
        of: second.scaled(by: scale, on: workers),
        mean: mean.map { $0.scaled(by: scale, on: workers) }, features: features,
        into: &gradient, isAdding: isAdding, on: workers)
    case .ways(let ways, let directions, let norm):
      SlicedTransport.writeGradient(
        of: ways, along: directions, weight: weight / norm, into: &gradient, isAdding: isAdding,
        on: workers)
    }
  }
}
