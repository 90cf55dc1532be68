import Tensors

/// The Gram matrix of a layer: which channels fire together, wherever in the picture.
///
/// Gatys, Ecker and Bethge 2016, eq. 3; divided by the number of pixels.
public enum Gram {
  /// Pixels a partial sum; fixed, so that sums do not depend on the number of threads.
  private static let grain = 8192

  /// `G = FᵀF / (height · width)`.
  ///
  /// - Parameters:
  ///   - features: `(height, width, channels)`, read as `F` with one row a pixel.
  ///   - workers: the threads.
  /// - Returns: `(channels, channels)`, symmetric.
  public static func matrix(of features: Tensor, on workers: Workers) -> Tensor {
    let channels = features.shape.channels
    let pixels = features.shape.height * features.shape.width
    let partialCount = (pixels + grain - 1) / grain
    var partials = Tensor(shape: [partialCount, channels, channels])
    features.withFloats { features in
      partials.withMutableFloats { partials in
        guard let features = features.baseAddress, let partials = partials.baseAddress else {
          return
        }
        workers.forEachRange(of: pixels, grain: grain) { range, number in
          BLAS.multiplyTransposeByItself(
            features + range.lowerBound * channels, into: partials + number * channels * channels,
            rows: range.count, columns: channels, alpha: 1 / Float(pixels))
        }
      }
    }
    return sumOfUpperTriangles(partials, channels: channels)
  }

  /// Adds the gradient with respect to the features, `2 F S / (height · width)`.
  ///
  /// - Parameters:
  ///   - matrixGradient: `S`, the gradient with respect to `matrix(of: features)`,
  ///     `(channels, channels)`, symmetric.
  ///   - features: `(height, width, channels)`.
  ///   - gradient: of the same shape; added to.
  ///   - workers: the threads.
  public static func addGradient(
    of matrixGradient: Tensor, features: Tensor, to gradient: inout Tensor, on workers: Workers
  ) {
    let channels = features.shape.channels
    let pixels = features.shape.height * features.shape.width
    precondition(matrixGradient.shape == [channels, channels])
    precondition(gradient.shape == features.shape)
    matrixGradient.withFloats { matrix in
      features.withFloats { features in
        gradient.withMutableFloats { gradient in
          guard let matrix = matrix.baseAddress, let features = features.baseAddress,
            let gradient = gradient.baseAddress
          else { return }
          workers.forEachRange(of: pixels, grain: 512) { range, _ in
            let offset = range.lowerBound * channels
            BLAS.multiply(
              features + offset, matrix, into: gradient + offset, rows: range.count,
              columns: channels, inner: channels, alpha: 2 / Float(pixels), beta: 1)
          }
        }
      }
    }
  }

  private static func sumOfUpperTriangles(_ partials: Tensor, channels: Int) -> Tensor {
    var sum = Tensor(shape: [channels, channels])
    partials.withFloats { partials in
      sum.withMutableFloats { sum in
        for start in stride(from: 0, to: partials.count, by: channels * channels) {
          for row in 0..<channels {
            for i in row * channels + row..<(row + 1) * channels { sum[i] += partials[start + i] }
          }
        }
        for row in 0..<channels {
          for column in 0..<row { sum[row * channels + column] = sum[column * channels + row] }
        }
      }
    }
    return sum
  }
}
