/// What it costs to carry a Gaussian over into another one with the same mean, and where to: the
/// Bures–Wasserstein distance of covariances,
/// `tr Σ + tr T - 2 tr (T^½ Σ T^½)^½` (Dowson and Landau 1982; Gelbrich 1990).
///
/// The root is taken by eigenvalues, of the target's principal directions only. Newton and Schulz's
/// iteration, which GPUs favor, needs some thirty products of whole matrices and stops, after twelve
/// rounds in single precision, several percent short of both value and gradient; a painting's features
/// have but a few hundred directions that matter, and of so small a matrix the exact root in double
/// precision costs less than two of those products.
public struct GaussianTransport: Sendable {
  /// What the target's directions that are left out have of its variance.
  private static let neglected = 1e-3

  private let channels: Int

  /// Added to the variance of every direction, of both: keeps what has none from having no way out.
  private let ridge: Double

  /// The target's trace, ridge included.
  private let targetTrace: Double

  /// `r` of the target's directions, each times its deviation, `(r, channels)`: `T ≈ factorᵀ factor`.
  private let factor: [Double]

  /// A target.
  ///
  /// - Parameters:
  ///   - covariance: `(channels, channels)`, row-major, symmetric. What makes it no covariance, as a mix
  ///     with negative shares may be, is left out: its negative directions.
  ///   - channels: its order.
  ///   - ridge: added to each direction's variance.
  public init(to covariance: [Double], channels: Int, ridge: Double) {
    self.channels = channels
    self.ridge = ridge
    let matrix = DoubleMatrix(rows: channels, columns: channels, elements: covariance)
    // Without numbers there is no target; nothing is near it, and the loss tells so.
    guard let (values, vectors) = matrix.eigen else {
      targetTrace = .nan
      factor = []
      return
    }
    let variances = values.map { max($0, 0) + ridge }
    targetTrace = variances.reduce(0, +)
    var rest = targetTrace
    var factor: [Double] = []
    for direction in (0..<channels).reversed() where rest > Self.neglected * targetTrace {
      rest -= variances[direction]
      let deviation = variances[direction].squareRoot()
      let row = vectors.elements[direction * channels..<(direction + 1) * channels]
      factor += row.lazy.map { deviation * $0 }
    }
    self.factor = factor
  }

  /// The cost for a covariance, and its gradient with respect to that.
  ///
  /// On the calling thread.
  ///
  /// - Parameter covariance: `Σ`, `(channels, channels)`, row-major, symmetric.
  /// - Returns: the cost, and `I - M`, row-major, where `M = T^½ (T^½ Σ T^½)^-½ T^½` is the map that
  ///   carries the one Gaussian over into the other. No number, and no gradient, when `Σ` or the target
  ///   has none.
  public func cost(of covariance: [Double]) -> (value: Double, gradient: [Double]) {
    var source = DoubleMatrix(rows: channels, columns: channels, elements: covariance)
    for i in stride(from: 0, to: source.elements.count, by: channels + 1) {
      source.elements[i] += ridge
    }
    let factor = DoubleMatrix(
      rows: factor.count / max(channels, 1), columns: channels, elements: factor)
    let middle = factor.times(source).timesTransposed(factor)
    guard targetTrace.isFinite, let (values, vectors) = middle.eigen else {
      return (.nan, [Double](repeating: 0, count: covariance.count))
    }
    // Rounding makes small eigenvalues of what is positive negative.
    let least = 1e-14 * (values.last ?? 0)
    let roots = values.map { max($0, least, Double.leastNormalMagnitude).squareRoot() }
    var axes = vectors.times(factor)
    for (row, root) in roots.enumerated() {
      let scale = 1 / root.squareRoot()
      for i in row * channels..<(row + 1) * channels { axes.elements[i] *= scale }
    }
    var gradient = axes.gram.elements
    for i in gradient.indices { gradient[i] = -gradient[i] }
    for i in stride(from: 0, to: gradient.count, by: channels + 1) { gradient[i] += 1 }
    return (targetTrace + source.trace - 2 * roots.reduce(0, +), gradient)
  }
}
