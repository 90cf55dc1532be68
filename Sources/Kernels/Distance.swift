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
