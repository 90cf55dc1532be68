import Tensors

/// Sums of squares in double precision, over a fixed partition: the same for every number of threads.
public enum Distance {
  private static let grain = 1 << 15

  /// `Σ x²`.
  public static func sumOfSquares(_ x: Tensor, on workers: Workers) -> Double {
    let count = x.count
    return x.withElements { x in
      sum(over: count, on: workers) { range, room in
        let x = x.floats(range, in: room)
        var sum = 0.0
        for i in 0..<range.count { sum += Double(x[i]) * Double(x[i]) }
        return sum
      }
    }
  }

  /// `Σ (x - y)²`.
  ///
  /// - Precondition: `x` and `y` have the same shape.
  public static func sumOfSquares(_ x: Tensor, minus y: Tensor, on workers: Workers) -> Double {
    precondition(x.shape == y.shape)
    let count = x.count
    return x.withElements { x in
      y.withElements { y in
        sum(over: count, on: workers) { range, room in
          let (x, y) = (x.floats(range, in: room), y.floats(range, in: room + grain))
          var sum = 0.0
          for i in 0..<range.count {
            let difference = Double(x[i] - y[i])
            sum += difference * difference
          }
          return sum
        }
      }
    }
  }

  private static func sum(
    over count: Int, on workers: Workers,
    _ partial: (Range<Int>, _ room: UnsafeMutablePointer<Float>) -> Double
  ) -> Double {
    var partials = [Double](repeating: 0, count: count.dividedUp(by: grain))
    partials.withUnsafeMutableBufferPointer { partials in
      workers.forEach(partials.count, scratch: 2 * grain) { number, room in
        partials[number] = partial(number * grain..<min(count, (number + 1) * grain), room)
      }
    }
    return partials.reduce(0, +)
  }
}
