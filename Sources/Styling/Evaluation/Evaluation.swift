import Networks

/// Measures of a result: how much of the photograph is in it, and how much of the paintings.
///
/// None of them is quality. A photograph that was left alone has the best PSNR; a painting has the best
/// Gram distance.
public struct Evaluation: Equatable, Sendable {
  /// The peak signal-to-noise ratio to the photograph, in decibels; infinity for the photograph itself.
  public var signalToNoise: Double

  /// The structural similarity of luminances to the photograph, 1 for the photograph itself.
  public var structuralSimilarity: Double

  /// How differently a network sees result and photograph, in the form of LPIPS but with every channel of
  /// every layer counting the same: 0 for the photograph itself, 2 at most.
  ///
  /// The mean over the last layer of each block of the mean over positions of `Σ (x̂ - ŷ)²`, of features
  /// whose channels are divided by their norm. It is no LPIPS: compare it only with itself.
  public var perceptualDistance: Double

  /// LPIPS itself (Zhang and others 2018, version 0.1, VGG), where its network and heads are installed.
  public var lpips: Double?

  /// How far the result's Gram matrices are from the paintings', relative to these: `Σ (G - A)² / Σ A²`,
  /// layer by layer; empty without paintings.
  public var gramDistances: [LayerName: Double]

  /// The mean of the Gram distances; nil without paintings.
  public var gramDistance: Double? {
    // Summed in the layers' order, so that it is the same every time.
    gramDistances.isEmpty
      ? nil
      : gramDistances.sorted { $0.key < $1.key }.reduce(0) { $0 + $1.value }
        / Double(gramDistances.count)
  }

  /// These measures.
  public init(
    signalToNoise: Double, structuralSimilarity: Double, perceptualDistance: Double,
    lpips: Double? = nil, gramDistances: [LayerName: Double] = [:]
  ) {
    self.signalToNoise = signalToNoise
    self.structuralSimilarity = structuralSimilarity
    self.perceptualDistance = perceptualDistance
    self.lpips = lpips
    self.gramDistances = gramDistances
  }
}

extension Evaluation {
  private static let gramPrefix = "gram."

  /// The measures by name, as favorites keep them: `psnr`, `ssim`, `perceptual`, `lpips`, `gram` and
  /// `gram.conv1_1` and so on.
  public var metrics: [String: Double] {
    var metrics = [
      "psnr": signalToNoise, "ssim": structuralSimilarity, "perceptual": perceptualDistance,
    ]
    metrics["lpips"] = lpips
    metrics["gram"] = gramDistance
    for (layer, distance) in gramDistances { metrics["\(Self.gramPrefix)\(layer)"] = distance }
    return metrics
  }

  /// The measures that `metrics` gave; nil where one is missing that is always there.
  public init?(metrics: [String: Double]) {
    guard let signalToNoise = metrics["psnr"], let structuralSimilarity = metrics["ssim"],
      let perceptualDistance = metrics["perceptual"]
    else { return nil }
    self.init(
      signalToNoise: signalToNoise, structuralSimilarity: structuralSimilarity,
      perceptualDistance: perceptualDistance, lpips: metrics["lpips"])
    for (name, value) in metrics where name.hasPrefix(Self.gramPrefix) {
      guard let layer = LayerName(name.dropFirst(Self.gramPrefix.count)) else { continue }
      gramDistances[layer] = value
    }
  }
}
