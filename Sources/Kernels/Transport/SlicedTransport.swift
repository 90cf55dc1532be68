import Tensors

/// What it costs to carry one cloud of features over into another one, seen along a few directions: the
/// sliced Wasserstein-2 distance (Rabin and others 2011; as a texture loss Heitz and others 2021).
///
/// Along one direction, the cheapest way is to keep the order: the darkest goes to the darkest.
public enum SlicedTransport {
  private static let grain = 2048

  /// Projections of features, each direction's in rising order.
  ///
  /// - Parameters:
  ///   - features: `(height, width, channels)`, or `(1, samples, channels)`.
  ///   - directions: `(directions, channels)`.
  ///   - workers: the threads.
  /// - Returns: `(directions, height · width)`.
  public static func quantiles(
    of features: Tensor, along directions: Tensor, on workers: Workers
  ) -> Tensor {
    let projections = projections(of: features, along: directions, on: workers)
    let (count, pixels) = (projections.shape[0], projections.shape[1])
    var sorted = Tensor(uninitialized: projections.shape)
    projections.withFloats { projections in
      sorted.withMutableFloats { sorted in
        guard let projections = projections.baseAddress else { return }
        workers.forEach(count, scratch: SortedOrder.scratchCount(for: pixels)) { row, scratch in
          let numbers = projections + row * pixels
          SortedOrder.visit(numbers, count: pixels, scratch: scratch) { rank, index in
            sorted[row * pixels + rank] = numbers[index]
          }
        }
      }
    }
    return sorted
  }

  /// What it costs, and how far each pixel has to go along each direction.
  ///
  /// - Parameters:
  ///   - features: `(height, width, channels)`.
  ///   - directions: `(directions, channels)`, of unit length.
  ///   - target: where to, `(directions, any count)`, each direction's in rising order; interpolated to
  ///     as many as there are pixels.
  ///   - workers: the threads; their number does not change a bit.
  /// - Returns: the mean of the squared ways over pixels and directions, and the ways to go back from the
  ///   target, `(directions, height · width)`.
  public static func cost(
    of features: Tensor, along directions: Tensor, to target: Tensor, on workers: Workers
  ) -> (value: Double, ways: Tensor) {
    var ways = projections(of: features, along: directions, on: workers)
    let (count, pixels) = (ways.shape[0], ways.shape[1])
    let samples = target.shape[1]
    precondition(target.shape[0] == count && samples > 0)
    var sums = [Double](repeating: 0, count: count)
    target.withFloats { target in
      ways.withMutableFloats { ways in
        sums.withUnsafeMutableBufferPointer { sums in
          guard let ways = ways.baseAddress else { return }
          nonisolated(unsafe) let sums = sums
          let step = Double(samples) / Double(pixels)
          workers.forEach(count, scratch: SortedOrder.scratchCount(for: pixels)) { row, scratch in
            var sum = 0.0
            let way = ways + row * pixels
            SortedOrder.visit(way, count: pixels, scratch: scratch) { rank, index in
              let place = min(max((Double(rank) + 0.5) * step - 0.5, 0), Double(samples - 1))
              let below = Int(place)
              let (low, high) = (
                target[row * samples + below], target[row * samples + min(below + 1, samples - 1)]
              )
              way[index] -= low + Float(place - Double(below)) * (high - low)
              sum += Double(way[index]) * Double(way[index])
            }
            sums[row] = sum
          }
        }
      }
    }
    return (sums.reduce(0, +) / Double(max(count * pixels, 1)), ways)
  }

  /// `(directions, height · width)`.
  private static func projections(
    of features: Tensor, along directions: Tensor, on workers: Workers
  ) -> Tensor {
    let (count, channels) = (directions.shape[0], directions.shape[1])
    let pixels = features.count / max(channels, 1)
    precondition(features.shape.channels == channels)
    var projections = Tensor(uninitialized: [count, pixels])
    features.withFloats { features in
      directions.withFloats { directions in
        projections.withMutableFloats { projections in
          guard let features = features.baseAddress, let directions = directions.baseAddress,
            let projections = projections.baseAddress
          else { return }
          workers.forEachRange(of: pixels, grain: grain) { range, _ in
            BLAS.multiply(
              .init(start: directions, stride: channels),
              .init(
                start: features + range.lowerBound * channels, stride: channels,
                isTransposed: true),
              into: projections + range.lowerBound, stride: pixels, rows: count,
              columns: range.count, inner: channels)
          }
        }
      }
    }
    return projections
  }
}
