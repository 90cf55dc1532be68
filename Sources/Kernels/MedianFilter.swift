import Tensors

/// A median filter: removes what is smaller than half its window, and keeps edges.
public enum MedianFilter {
  private typealias Lanes = SIMD8<Float>

  /// Each element's median over the 3×3 pixels around it; edges are replicated.
  ///
  /// - Parameters:
  ///   - image: `(height, width, channels)`.
  ///   - workers: the threads.
  public static func three(_ image: Tensor, on workers: Workers) -> Tensor {
    let shape = image.shape
    let row = shape.width * shape.channels
    var result = Tensor(uninitialized: shape)
    // A row with a pixel more on either side, and room for a last vector.
    let padded = row + 2 * shape.channels + Lanes.scalarCount
    image.withFloats { image in
      result.withMutableFloats { result in
        guard let source = image.baseAddress, let target = result.baseAddress, row > 0 else {
          return
        }
        workers.forEach(shape.height, scratch: 4 * padded) { y, scratch in
          for i in 0..<3 {
            let from = source + min(max(y + i - 1, 0), shape.height - 1) * row
            let to = scratch + i * padded
            to.update(from: from, count: shape.channels)
            (to + shape.channels).update(from: from, count: row)
            (to + shape.channels + row).update(
              from: from + row - shape.channels, count: shape.channels)
            (to + 2 * shape.channels + row).update(repeating: 0, count: Lanes.scalarCount)
          }
          let medians = scratch + 3 * padded
          for x in stride(from: 0, to: row, by: Lanes.scalarCount) {
            median(scratch + x, row: padded, pixel: shape.channels, into: medians + x)
          }
          (target + y * row).update(from: medians, count: row)
        }
      }
    }
    return result
  }

  /// The medians of the windows that begin at a vector: columns are sorted first, then the median is that
  /// of the largest of the lows, the middle of the middles and the smallest of the highs.
  private static func median(
    _ window: UnsafePointer<Float>, row: Int, pixel: Int, into result: UnsafeMutablePointer<Float>
  ) {
    func column(_ index: Int) -> (low: Lanes, middle: Lanes, high: Lanes) {
      func lanes(_ y: Int) -> Lanes {
        UnsafeRawPointer(window + y * row + index * pixel).loadUnaligned(as: Lanes.self)
      }
      return sorted(lanes(0), lanes(1), lanes(2))
    }
    let (a, b, c) = (column(0), column(1), column(2))
    let low = most(a.low, most(b.low, c.low))
    let middle = sorted(a.middle, b.middle, c.middle).middle
    let high = least(a.high, least(b.high, c.high))
    UnsafeMutableRawPointer(result).storeBytes(
      of: sorted(low, middle, high).middle, as: Lanes.self)
  }

  private static func sorted(
    _ a: Lanes, _ b: Lanes, _ c: Lanes
  ) -> (low: Lanes, middle: Lanes, high: Lanes) {
    let (low, high) = (least(a, b), most(a, b))
    let rest = least(high, c)
    return (least(low, c), most(low, rest), most(high, c))
  }

  // `pointwiseMin` and `pointwiseMax` look at NaNs, element by element.
  private static func least(_ a: Lanes, _ b: Lanes) -> Lanes { a.replacing(with: b, where: b .< a) }
  private static func most(_ a: Lanes, _ b: Lanes) -> Lanes { a.replacing(with: b, where: b .> a) }
}
