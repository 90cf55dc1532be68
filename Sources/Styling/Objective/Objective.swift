import Kernels
import Networks
import Tensors

/// What a good picture is: near the photograph in its content layers, near the paintings in its style
/// layers, and smooth.
///
/// `total = 1000 · content weight · content + style weight · style + TV weight · TV`, where content
/// and style are means over their layers.
public struct Objective {
  /// What each part counts; steering changes it between iterations.
  public var weights: LossWeights

  private let contentLosses: [LayerName: ContentLoss]
  private var styleLosses: [LayerName: StyleLoss]
  private let workers: Workers

  /// An objective.
  ///
  /// - Parameters:
  ///   - content: the photograph's features.
  ///   - contentLayers: which of them count.
  ///   - style: the paintings' Gram matrices.
  ///   - weights: what each part counts.
  ///   - workers: the threads.
  public init(
    content: Features, at contentLayers: Set<LayerName>, style: StyleTargets,
    weights: LossWeights, on workers: Workers
  ) {
    contentLosses = Dictionary(
      uniqueKeysWithValues: contentLayers.map {
        ($0, ContentLoss(target: content[$0], on: workers))
      })
    styleLosses = style.grams.mapValues { StyleLoss(target: $0, on: workers) }
    self.weights = weights
    self.workers = workers
  }

  /// Judges by another mix of paintings from now on.
  public mutating func aim(at style: StyleTargets) {
    precondition(Set(style.grams.keys) == Set(styleLosses.keys))
    styleLosses = style.grams.mapValues { StyleLoss(target: $0, on: workers) }
  }

  /// The layers that a picture is judged by.
  public var layers: Set<LayerName> {
    Set(contentLosses.keys).union(styleLosses.keys)
  }

  /// The losses of a picture, and what it takes to follow their gradient.
  public func appraisal(of features: Features) -> Appraisal {
    let grams = Dictionary(
      uniqueKeysWithValues: styleLosses.keys.map {
        ($0, Gram.matrix(of: features[$0], on: workers))
      })
    let content = contentLosses.sorted { $0.key < $1.key }.map { layer, loss in
      loss.value(of: features[layer], on: workers)
    }
    let style = grams.compactMap { layer, gram in
      styleLosses[layer].map { (layer, $0.value(of: gram, on: workers)) }
    }
    let losses = Losses(
      content: content.reduce(0, +) / Double(max(content.count, 1)),
      style: Dictionary(uniqueKeysWithValues: style),
      tv: TotalVariation.value(of: features.image, on: workers), weights: weights)
    return Appraisal(
      losses: losses, image: features.image, grams: grams, contentLosses: contentLosses,
      styleLosses: styleLosses, weights: weights)
  }
}

/// What the objective says of one picture.
public struct Appraisal: FeatureLoss {
  /// The losses.
  public let losses: Losses

  fileprivate let image: Tensor
  fileprivate let grams: [LayerName: Tensor]
  fileprivate let contentLosses: [LayerName: ContentLoss]
  fileprivate let styleLosses: [LayerName: StyleLoss]
  fileprivate let weights: LossWeights

  /// The layers that the losses read.
  public var layers: Set<LayerName> {
    Set(contentLosses.keys).union(styleLosses.keys)
  }

  /// Writes the gradient of the total with respect to a layer's activation.
  public func writeGradient(
    at layer: LayerName, of activation: Tensor, into gradient: inout Tensor, isAdding: Bool,
    on workers: Workers
  ) {
    var isAdding = isAdding
    if let loss = styleLosses[layer], let gram = grams[layer] {
      let weight = weights.style / Double(styleLosses.count)
      Gram.writeGradient(
        of: loss.gradient(of: gram, weight: weight, on: workers), features: activation,
        into: &gradient, isAdding: isAdding, on: workers)
      isAdding = true
    }
    if let loss = contentLosses[layer] {
      if !isAdding { gradient.fill(with: 0) }
      loss.addGradient(
        of: activation, weight: 1000 * weights.content / Double(contentLosses.count),
        to: &gradient, on: workers)
    }
  }

  /// Adds the gradient of the smoothness term with respect to the picture.
  public func addImageGradient(to gradient: inout Tensor, on workers: Workers) {
    guard weights.tv > 0 else { return }
    TotalVariation.addGradient(of: image, weight: weights.tv, to: &gradient, on: workers)
  }
}
