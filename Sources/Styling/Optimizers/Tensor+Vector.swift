import Tensors

/// Tensors as vectors. Sums are in double and in a fixed order, so that they do not depend on the number of
/// threads.
extension Tensor {
  private static let grain = 1 << 15

  /// The sum of the products of elements.
  func dot(_ other: Tensor, on workers: Workers) -> Double {
    precondition(shape == other.shape)
    var parts = [Double](repeating: 0, count: count.dividedUp(by: Self.grain))
    withFloats { a in
      other.withFloats { b in
        parts.withUnsafeMutableBufferPointer { parts in
          nonisolated(unsafe) let parts = parts
          workers.forEachRange(of: a.count, grain: Self.grain) { range, number in
            var sum = 0.0
            for i in range { sum += Double(a[i]) * Double(b[i]) }
            parts[number] = sum
          }
        }
      }
    }
    return parts.reduce(0, +)
  }

  /// The largest magnitude of an element.
  func largestMagnitude(on workers: Workers) -> Float {
    withFloats { $0.reduce(0) { max($0, abs($1)) } }
  }

  /// Adds `factor · other`.
  mutating func add(_ other: Tensor, times factor: Double, on workers: Workers) {
    precondition(shape == other.shape)
    let factor = Float(factor)
    withMutableFloats { sum in
      other.withFloats { other in
        workers.forEachRange(of: sum.count, grain: Self.grain) { range, _ in
          for i in range { sum[i] += factor * other[i] }
        }
      }
    }
  }

  /// `share · self + (1 - share) · other`.
  mutating func blend(with other: Tensor, keeping share: Double, on workers: Workers) {
    precondition(shape == other.shape)
    let (old, new) = (Float(share), Float(1 - share))
    withMutableFloats { mix in
      other.withFloats { other in
        workers.forEachRange(of: mix.count, grain: Self.grain) { range, _ in
          for i in range { mix[i] = old * mix[i] + new * other[i] }
        }
      }
    }
  }

  /// `factor · self`.
  func scaled(by factor: Double, on workers: Workers) -> Tensor {
    let factor = Float(factor)
    return mapped(with: self, on: workers) { a, _ in factor * a }
  }

  /// `self - other`.
  func minus(_ other: Tensor, on workers: Workers) -> Tensor {
    mapped(with: other, on: workers) { $0 - $1 }
  }

  /// `self + length · direction`, kept in 0…1.
  func moved(along direction: Tensor, by length: Double, on workers: Workers) -> Tensor {
    let length = Float(length)
    return mapped(with: direction, on: workers) { min(max($0 + length * $1, 0), 1) }
  }

  /// This gradient, or with `negated` this direction, without the elements that would leave 0…1 at once.
  func freed(at image: Tensor, negated: Bool = false, on workers: Workers) -> Tensor {
    let sign: Float = negated ? -1 : 1
    return mapped(with: image, on: workers) { slope, x in
      let uphill = sign * slope
      return x <= 0 && uphill > 0 || x >= 1 && uphill < 0 ? 0 : slope
    }
  }

  private func mapped(
    with other: Tensor, on workers: Workers, _ transform: (Float, Float) -> Float
  ) -> Tensor {
    precondition(shape == other.shape)
    var result = Tensor(uninitialized: shape)
    result.withMutableFloats { result in
      withFloats { a in
        other.withFloats { b in
          workers.forEachRange(of: a.count, grain: Self.grain) { range, _ in
            for i in range { result[i] = transform(a[i], b[i]) }
          }
        }
      }
    }
    return result
  }
}
