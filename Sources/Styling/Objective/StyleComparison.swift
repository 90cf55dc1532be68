import Foundation
import Networks
import Recipes

/// How a picture's texture is compared with the paintings': what stays the same during a run.
public struct StyleComparison: Equatable, Sendable {
  /// By which statistics.
  public var loss: Recipe.StyleLoss

  /// What a layer counts beside the others, before `LossWeights.detail`; 1 where nothing is said.
  public var layerWeights: [LayerName: Double]

  /// Whether the gradient that each loss sends into each layer gets the same L1 norm.
  public var normalizesGradients: Bool

  /// A comparison.
  public init(
    by loss: Recipe.StyleLoss = .gram, layerWeights: [LayerName: Double] = [:],
    normalizesGradients: Bool = false
  ) {
    self.loss = loss
    self.layerWeights = layerWeights
    self.normalizesGradients = normalizesGradients
  }

  /// What a recipe says.
  public init(_ recipe: Recipe) {
    let layers = recipe.styleLayers.compactMap { LayerName($0) }
    self.init(
      by: recipe.styleLoss,
      layerWeights: Dictionary(
        zip(layers, recipe.styleLayerWeights), uniquingKeysWith: { $0 + $1 }),
      normalizesGradients: recipe.normalizesGradients)
  }

  /// The shares of layers in the style loss.
  ///
  /// - Parameters:
  ///   - layers: in any order.
  ///   - detail: each layer counts `4^detail` times as much as the next deeper one: 0 lets all count the
  ///     same, 1 is fine, -1 coarse.
  func shares(of layers: some Collection<LayerName>, detail: Double) -> LayerShares {
    LayerShares(
      weights: layers.sorted().enumerated().map { depth, layer in
        (layer, layerWeights[layer, default: 1] * pow(4, -detail * Double(depth)))
      })
  }
}

/// What each layer counts in a sum over layers.
struct LayerShares {
  /// From shallow to deep, before they are divided by their sum.
  let weights: [(layer: LayerName, weight: Double)]

  private let sum: Double

  init(weights: [(LayerName, Double)]) {
    self.weights = weights.map { (layer: $0, weight: $1) }
    let sum = weights.reduce(0) { $0 + $1.1 }
    self.sum = sum > 0 ? sum : 1
  }

  /// `factor` times a layer's share.
  func share(of layer: LayerName, times factor: Double) -> Double {
    factor * (weights.first { $0.layer == layer }?.weight ?? 0) / sum
  }

  /// The mean of values by these shares.
  func mean(of values: [LayerName: Double]) -> Double {
    // In the layers' order: a dictionary's own differs from run to run, and so would the sum.
    weights.reduce(0) { $0 + $1.weight * (values[$1.layer] ?? 0) } / sum
  }
}
