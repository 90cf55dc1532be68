import Tensors

/// Sums of squares in double precision, over a fixed partition: the same for every number of threads.
public enum Distance {
  private static let grain = 1 << 15

  /// `Σ x²`.
  public static func sumOfSquares(_ x: Tensor, on workers: Workers) -> Double {
    x.withFloats { x in
      sum(over: x.count, on: workers) { range in
        var sum = 0.0
        for i in range { sum += Double(x[i]) * Double(x[i]) }
        return sum
      }
    }
  }

  /// `Σ |x|`.
  public static func sumOfMagnitudes(_ x: Tensor, on workers: Workers) -> Double {
    x.withFloats { x in
      sum(over: x.count, on: workers) { range in
        var sum = 0.0
        for i in range { sum += Double(abs(x[i])) }
        return sum
      }
    }
  }

  /// `Σ (x - y)²`.
  ///
  /// - Precondition: `x` and `y` have the same shape.
  public static func sumOfSquares(_ x: Tensor, minus y: Tensor, on workers: Workers) -> Double {
    precondition(x.shape == y.shape)
    return x.withFloats { x in
      y.withFloats { y in
        sum(over: x.count, on: workers) { range in
          var sum = 0.0
          for i in range {
            let difference = Double(x[i] - y[i])
            sum += difference * difference
          }
          return sum
        }
      }
    }
  }

  /// Adds the gradient of `scale / 2 · Σ (x - y)²` with respect to `x`.
  ///
  /// - Parameters:
  ///   - x: where the gradient is taken.
  ///   - y: of the same shape.
  ///   - scale: multiplies `x - y`.
  ///   - gradient: of the same shape; added to.
  ///   - workers: the threads.
  public static func addGradient(
    of x: Tensor, minus y: Tensor, scale: Float, to gradient: inout Tensor, on workers: Workers
  ) {
    precondition(x.shape == y.shape && x.shape == gradient.shape)
    x.withFloats { x in
      y.withFloats { y in
        gradient.withMutableFloats { gradient in
          workers.forEachRange(of: x.count, grain: grain) { range, _ in
            for i in range { gradient[i] += scale * (x[i] - y[i]) }
          }
        }
      }
    }
  }

  private static func sum(
    over count: Int, on workers: Workers, _ partial: (Range<Int>) -> Double
  ) -> Double {
    var partials = [Double](repeating: 0, count: count.dividedUp(by: grain))
    partials.withUnsafeMutableBufferPointer { partials in
      workers.forEachRange(of: count, grain: grain) { range, number in
        partials[number] = partial(range)
      }
    }
    return partials.reduce(0, +)
  }
}
