import Kernels
import Tensors

/// How far a layer's features are from the paintings' as distributions, seen along random directions:
/// the squared sliced Wasserstein-2 distance, relative to the paintings' mean square.
///
/// Unlike moments, this tells apart all distributions (Heitz, Vanhoey, Chambon and Belcour 2021). Each step
/// draws new directions, so that in time all are seen.
struct SlicedLoss: StyleLoss {
  private let samples: [(features: Tensor, share: Double)]
  private let channels: Int
  private let norm: Double

  /// How many directions a step looks along.
  private static let directions = 32

  init(target: StyleStatistics, on workers: Workers) {
    precondition(!target.samples.isEmpty, "the paintings were not sampled")
    samples = target.samples
    channels = target.moments.channels
    // What a direction of unit length sees of it.
    norm = target.power / Double(channels)
  }

  func measure(
    _ features: Tensor, weights: Tensor?, draw: Int, on workers: Workers
  ) -> @Sendable () -> StyleVerdict {
    precondition(weights == nil, "an order knows no weights")
    let directions = directions(draw)
    let (value, ways) = SlicedTransport.cost(
      of: features, along: directions, to: quantiles(along: directions, on: workers), on: workers)
    let verdict = StyleVerdict(
      value: value / norm,
      gradient: FeatureGradient(.ways(ways, directions: directions), times: 1 / norm))
    return { verdict }
  }

  /// `(directions, channels)`, of unit length, uniform over the sphere.
  private func directions(_ draw: Int) -> Tensor {
    var random = SeededRandom(
      seed: SeededRandom.mixed(UInt64(bitPattern: Int64(draw))) ^ UInt64(channels))
    var directions = random.normal([Self.directions, channels], mean: 0, deviation: 1)
    directions.withMutableFloats { directions in
      for row in 0..<Self.directions {
        let range = row * channels..<(row + 1) * channels
        let length = range.reduce(0) { $0 + directions[$1] * directions[$1] }.squareRoot()
        for i in range { directions[i] /= max(length, .leastNormalMagnitude) }
      }
    }
    return directions
  }

  /// Those of a mix are the mix of its paintings', as of their barycenter (Rabin and others 2011).
  private func quantiles(along directions: Tensor, on workers: Workers) -> Tensor {
    var mix: Tensor?
    for (features, share) in samples {
      let own = SlicedTransport.quantiles(of: features, along: directions, on: workers)
      guard var sum = mix else {
        mix = share == 1 ? own : own.scaled(by: share, on: workers)
        continue
      }
      // Paintings may have unlike numbers of pixels.
      let fitted = own.shape == sum.shape ? own : own.stretched(to: sum.shape[1])
      sum.add(fitted, times: share, on: workers)
      mix = sum
    }
    return mix ?? Tensor(shape: [Self.directions, 0])
  }
}

extension Tensor {
  /// Rows of `count` elements, interpolated between those that are there.
  fileprivate func stretched(to count: Int) -> Tensor {
    let (rows, old) = (shape[0], shape[1])
    let image = reshaped(to: [rows, old, 1])
    return image.bilinear(to: [rows, count, 1], on: Workers(threads: 1))
      .reshaped(to: [rows, count])
  }
}
