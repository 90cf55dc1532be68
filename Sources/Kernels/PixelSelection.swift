import Tensors

/// Some pixels of a layer, and how much each counts.
public struct PixelSelection: Sendable {
  /// Their numbers, row by row, in rising order.
  public let indices: [Int]

  /// How much each counts, with a mean of 1; nil where all count the same.
  public let weights: Tensor?

  /// Which share of the layer they are.
  public let area: Double

  /// These pixels.
  ///
  /// - Parameters:
  ///   - indices: in rising order.
  ///   - weights: one for each, with a mean of 1; nil where all count the same.
  ///   - area: which share of the layer they are.
  public init(indices: [Int], weights: Tensor?, area: Double) {
    precondition(weights.map { $0.count == indices.count } ?? true)
    self.indices = indices
    self.weights = weights
    self.area = area
  }

  /// Their features, `(1, pixels, channels)`, of a layer's `(height, width, channels)`.
  public func gather(_ features: Tensor, on workers: Workers) -> Tensor {
    let channels = features.shape.channels
    var gathered = Tensor(uninitialized: [1, indices.count, channels])
    gathered.withMutableFloats { gathered in
      features.withFloats { features in
        guard let gathered = gathered.baseAddress, let features = features.baseAddress else {
          return
        }
        workers.forEachRange(of: indices.count, grain: 1024) { range, _ in
          gather(
            range, of: features, first: 0, channels: channels,
            into: gathered + range.lowerBound * channels)
        }
      }
    }
    return gathered
  }

  /// Which of them, by their place in `indices`, lie in a range of the layer's pixels.
  func places(in pixels: Range<Int>) -> Range<Int> {
    firstPlace(from: pixels.lowerBound)..<firstPlace(from: pixels.upperBound)
  }

  /// Writes the features of the pixels at some places, one after the other, of a layer's pixels from `first`
  /// on.
  func gather(
    _ places: Range<Int>, of features: UnsafePointer<Float>, first: Int, channels: Int,
    into gathered: UnsafeMutablePointer<Float>
  ) {
    for place in places {
      (gathered + (place - places.lowerBound) * channels).update(
        from: features + (indices[place] - first) * channels, count: channels)
    }
  }

  /// Adds a gradient of the pixels at some places, each pixel's times its weight, to that of the layer's
  /// pixels from `first` on.
  func scatter(
    _ own: UnsafePointer<Float>, of places: Range<Int>, channels: Int,
    addingTo gradient: UnsafeMutablePointer<Float>, first: Int
  ) {
    for place in places {
      let from = own + (place - places.lowerBound) * channels
      let to = gradient + (indices[place] - first) * channels
      let weight = weights?[place] ?? 1
      for c in 0..<channels { to[c] += weight * from[c] }
    }
  }

  /// The place of the first pixel from `pixel` on, by bisection.
  private func firstPlace(from pixel: Int) -> Int {
    var (low, high) = (0, indices.count)
    while low < high {
      let middle = (low + high) / 2
      if indices[middle] < pixel { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
