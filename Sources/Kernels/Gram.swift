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
    var partials = Tensor(uninitialized: [runs, channels, channels])
    features.withFloats { features in
      partials.withMutableFloats { partials in
        guard let features = features.baseAddress, let partials = partials.baseAddress else {
          return
        }
        workers.forEach(runs * strips) { piece, _ in
          let firstPixel = piece / strips * grain
          // The last strips are the shortest: whoever is done early takes one of those.
          let column = piece % strips * columnGrain
          let start = features + firstPixel * channels + column
          BLAS.multiplyTransposed(
            start, start,
            into: partials + piece / strips * channels * channels + column * (channels + 1),
            rows: min(columnGrain, channels - column), columns: channels - column,
            inner: min(grain, pixels - firstPixel), stride: channels, alpha: 1 / Float(pixels))
        }
      }
    }
    return sumOfUpperTriangles(partials, channels: channels, on: workers)
  }

  /// The gradient with respect to the features, `(2 F S + 1 vᵀ) / (height · width)`.
  ///
  /// - Parameters:
  ///   - matrixGradient: `S`, the gradient with respect to `matrix(of: features)`,
  ///     `(channels, channels)`, symmetric.
  ///   - meanGradient: `v`, the gradient with respect to the features' mean, `(channels)`; nil for none.
  ///   - features: `(height, width, channels)`.
  ///   - gradient: of the same shape.
  ///   - isAdding: whether to add to what `gradient` holds; else that is overwritten.
  ///   - workers: the threads.
  public static func writeGradient(
    of matrixGradient: Tensor, mean meanGradient: Tensor? = nil, features: Tensor,
    into gradient: inout Tensor, isAdding: Bool, on workers: Workers
  ) {
    let channels = features.shape.channels
    let pixels = features.shape.height * features.shape.width
    precondition(matrixGradient.shape == [channels, channels])
    precondition(gradient.shape == features.shape)
    precondition(meanGradient.map { $0.count == channels } ?? true)
    let mean = meanGradient ?? Tensor(shape: [0])
    // Enough pieces for every thread even of a small layer.
    let grain = min(max(pixels / 32 / 16 * 16, 16), 512)
    matrixGradient.withFloats { matrix in
      features.withFloats { features in
        gradient.withMutableFloats { gradient in
          guard let matrix = matrix.baseAddress, let features = features.baseAddress,
            let gradient = gradient.baseAddress
          else { return }
          workers.forEachRange(of: pixels, grain: grain) { range, _ in
            let offset = range.lowerBound * channels
            BLAS.multiply(
              features + offset, matrix, into: gradient + offset, rows: range.count,
              columns: channels, inner: channels, alpha: 2 / Float(pixels),
              beta: isAdding ? 1 : 0)
            mean.withFloats { mean in
              guard !mean.isEmpty else { return }
              let share = 1 / Float(pixels)
              for pixel in range {
                let row = gradient + pixel * channels
                for c in 0..<channels { row[c] += share * mean[c] }
              }
            }
          }
        }
      }
    }
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
