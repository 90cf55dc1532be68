import Kernels
import Networks
import Tensors

/// What a good picture is: near the photograph in its content layers, near the paintings in its style
/// layers, and smooth.
///
/// `total = 1000 · content weight · content + style weight · style + TV weight · TV`, where content
/// and style are means over their layers; in a film also `+ temporal weight · temporal`.
public struct Objective {
  /// What each part counts; steering changes it between iterations.
  public var weights: LossWeights

  private let contentLosses: [LayerName: ContentLoss]
  private let comparison: StyleComparison
  private var styleLosses: [LayerName: [RegionalLoss]]
  private let temporal: TemporalLoss?
  private let workers: Workers

  /// An objective.
  ///
  /// - Parameters:
  ///   - content: the photograph's features.
  ///   - contentLayers: which of them count.
  ///   - style: what was measured of the paintings.
  ///   - comparison: how it is compared with the picture's.
  ///   - temporal: what came before, in a film.
  ///   - weights: what each part counts.
  ///   - workers: the threads.
  public init(
    content: Features, at contentLayers: Set<LayerName>, style: StyleTargets,
    comparison: StyleComparison = StyleComparison(), temporal: TemporalLoss? = nil,
    weights: LossWeights, on workers: Workers
  ) {
    contentLosses = Dictionary(
      uniqueKeysWithValues: contentLayers.map {
        ($0, ContentLoss(target: content[$0], on: workers))
      })
    self.comparison = comparison
    styleLosses = comparison.losses(for: [StyleAim(style)], on: workers)
    self.temporal = temporal
    self.weights = weights
    self.workers = workers
  }

  private init(_ other: Objective, aims: [StyleAim], comparison: StyleComparison) {
    contentLosses = other.contentLosses
    temporal = other.temporal
    weights = other.weights
    workers = other.workers
    self.comparison = comparison
    var losses = other.styleLosses.mapValues { _ in [RegionalLoss]() }
    losses.merge(comparison.losses(for: aims, on: workers)) { $1 }
    precondition(losses.count == other.styleLosses.count)
    styleLosses = losses
  }

  /// The same, but for other mixes of paintings, each in its region, or another comparison with them.
  func aimed(at aims: [StyleAim], comparison: StyleComparison) -> Objective {
    Objective(self, aims: aims, comparison: comparison)
  }

  /// The layers that a picture is judged by.
  public var layers: Set<LayerName> {
    Set(contentLosses.keys).union(styleLosses.keys)
  }

  /// The losses of a picture, and what it takes to follow their gradient.
  ///
  /// - Parameters:
  ///   - features: what a network sees in the picture.
  ///   - draw: which random numbers to use, where a loss has any.
  public func appraisal(of features: Features, draw: Int = 0) -> Appraisal {
    let content = contentLosses.sorted { $0.key < $1.key }.map { layer, loss in
      loss.value(of: features[layer], on: workers)
    }
    let verdicts = verdicts(on: features, draw: draw)
    let shares = comparison.shares(of: styleLosses.keys, detail: weights.detail)
    let style = verdicts.mapValues(\.value)
    let losses = Losses(
      content: content.reduce(0, +) / Double(max(content.count, 1)),
      style: shares.mean(of: style), styleByLayer: style,
      tv: TotalVariation.value(of: features.image, on: workers),
      temporal: temporal?.value(of: features.image, on: workers) ?? 0, weights: weights)
    return Appraisal(
      losses: losses, image: features.image, verdicts: verdicts, shares: shares,
      contentLosses: contentLosses, temporal: temporal, weights: weights,
      normalizesGradients: comparison.normalizesGradients)
  }

  private func verdicts(on features: Features, draw: Int) -> [LayerName: LayerVerdict] {
    // What one thread does for a deep layer takes longest, so these come first.
    let losses = styleLosses.sorted { $0.key > $1.key }.flatMap { layer, losses in
      losses.map { (layer: layer, loss: $0) }
    }
    let pending = losses.map { layer, loss in
      loss.measure(features[layer], draw: draw, on: workers)
    }
    let verdicts = workers.map(pending.count) { pending[$0]() }
    var layers = styleLosses.mapValues { _ in LayerVerdict() }
    for ((layer, loss), verdict) in zip(losses, verdicts) {
      layers[layer]?.add(verdict, of: loss)
    }
    return layers
  }
}

extension StyleComparison {
  fileprivate func losses(
    for aims: [StyleAim], on workers: Workers
  ) -> [LayerName: [RegionalLoss]] {
    let places = aims.flatMap { aim in
      aim.target.layers.compactMap { layer, statistics in
        aim.region.extent(atBlock: layer.block, isHard: !loss.takesWeights).map { extent in
          (layer: layer, statistics: statistics, extent: extent, strength: aim.strength)
        }
      }
    }.sorted { $0.layer > $1.layer }
    let losses = workers.map(places.count) { number in
      let place = places[number]
      return RegionalLoss(
        loss: loss.loss(target: place.statistics, on: Workers(threads: 1)),
        extent: place.extent, share: place.strength * place.extent.area)
    }
    return Dictionary(grouping: zip(places, losses), by: \.0.layer).mapValues { $0.map(\.1) }
  }
}
