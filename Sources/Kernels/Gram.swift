import Tensors

/// The Gram matrix of a layer: which channels fire together, wherever in the picture.
///
/// Gatys, Ecker and Bethge 2016, eq. 3; divided by the number of pixels.
public enum Gram {
  /// Pixels a partial sum, and columns a product; fixed, so that sums do not depend on the number of
  /// threads.
  private static let grain = 8192
  private static let columnGrain = 32

  /// `G = FᵀF / (height · width)`.
  ///
  /// - Parameters:
  ///   - features: `(height, width, channels)`, read as `F` with one row a pixel.
  ///   - workers: the threads.
  /// - Returns: `(channels, channels)`, symmetric.
  public static func matrix(of features: Tensor, on workers: Workers) -> Tensor {
    let channels = features.shape.channels
    let pixels = features.shape.height * features.shape.width
    let runs = pixels.dividedUp(by: grain)
    let strips = channels.dividedUp(by: columnGrain)
    // What has to be widened first is so in blocks that stay in cache.
    let block = features.format == .single ? grain : 512
    var partials = Tensor(uninitialized: [runs, channels, channels])
    features.withElements { features in
      partials.withMutableFloats { partials in
        guard let partials = partials.baseAddress else { return }
        workers.forEach(
          runs * strips, scratch: block < grain ? block * channels : 0
        ) { piece, room in
          let run = piece / strips * grain..<min(pixels, (piece / strips + 1) * grain)
          // The last strips are the shortest: whoever is done early takes one of those.
          let column = piece % strips * columnGrain
          for first in stride(from: run.lowerBound, to: run.upperBound, by: block) {
            let end = min(first + block, run.upperBound)
            let start = features.floats(first * channels..<end * channels, in: room) + column
            BLAS.multiplyTransposed(
              start, start,
              into: partials + piece / strips * channels * channels + column * (channels + 1),
              rows: min(columnGrain, channels - column), columns: channels - column,
              inner: end - first, stride: channels, alpha: 1 / Float(pixels),
              beta: first == run.lowerBound ? 0 : 1)
          }
        }
      }
    }
    return sumOfUpperTriangles(partials, channels: channels, on: workers)
  }

  private static func sumOfUpperTriangles(
    _ partials: Tensor, channels: Int, on workers: Workers
  ) -> Tensor {
    var sum = Tensor(uninitialized: [channels, channels])
    partials.withFloats { partials in
      sum.withMutableFloats { sum in
        workers.forEachRange(of: channels, grain: 16) { rows, _ in
          for row in rows {
            for i in row * channels + row..<(row + 1) * channels {
              var total: Float = 0
              for start in stride(from: 0, to: partials.count, by: channels * channels) {
                total += partials[start + i]
              }
              sum[i] = total
            }
          }
        }
        workers.forEachRange(of: channels, grain: 16) { rows, _ in
          for row in rows {
            for column in 0..<row { sum[row * channels + column] = sum[column * channels + row] }
          }
        }
      }
    }
    return sum
  }
}
