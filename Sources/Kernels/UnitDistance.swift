import Tensors

/// How far features point in other directions, position by position, whatever their strength.
///
/// The form of Zhang and others 2018 (LPIPS), eq. 1.
public enum UnitDistance {
  private static let grain = 1024

  /// Keeps features of no strength from being divided by zero.
  private static let least: Float = 1e-10

  /// The mean over all positions of `Σ w (x̂ - ŷ)²`, where x̂ and ŷ are the positions' channels divided by
  /// their Euclidean norm.
  ///
  /// - Parameters:
  ///   - x: `(height, width, channels)`.
  ///   - y: of the same shape.
  ///   - weights: `(channels)`; nil for 1 each, which gives 0 to 4, and 2 at most where no feature is
  ///     negative.
  ///   - workers: the threads; their number does not change the result.
  public static func mean(
    _ x: Tensor, _ y: Tensor, weights: Tensor? = nil, on workers: Workers
  ) -> Double {
    let channels = x.shape.channels
    precondition(x.shape == y.shape && x.count > 0)
    precondition(weights.map { $0.shape == [channels] } ?? true)
    let weights = weights ?? Tensor(repeating: 1, shape: [channels])
    let positions = x.count / channels
    var sums = [Double](repeating: 0, count: positions.dividedUp(by: grain))
    x.withFloats { x in
      y.withFloats { y in
        weights.withFloats { weights in
          sums.withUnsafeMutableBufferPointer { sums in
            guard let x = x.baseAddress, let y = y.baseAddress, let weights = weights.baseAddress
            else { return }
            workers.forEachRange(of: positions, grain: grain) { range, number in
              var sum = 0.0
              for start in range.lazy.map({ $0 * channels }) {
                sum += Double(distance(x + start, y + start, weights, channels: channels))
              }
              sums[number] = sum
            }
          }
        }
      }
    }
    return sums.reduce(0, +) / Double(positions)
  }

  private typealias Lanes = SIMD16<Float>

  private static func distance(
    _ x: UnsafePointer<Float>, _ y: UnsafePointer<Float>, _ weights: UnsafePointer<Float>,
    channels: Int
  ) -> Float {
    let scaleX = 1 / (norm(x, channels: channels) + least)
    let scaleY = 1 / (norm(y, channels: channels) + least)
    var lanes = Lanes.zero
    let whole = channels / Lanes.scalarCount * Lanes.scalarCount
    for start in stride(from: 0, to: whole, by: Lanes.scalarCount) {
      let difference = vector(x + start) * scaleX - vector(y + start) * scaleY
      lanes += vector(weights + start) * difference * difference
    }
    var sum = lanes.sum()
    for index in whole..<channels {
      let difference = x[index] * scaleX - y[index] * scaleY
      sum += weights[index] * difference * difference
    }
    return sum
  }

  private static func norm(_ x: UnsafePointer<Float>, channels: Int) -> Float {
    var lanes = Lanes.zero
    let whole = channels / Lanes.scalarCount * Lanes.scalarCount
    for start in stride(from: 0, to: whole, by: Lanes.scalarCount) {
      let part = vector(x + start)
      lanes += part * part
    }
    var sum = lanes.sum()
    for index in whole..<channels { sum += x[index] * x[index] }
    return sum.squareRoot()
  }

  @inline(__always)
  private static func vector(_ x: UnsafePointer<Float>) -> Lanes {
    UnsafeRawPointer(x).loadUnaligned(as: Lanes.self)
  }
}
