import Kernels
import Tensors

/// All that a style loss needs to know of a layer of the paintings.
public struct StyleStatistics: Sendable {
  /// The raw moments; of a mix, the mix of its paintings', which need not be those of any picture.
  public internal(set) var moments: Moments

  /// The mean square of a pixel's features, never 0: what losses are relative to.
  ///
  /// Of a mix, the mean of its paintings' by the magnitude of their shares.
  public internal(set) var power: Double

  /// Pixels drawn from each painting, `(1, samples, channels)`, with its share; empty when none were
  /// wanted.
  public internal(set) var samples: [(features: Tensor, share: Double)] = []

  /// Below this a painting is empty there, and its loss is no longer relative.
  private static let smallestPower = 1e-10

  /// How many pixels stand for a painting.
  private static let mostSamples = 4096

  /// The statistics of a painting.
  ///
  /// - Parameters:
  ///   - features: `(height, width, channels)`.
  ///   - isSampled: whether to keep pixels.
  ///   - workers: the threads.
  init(of features: Tensor, isSampled: Bool, on workers: Workers) {
    moments = Moments(of: features, on: workers)
    power = max(moments.power, Self.smallestPower)
    if isSampled { samples = [(Self.sample(features), 1)] }
  }

  /// The statistics of a mix.
  ///
  /// - Parameters:
  ///   - paintings: those of each painting.
  ///   - shares: what each counts; their magnitudes sum to 1.
  ///   - workers: the threads.
  init(blending paintings: [StyleStatistics], shares: [Double], on workers: Workers) {
    moments = Moments(
      mean: Tensor(shape: paintings[0].moments.mean.shape),
      second: Tensor(shape: paintings[0].moments.second.shape))
    power = 0
    for (painting, share) in zip(paintings, shares) {
      moments.mean.add(painting.moments.mean, times: share, on: workers)
      moments.second.add(painting.moments.second, times: share, on: workers)
      power += abs(share) * painting.power
      samples += painting.samples.map { ($0.features, $0.share * share) }
    }
    power = max(power, Self.smallestPower)
  }

  /// Some pixels, one at random from each of as many equal parts of all.
  private static func sample(_ features: Tensor) -> Tensor {
    let channels = features.shape.channels
    let pixels = features.count / channels
    guard pixels > mostSamples else { return features.reshaped(to: [1, pixels, channels]) }
    var random = SeededRandom(seed: 0)
    var samples = Tensor(uninitialized: [1, mostSamples, channels])
    samples.withMutableFloats { samples in
      features.withFloats { features in
        for sample in 0..<mostSamples {
          let part = sample * pixels / mostSamples..<(sample + 1) * pixels / mostSamples
          let pixel = Int.random(in: part, using: &random)
          for c in 0..<channels { samples[sample * channels + c] = features[pixel * channels + c] }
        }
      }
    }
    return samples
  }
}
