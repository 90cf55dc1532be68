import Tensors

extension Gram {
  /// `FᵀWF / (height · width)`, where `W` says how much each pixel counts.
  ///
  /// - Parameters:
  ///   - features: `(height, width, channels)`.
  ///   - weights: one for each pixel, none negative; nil where each counts 1.
  ///   - workers: the threads.
  /// - Returns: `(channels, channels)`, symmetric.
  public static func matrix(of features: Tensor, weights: Tensor?, on workers: Workers) -> Tensor {
    guard let weights else { return matrix(of: features, on: workers) }
    return matrix(
      of: features.withPixels(times: weights.squareRoots, on: workers), on: workers)
  }
}

extension Moments {
  /// The moments of features of which some pixels count more than others.
  ///
  /// Their gradient with respect to a pixel's features is `weight` times what `writeGradient` writes.
  ///
  /// - Parameters:
  ///   - features: `(height, width, channels)`.
  ///   - weights: one for each pixel, none negative, whose mean is 1; nil where each counts 1.
  ///   - workers: the threads; their number does not change a bit.
  public init(of features: Tensor, weights: Tensor?, on workers: Workers) {
    guard let weights else {
      self.init(of: features, on: workers)
      return
    }
    self.init(
      mean: Self.mean(of: features.withPixels(times: weights, on: workers), on: workers),
      second: Gram.matrix(of: features, weights: weights, on: workers))
  }
}

extension Tensor {
  fileprivate var squareRoots: Tensor {
    Tensor(withFloats { $0.map { $0.squareRoot() } }, shape: shape)
  }

  /// This `(height, width, channels)` with each pixel's channels times its factor.
  fileprivate func withPixels(times factors: Tensor, on workers: Workers) -> Tensor {
    let channels = shape.channels
    precondition(factors.count * channels == count)
    var product = Tensor(uninitialized: shape)
    product.withMutableFloats { product in
      withFloats { features in
        factors.withFloats { factors in
          workers.forEachRange(of: factors.count, grain: 1024) { pixels, _ in
            for pixel in pixels {
              for i in pixel * channels..<(pixel + 1) * channels {
                product[i] = factors[pixel] * features[i]
              }
            }
          }
        }
      }
    }
    return product
  }
}
