import Kernels
import Tensors

/// How far a layer's features are from the photograph's: `Σ (F - P)² / Σ P²`.
///
/// Gatys, Ecker and Bethge 2016, eq. 1, but relative to the photograph's features, which makes it
/// independent of size, layer and network.
struct ContentLoss {
  private let target: Tensor
  private let norm: Double

  /// - Parameter target: the photograph's features, `(height, width, channels)`.
  init(target: Tensor, on workers: Workers) {
    self.target = target
    norm = max(Distance.sumOfSquares(target, on: workers), Self.smallestNorm)
  }

  /// Below this a target is empty, and the loss is no longer relative.
  static let smallestNorm = 1e-10

  func value(of features: Tensor, on workers: Workers) -> Double {
    Distance.sumOfSquares(features, minus: target, on: workers) / norm
  }

  /// Its gradient with respect to the features.
  var gradient: FeatureGradient {
    FeatureGradient(.distance(from: target), times: 1 / norm)
  }
}
