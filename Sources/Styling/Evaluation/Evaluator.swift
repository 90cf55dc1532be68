import Checkpoints
import Kernels
import Networks
import Pictures
import Recipes
import Tensors

/// Measures results with a network's eyes and without.
public struct Evaluator: Sendable {
  /// What is evaluated: a result, and what it was made of.
  public struct Subject: Sendable {
    /// The result.
    public var result: Picture

    /// The photograph, of about the same shape; scaled to the result's size.
    public var content: Picture

    /// The paintings; there may be none.
    public var styles: [StylingJob.Style]

    /// The longer side of the paintings, as a multiple of the result's.
    public var styleScale: Double

    /// A result, and what it was made of.
    public init(
      _ result: Picture, of content: Picture, styles: [StylingJob.Style], styleScale: Double = 1
    ) {
      self.result = result
      self.content = content
      self.styles = styles
      self.styleScale = styleScale
    }

    /// A result of a recipe, with its pictures; paintings are judged in the colors that it wants of them.
    public init(
      _ result: Picture, of content: Picture, styles: [StylingJob.Style], by recipe: Recipe,
      on workers: Workers
    ) {
      let side = Double(Evaluator.standardSide) * recipe.styleScale
      self.init(
        result, of: content,
        styles: styles.map {
          $0.colored(
            like: content, as: recipe.color, longerSide: max(1, Int(side.rounded())), on: workers)
        }, styleScale: recipe.styleScale)
    }
  }

  /// The network looks at pictures that are scaled down to this longer side, in pixels, or are smaller:
  /// so the measures of results of all sizes compare, and take about a second.
  public static let standardSide = 512

  private let network: VGG
  private let styleLayers: Set<LayerName>
  private let heads: [Tensor]?

  /// An evaluator.
  ///
  /// - Parameters:
  ///   - network: whose features are compared.
  ///   - styleLayers: where textures are compared; those that the network lacks are left out.
  ///   - heads: what LPIPS learned; used if the network can bear them.
  public init(
    _ network: VGG, styleLayers: [String], heads: PerceptualHeadsCheckpoint? = nil
  ) {
    self.network = network
    self.styleLayers = Set(styleLayers.compactMap { LayerName($0) }.filter(network.contains))
    self.heads = network.canBearPerceptualHeads ? heads?.weights : nil
  }

  /// Measures a result.
  ///
  /// What is transparent is judged as it looks on white.
  ///
  /// - Parameters:
  ///   - subject: the result, and what it was made of.
  ///   - longerSide: the most that the network looks at, in pixels.
  ///   - workers: the threads.
  ///   - checkpoint: called between layers; what it throws ends the work.
  /// - Throws: `StylingError.otherShape` when the photograph is of another shape than the result,
  ///   `tooNarrow` when the network would see nothing of a picture.
  public func evaluation(
    of subject: Subject, longerSide: Int = standardSide, on workers: Workers,
    checkpoint: () throws -> Void = {}
  ) throws -> Evaluation {
    let result = subject.result.onWhite
    let content = try Self.photograph(subject.content.onWhite, like: result, on: workers)
    let side = min(longerSide, max(result.width, result.height))
    let image = Tensor(result.resized(longerSide: side, on: workers))
    let photograph = Tensor(content.resized(longerSide: side, on: workers))

    let perceptual = network.lastLayers.filter {
      VGG.minimumSide(for: $0) <= min(image.shape.height, image.shape.width)
    }
    let styles = subject.styles.filter { $0.weight != 0 }
    let textures = styles.isEmpty ? [] : styleLayers
    try StylingJob.requireRoom(
      for: textures.max(), in: result, longerSide: side, what: "result")
    let seen = try features(
      of: image, at: textures.union(perceptual), on: workers, checkpoint: checkpoint)
    let wanted = try features(
      of: photograph, at: Set(perceptual), on: workers, checkpoint: checkpoint)
    let targets = try targets(
      of: styles, longerSide: max(1, Int((Double(side) * subject.styleScale).rounded())),
      at: textures, on: workers, checkpoint: checkpoint)

    let distances = perceptual.map { UnitDistance.mean(seen[$0], wanted[$0], on: workers) }
    return Evaluation(
      signalToNoise: result.peakSignalToNoise(to: content),
      structuralSimilarity: result.structuralSimilarity(to: content, on: workers),
      perceptualDistance: distances.reduce(0, +) / Double(max(distances.count, 1)),
      lpips: lpips(seen, wanted, at: perceptual, on: workers),
      gramDistances: Dictionary(
        uniqueKeysWithValues: targets.map { layer, target in
          let loss = GramLoss(target: target, on: workers)
          return (layer, loss.measure(seen[layer], draw: 0, on: workers)().value)
        }))
  }

  /// The photograph at the size of a result; its shape may differ by what rounding does.
  private static func photograph(
    _ photograph: Picture, like result: Picture, on workers: Workers
  ) throws(StylingError) -> Picture {
    let (width, height) = (result.width, result.height)
    let size = Picture.size(
      width: photograph.width, height: photograph.height, longerSide: max(width, height))
    guard abs(size.width - width) <= 1, abs(size.height - height) <= 1 else {
      throw .otherShape(
        what: "content picture", width: photograph.width, height: photograph.height,
        than: "result", otherWidth: width, otherHeight: height)
    }
    if (photograph.width, photograph.height) == (width, height) { return photograph }
    return Picture(
      Resampler.lanczos3(Tensor(photograph), height: height, width: width, on: workers))
  }

  private func features(
    of image: Tensor, at layers: Set<LayerName>, on workers: Workers,
    checkpoint: () throws -> Void
  ) throws -> Features {
    try FeatureExtractor(
      of: layers, through: network, height: image.shape.height, width: image.shape.width,
      on: workers
    ).features(of: image, checkpoint: checkpoint)
  }

  /// The mix of the paintings, as a run is judged by.
  private func targets(
    of styles: [StylingJob.Style], longerSide: Int, at layers: Set<LayerName>,
    on workers: Workers, checkpoint: () throws -> Void
  ) throws -> [LayerName: StyleStatistics] {
    guard !layers.isEmpty else { return [:] }
    let paintings = try styles.map { style in
      try StylingJob.requireRoom(
        for: layers.max(), in: style.picture, longerSide: longerSide, what: "style picture")
      let painting = style.picture.onWhite.resized(longerSide: longerSide, on: workers)
      return try StyleTargets(
        of: Tensor(painting), at: layers, through: network, on: workers, checkpoint: checkpoint)
    }
    return StyleTargets(blending: paintings, shares: styles.map(\.weight), on: workers).layers
  }

  /// LPIPS, if there are heads and the picture has room for all five layers.
  private func lpips(
    _ seen: Features, _ wanted: Features, at layers: [LayerName], on workers: Workers
  ) -> Double? {
    guard let heads, layers.count == heads.count else { return nil }
    return zip(layers, heads).reduce(0) { sum, part in
      let (layer, head) = part
      return sum + UnitDistance.mean(seen[layer], wanted[layer], weights: head, on: workers)
    }
  }
}
