import Networks

/// How much each part of the objective counts; may change between two iterations.
public struct LossWeights: Equatable, Sendable {
  /// Structure; times 1000 in the total, so that 1e-3 and a style weight of 10 balance.
  public var content: Double

  /// Texture.
  public var style: Double

  /// Smoothness.
  public var tv: Double

  /// These weights.
  public init(content: Double, style: Double, tv: Double) {
    self.content = content
    self.style = style
    self.tv = tv
  }
}

/// What the objective says of a picture; each part is unweighted but the total.
public struct Losses: Equatable, Sendable {
  /// `1000 · content weight · content + style weight · style + TV weight · TV`.
  public var total: Double

  /// The mean over the content layers of the relative squared distance to the photograph's features.
  public var content: Double

  /// The mean over the style layers of the relative squared distance to the paintings' Gram matrices.
  public var style: Double

  /// Total variation.
  public var tv: Double

  /// The style loss layer by layer.
  public var styleByLayer: [LayerName: Double]

  /// These losses under `weights`.
  public init(
    content: Double, style: [LayerName: Double], tv: Double, weights: LossWeights
  ) {
    self.content = content
    self.tv = tv
    styleByLayer = style
    // Summed in the layers' order: a dictionary's own differs from run to run, and so would the sum.
    self.style =
      style.sorted { $0.key < $1.key }.reduce(0) { $0 + $1.value }
      / Double(max(style.count, 1))
    total = 1000 * weights.content * content + weights.style * self.style + weights.tv * tv
  }
}
