import Tensors

/// The gradient of a loss with respect to a layer's features, in a form that is small until it is
/// written.
///
/// What it says of a pixel depends on that pixel's features only. So it is written block by block, in
/// cache, and over the features themselves: it needs no memory of a layer's size.
public struct FeatureGradient: Sendable {
  /// How it is told, where `F` are the features with one row a pixel.
  public enum Form: Sendable {
    /// `(2 F S + 1 vᵀ) / pixels`: `S`, `(channels, channels)`, symmetric, is the gradient with respect to
    /// the Gram matrix, `v`, `(channels)`, that with respect to the mean.
    case moments(second: Tensor, mean: Tensor?)
    /// That of `SlicedTransport.cost`, from the ways, `(directions, pixels)`, which that returned, and the
    /// directions, `(directions, channels)`.
    case ways(Tensor, directions: Tensor)
    /// `2 (F - P)`, that of `Σ (F - P)²`; `P` is of the features' shape.
    case distance(from: Tensor)
  }

  private let form: Form
  private let weight: Double
  private let selection: PixelSelection?

  /// A gradient.
  ///
  /// - Parameters:
  ///   - form: how it is told; where pixels are selected, of these alone, one after the other.
  ///   - weight: the factor.
  ///   - selection: the pixels that it is about, each with its weight; nil for all.
  public init(_ form: Form, times weight: Double = 1, at selection: PixelSelection? = nil) {
    self.form = form
    self.weight = weight
    self.selection = selection
  }

  /// This one times a factor.
  public func times(_ factor: Double) -> FeatureGradient {
    FeatureGradient(form, times: factor * weight, at: selection)
  }

  /// The same, told of some pixels alone.
  public func at(_ selection: PixelSelection) -> FeatureGradient {
    FeatureGradient(form, times: weight, at: selection)
  }
}

extension FeatureGradient {
  /// Replaces rectified features by the sum of gradients with respect to what the rectifier was given:
  /// nothing passes where a feature is not above zero.
  ///
  /// - Parameters:
  ///   - features: `(height, width, channels)`.
  ///   - sum: the gradients.
  ///   - workers: the threads; their number does not change a bit.
  public static func replace(
    _ features: inout Tensor, by sum: [FeatureGradient], on workers: Workers
  ) {
    let shape = features.shape
    features.withMutableElements { features in
      forEachBlock(of: sum, at: features.elements, shape: shape, on: workers) {
        block, own, gradient, _ in
        features.replace(block, in: gradient) { to in
          Rectifier.gate(gradient, by: own, into: to, count: block.count)
        }
      }
    }
  }

  /// The L1 norm of the sum of gradients.
  ///
  /// - Parameters:
  ///   - sum: the gradients.
  ///   - features: `(height, width, channels)`.
  ///   - workers: the threads; their number does not change a bit.
  public static func magnitude(
    of sum: [FeatureGradient], at features: Tensor, on workers: Workers
  ) -> Double {
    let shape = features.shape
    let pixels = shape.height * shape.width
    var parts = [Double](repeating: 0, count: pixels.dividedUp(by: grain(pixels: pixels)))
    features.withElements { features in
      parts.withUnsafeMutableBufferPointer { parts in
        forEachBlock(of: sum, at: features, shape: shape, on: workers) {
          block, _, gradient, number in
          parts[number] = (0..<block.count).reduce(0) { $0 + Double(abs(gradient[$1])) }
        }
      }
    }
    return parts.reduce(0, +)
  }

  /// Pixels in a block: few enough to stay in cache, and blocks enough for every thread even of a small
  /// layer.
  private static func grain(pixels: Int) -> Int {
    min(max(pixels / 32 / 16 * 16, 16), 512)
  }

  /// Calls `body` with each block's range of elements, its features, the sum of the gradients there, and its
  /// number.
  private static func forEachBlock(
    of sum: [FeatureGradient], at features: ElementPointer, shape: Shape,
    on workers: Workers,
    _ body: (
      _ block: Range<Int>, _ features: UnsafePointer<Float>,
      _ gradient: UnsafeMutablePointer<Float>, _ number: Int
    ) -> Void
  ) {
    let (pixels, channels) = (shape.height * shape.width, shape.channels)
    let grain = grain(pixels: pixels)
    let size = (grain * channels).dividedUp(by: 16) * 16
    // For the gradient, for features and a target in single precision, and for what is selected.
    let rooms = sum.contains { $0.selection != nil } ? 5 : 3
    workers.forEach(pixels.dividedUp(by: grain), scratch: rooms * size) { number, scratch in
      let block = number * grain..<min(pixels, (number + 1) * grain)
      let elements = block.lowerBound * channels..<block.upperBound * channels
      let features = features.floats(elements, in: scratch + size)
      if sum.isEmpty { scratch.update(repeating: 0, count: block.count * channels) }
      for (i, gradient) in sum.enumerated() {
        gradient.write(
          block, of: features, pixels: pixels, channels: channels, into: scratch,
          isAdding: i > 0, room: scratch + 2 * size, size: size)
      }
      body(elements, features, scratch, number)
    }
  }
}

