import Networks

/// How much each part of the objective counts; may change between two iterations.
public struct LossWeights: Equatable, Sendable {
  /// Structure; times 1000 in the total, so that 1e-3 and a style weight of 10 balance.
  public var content: Double

  /// Texture.
  public var style: Double

  /// Smoothness.
  public var tv: Double

  /// How texture's weight is shared among its layers: each gets `4^detail` times as much as the next
  /// deeper one.
  public var detail: Double

  /// Likeness to what came before, in a film.
  public var temporal: Double

  /// These weights.
  public init(
    content: Double, style: Double, tv: Double, detail: Double = 0, temporal: Double = 0
  ) {
    self.content = content
    self.style = style
    self.tv = tv
    self.detail = detail
    self.temporal = temporal
  }
}

/// What the objective says of a picture; each part is unweighted but the total.
public struct Losses: Equatable, Sendable {
  /// `1000 · content weight · content + style weight · style + TV weight · TV`, and in a film
  /// `+ temporal weight · temporal`.
  public var total: Double

  /// The mean over the content layers of the relative squared distance to the photograph's features.
  public var content: Double

  /// The mean, by their shares, over the style layers of the relative distance to the paintings.
  public var style: Double

  /// Total variation.
  public var tv: Double

  /// The mean squared distance to what came before, where that can be relied on; 0 without.
  public var temporal: Double

  /// The style loss layer by layer.
  public var styleByLayer: [LayerName: Double]

  /// These losses under `weights`.
  public init(
    content: Double, style: Double, styleByLayer: [LayerName: Double], tv: Double,
    temporal: Double = 0, weights: LossWeights
  ) {
    self.content = content
    self.style = style
    self.styleByLayer = styleByLayer
    self.tv = tv
    self.temporal = temporal
    total =
      1000 * weights.content * content + weights.style * style + weights.tv * tv
      + weights.temporal * temporal
  }
}
