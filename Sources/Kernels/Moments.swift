import Tensors

/// The raw moments of a layer's features: their mean over the pixels, and the mean of their products.
///
/// Raw moments of a mix of pictures are the mix of their raw moments; covariances are not.
public struct Moments: Sendable {
  /// `(channels)`.
  public var mean: Tensor

  /// `(channels, channels)`: the Gram matrix.
  public var second: Tensor

  private static let grain = 4096

  /// These moments.
  public init(mean: Tensor, second: Tensor) {
    precondition(second.shape == [mean.count, mean.count])
    self.mean = mean
    self.second = second
  }

  /// The moments of features.
  ///
  /// - Parameters:
  ///   - features: `(height, width, channels)`.
  ///   - workers: the threads; their number does not change a bit.
  public init(of features: Tensor, on workers: Workers) {
    self.init(
      mean: Self.mean(of: features, on: workers), second: Gram.matrix(of: features, on: workers))
  }

  /// How many channels there are.
  public var channels: Int { mean.count }

  /// The mean square of a pixel's features: the trace of the second moment.
  public var power: Double {
    second.withFloats { second in
      stride(from: 0, to: second.count, by: channels + 1).reduce(0) { $0 + Double(second[$1]) }
    }
  }

  /// `E[f fᵀ] - E[f] E[f]ᵀ` in double precision, which the difference needs; row-major.
  public var covariance: [Double] {
    mean.withFloats { mean in
      second.withFloats { second in
        (0..<second.count).map { i in
          Double(second[i]) - Double(mean[i / mean.count]) * Double(mean[i % mean.count])
        }
      }
    }
  }

  static func mean(of features: Tensor, on workers: Workers) -> Tensor {
    let channels = features.shape.channels
    let pixels = features.shape.height * features.shape.width
    let runs = pixels.dividedUp(by: grain)
    var partials = [Double](repeating: 0, count: runs * channels)
    features.withElements { features in
      partials.withUnsafeMutableBufferPointer { partials in
        nonisolated(unsafe) let partials = partials
        workers.forEach(runs, scratch: grain * channels) { run, room in
          let range = run * grain..<min(pixels, (run + 1) * grain)
          let features = features.floats(
            range.lowerBound * channels..<range.upperBound * channels, in: room)
          for pixel in 0..<range.count {
            for c in 0..<channels {
              partials[run * channels + c] += Double(features[pixel * channels + c])
            }
          }
        }
      }
    }
    return Tensor(
      (0..<channels).map { c in
        let sum = stride(from: c, to: partials.count, by: channels).reduce(0) { $0 + partials[$1] }
        return Float(sum / Double(pixels))
      }, shape: [channels])
  }
}