// MARK: - A block

extension FeatureGradient {
  /// Writes what it says of a block of a layer's pixels.
  ///
  /// - Parameters:
  ///   - block: the pixels.
  ///   - features: the block's.
  ///   - pixels: how many the layer has.
  ///   - channels: how many they have.
  ///   - gradient: the block's.
  ///   - isAdding: whether to add to what `gradient` holds.
  ///   - room: `size` floats; where pixels are selected, three times as many.
  ///   - size: no less than the block's floats.
  private func write(
    _ block: Range<Int>, of features: UnsafePointer<Float>, pixels: Int, channels: Int,
    into gradient: UnsafeMutablePointer<Float>, isAdding: Bool,
    room: UnsafeMutablePointer<Float>, size: Int
  ) {
    guard let selection else {
      write(
        block, of: pixels, features: features, channels: channels, into: gradient,
        isAdding: isAdding, room: room)
      return
    }
    if !isAdding { gradient.update(repeating: 0, count: block.count * channels) }
    let places = selection.places(in: block)
    guard !places.isEmpty else { return }
    selection.gather(
      places, of: features, first: block.lowerBound, channels: channels, into: room + size)
    write(
      places, of: selection.indices.count, features: room + size, channels: channels,
      into: room + 2 * size, isAdding: false, room: room)
    selection.scatter(
      room + 2 * size, of: places, channels: channels, addingTo: gradient, first: block.lowerBound)
  }

  /// Writes what it says of a range of those pixels that it is about.
  ///
  /// - Parameters:
  ///   - range: the pixels.
  ///   - pixels: how many it is about.
  ///   - features: the range's.
  ///   - channels: how many they have.
  ///   - gradient: the range's.
  ///   - isAdding: whether to add to what `gradient` holds.
  ///   - room: as many floats as the range has.
  private func write(
    _ range: Range<Int>, of pixels: Int, features: UnsafePointer<Float>, channels: Int,
    into gradient: UnsafeMutablePointer<Float>, isAdding: Bool, room: UnsafeMutablePointer<Float>
  ) {
    switch form {
    case .moments(let second, let mean):
      precondition(second.shape == [channels, channels])
      second.withFloats { second in
        guard let second = second.baseAddress else { return }
        BLAS.multiply(
          features, second, into: gradient, rows: range.count, columns: channels,
          inner: channels, alpha: Float(2 * weight / Double(pixels)), beta: isAdding ? 1 : 0)
      }
      mean?.withFloats { mean in
        let share = Float(weight / Double(pixels))
        for row in 0..<range.count {
          for c in 0..<channels { gradient[row * channels + c] += share * mean[c] }
        }
      }
    case .ways(let ways, let directions):
      let count = directions.shape[0]
      precondition(directions.shape == [count, channels] && ways.shape == [count, pixels])
      ways.withFloats { ways in
        directions.withFloats { directions in
          guard let ways = ways.baseAddress, let directions = directions.baseAddress else { return }
          BLAS.multiply(
            .init(start: ways + range.lowerBound, stride: pixels, isTransposed: true),
            .init(start: directions, stride: channels), into: gradient, stride: channels,
            rows: range.count, columns: channels, inner: count,
            alpha: Float(2 * weight / Double(count * pixels)), beta: isAdding ? 1 : 0)
        }
      }
    case .distance(let target):
      precondition(target.count == pixels * channels)
      let scale = Float(2 * weight)
      target.withElements { target in
        let target = target.floats(
          range.lowerBound * channels..<range.upperBound * channels, in: room)
        for i in 0..<range.count * channels {
          let slope = scale * (features[i] - target[i])
          gradient[i] = isAdding ? gradient[i] + slope : slope
        }
      }
    }
  }
}
