import Tensors

/// The mean and the variance of each channel over a picture.
public struct ChannelMoments: Equatable, Sendable {
  /// How many pixels were measured.
  public private(set) var count: Int
  /// Each channel's mean.
  public private(set) var mean: [Double]
  /// The sum of the squared differences from it.
  private var squares: [Double]

  /// Each channel's variance, the mean squared difference from its mean.
  public var variance: [Double] { squares.map { $0 / Double(max(count, 1)) } }

  /// The moments of no pixel.
  public init(channels: Int) {
    count = 0
    mean = Array(repeating: 0, count: channels)
    squares = mean
  }

  init(count: Int, mean: [Double], squares: [Double]) {
    self.count = count
    self.mean = mean
    self.squares = squares
  }

  /// Counts other pixels in (Chan, Golub and LeVeque 1983).
  public mutating func join(_ other: ChannelMoments) {
    guard other.count > 0 else { return }
    let (before, added) = (Double(count), Double(other.count))
    for c in mean.indices {
      let difference = other.mean[c] - mean[c]
      mean[c] += difference * added / (before + added)
      squares[c] += other.squares[c] + difference * difference * before * added / (before + added)
    }
    count += other.count
  }

  /// The moments of a tensor `(…, channels)`.
  public init(of tensor: Tensor, on workers: Workers) {
    let channels = tensor.shape.channels
    let pixels = tensor.count / max(channels, 1)
    let grain = 4096
    var parts = Array(
      repeating: ChannelMoments(channels: channels), count: pixels.dividedUp(by: grain))
    parts.withUnsafeMutableBufferPointer { parts in
      nonisolated(unsafe) let parts = parts
      tensor.withFloats { floats in
        workers.forEachRange(of: pixels, grain: grain) { range, number in
          parts[number] = Self.measure(floats, channels: channels, pixels: range)
        }
      }
    }
    self.init(channels: channels)
    for part in parts { join(part) }
  }

  private static func measure(
    _ floats: UnsafeBufferPointer<Float>, channels: Int, pixels: Range<Int>
  ) -> ChannelMoments {
    var mean = [Double](repeating: 0, count: channels)
    var squares = mean
    for pixel in pixels {
      for c in 0..<channels { mean[c] += Double(floats[pixel * channels + c]) }
    }
    for c in 0..<channels { mean[c] /= Double(pixels.count) }
    for pixel in pixels {
      for c in 0..<channels {
        let difference = Double(floats[pixel * channels + c]) - mean[c]
        squares[c] += difference * difference
      }
    }
    return ChannelMoments(count: pixels.count, mean: mean, squares: squares)
  }
}
