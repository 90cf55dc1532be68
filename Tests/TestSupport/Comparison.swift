import Foundation
import Tensors

/// The L2 norm of `a - b` over that of `b`; infinite when the shapes differ.
public func relativeDistance(_ a: Tensor, _ b: Tensor) -> Double {
  guard a.shape == b.shape else { return .infinity }
  var difference = 0.0
  var norm = 0.0
  for (x, y) in zip(a.elements, b.elements) {
    difference += Double(x - y) * Double(x - y)
    norm += Double(y) * Double(y)
  }
  return (difference / max(norm, .leastNormalMagnitude)).squareRoot()
}

/// The largest difference of two elements; infinite when the shapes differ or one is not a number.
public func largestDifference(_ a: Tensor, _ b: Tensor) -> Float {
  guard a.shape == b.shape else { return .infinity }
  return zip(a.elements, b.elements).reduce(0) { largest, pair in
    let difference = abs(pair.0 - pair.1)
    return difference.isNaN ? .infinity : max(largest, difference)
  }
}

/// The peak signal-to-noise ratio of two pictures in 0…1, in decibels.
public func peakSignalToNoise(_ a: Tensor, _ b: Tensor) -> Double {
  guard a.shape == b.shape else { return -.infinity }
  let squares = zip(a.elements, b.elements).reduce(0.0) {
    $0 + Double(($1.0 - $1.1) * ($1.0 - $1.1))
  }
  return -10 * Foundation.log10(max(squares / Double(a.count), 1e-20))
}
