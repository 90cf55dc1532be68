import Kernels
import Tensors

/// A mix of paintings that a part of the picture should look like.
struct StyleAim {
  /// What was measured of the mix.
  let target: StyleTargets

  /// The part.
  let region: StyleRegion

  /// How much it counts there, 1 for as much as the style weight says.
  let strength: Double

  /// A mix for all of the picture.
  init(_ target: StyleTargets) {
    self.init(target, in: .everywhere(styles: []), strength: 1)
  }

  init(_ target: StyleTargets, in region: StyleRegion, strength: Double) {
    self.target = target
    self.region = region
    self.strength = strength
  }
}

/// A style loss of a part of a layer.
///
/// It counts by the part's area, so that between content and style each pixel is torn as it would be
/// without masks.
struct RegionalLoss {
  let loss: any StyleLoss
  let extent: StyleRegion.Extent

  /// What its loss counts beside those of other parts.
  let share: Double

  /// As `StyleLoss.measure`, of the part.
  func measure(
    _ features: Tensor, draw: Int, on workers: Workers
  ) -> @Sendable () -> StyleVerdict {
    switch extent {
    case .all: loss.measure(features, draw: draw, on: workers)
    case .part(let pixels):
      loss.measure(
        pixels.gather(features, on: workers), weights: pixels.weights, draw: draw, on: workers)
    }
  }
}

extension StyleLoss {
  /// As `measure(_:weights:draw:on:)`, of pixels that all count the same.
  func measure(
    _ features: Tensor, draw: Int, on workers: Workers
  ) -> @Sendable () -> StyleVerdict {
    measure(features, weights: nil, draw: draw, on: workers)
  }
}

/// What style losses say of the parts of a layer.
struct LayerVerdict: Sendable {
  private var parts: [(verdict: StyleVerdict, extent: StyleRegion.Extent, share: Double)] = []

  /// Nothing is said.
  init() {}

  mutating func add(_ verdict: StyleVerdict, of loss: RegionalLoss) {
    parts.append((verdict, loss.extent, loss.share))
  }

  /// The sum of the losses by their shares.
  var value: Double { parts.reduce(0) { $0 + $1.share * $1.verdict.value } }

  /// The parts of the sum's gradient with respect to the layer's features.
  var gradients: [FeatureGradient] {
    parts.map { verdict, extent, share in
      let own = verdict.gradient.times(share)
      return switch extent {
      case .all: own
      case .part(let pixels): own.at(pixels)
      }
    }
  }
}
