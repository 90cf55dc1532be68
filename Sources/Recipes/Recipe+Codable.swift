/// A recipe in a file: flat, every key optional. `preset` says what the rest departs from.
extension Recipe: Codable {
  private enum Key: String, CodingKey, CaseIterable {
    case preset, content, styles, method, strength, upsampling, median, exact
    case size, firstSize, scaleTaper, margin, styleScale, iterations, stopBelow, stopAfter,
      stopWhenFlat
    case contentFirst, start, seed, model, precision
    case contentLayers, styleLayers, styleLayerWeights, detail, styleLoss, normalizeGradients
    case contentWeight, styleWeight, tvWeight
    case protect, maskThreshold, color
    case optimizer, averaging, learningRate, beta1, beta2, decay, decaySteps, clip
  }

  /// The keys that a recipe file may hold.
  public static let keys = Key.allCases.map(\.stringValue)

  /// Reads a recipe; unknown keys are errors, since they are most likely misspelled ones.
  public init(from decoder: any Decoder) throws {
    try decoder.refuseKeys(otherThan: Key.self)
    let values = try decoder.container(keyedBy: Key.self)
    self =
      try values.decodeIfPresent(String.self, forKey: .preset)
      .map { try Preset.named($0).recipe } ?? Recipe()
    content = try values.decodeIfPresent(String.self, forKey: .content)
    styles = try values.decodeIfPresent([Style].self, forKey: .styles) ?? []
    protect = try values.decodeIfPresent(String.self, forKey: .protect)
    maskThreshold = try values.decodeIfPresent(Double.self, forKey: .maskThreshold)
    stopBelow = try values.decodeIfPresent(Double.self, forKey: .stopBelow)
    stopAfter = try values.decodeIfPresent(Double.self, forKey: .stopAfter)
    stopWhenFlat = try values.decodeIfPresent(Double.self, forKey: .stopWhenFlat)
    try values.update(&contentFirst, .contentFirst)
    try values.update(&method, .method)
    try values.update(&strength, .strength)
    try values.update(&upsampling, .upsampling)
    try values.update(&median, .median)
    try values.update(&exact, .exact)
    try values.update(&size, .size)
    firstSize = try values.decodeIfPresent(Int.self, forKey: .firstSize) ?? firstSize
    try values.update(&scaleTaper, .scaleTaper)
    try values.update(&margin, .margin)
    try values.update(&styleScale, .styleScale)
    try values.update(&color, .color)
    try values.update(&iterations, .iterations)
    try values.update(&start, .start)
    try values.update(&seed, .seed)
    try values.update(&model, .model)
    try values.update(&precision, .precision)
    try values.update(&contentLayers, .contentLayers)
    try values.update(&styleLayers, .styleLayers)
    try values.update(&styleLayerWeights, .styleLayerWeights)
    try values.update(&detail, .detail)
    try values.update(&styleLoss, .styleLoss)
    try values.update(&normalizesGradients, .normalizeGradients)
    try values.update(&contentWeight, .contentWeight)
    try values.update(&styleWeight, .styleWeight)
    try values.update(&tvWeight, .tvWeight)
    try values.update(&optimizer, .optimizer)
    try values.update(&averaging, .averaging)
    try values.update(&adam.learningRate, .learningRate)
    try values.update(&adam.beta1, .beta1)
    try values.update(&adam.beta2, .beta2)
    try values.update(&adam.decay, .decay)
    try values.update(&adam.decaySteps, .decaySteps)
    try values.update(&adam.clip, .clip)
  }

  /// Writes every value, so that the file keeps its meaning when presets change.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    try values.encodeIfPresent(content, forKey: .content)
    try values.encode(styles, forKey: .styles)
    try values.encodeIfPresent(protect, forKey: .protect)
    try values.encodeIfPresent(maskThreshold.map(ExactDouble.init), forKey: .maskThreshold)
    try values.encode(method, forKey: .method)
    try values.encode(ExactDouble(strength), forKey: .strength)
    try values.encode(upsampling, forKey: .upsampling)
    try values.encode(median, forKey: .median)
    try values.encode(exact, forKey: .exact)
    try values.encode(size, forKey: .size)
    try values.encodeIfPresent(firstSize, forKey: .firstSize)
    try values.encode(ExactDouble(scaleTaper), forKey: .scaleTaper)
    try values.encode(ExactDouble(margin), forKey: .margin)
    try values.encode(ExactDouble(styleScale), forKey: .styleScale)
    try values.encode(color, forKey: .color)
    try values.encode(iterations, forKey: .iterations)
    try values.encodeIfPresent(stopBelow.map(ExactDouble.init), forKey: .stopBelow)
    try values.encodeIfPresent(stopAfter.map(ExactDouble.init), forKey: .stopAfter)
    try values.encodeIfPresent(stopWhenFlat.map(ExactDouble.init), forKey: .stopWhenFlat)
    try values.encode(contentFirst, forKey: .contentFirst)
    try values.encode(start, forKey: .start)
    try values.encode(seed, forKey: .seed)
    try values.encode(model, forKey: .model)
    try values.encode(precision, forKey: .precision)
    try values.encode(contentLayers, forKey: .contentLayers)
    try values.encode(styleLayers, forKey: .styleLayers)
    try values.encode(styleLayerWeights.map(ExactDouble.init), forKey: .styleLayerWeights)
    try values.encode(ExactDouble(detail), forKey: .detail)
    try values.encode(styleLoss, forKey: .styleLoss)
    try values.encode(normalizesGradients, forKey: .normalizeGradients)
    try values.encode(ExactDouble(contentWeight), forKey: .contentWeight)
    try values.encode(ExactDouble(styleWeight), forKey: .styleWeight)
    try values.encode(ExactDouble(tvWeight), forKey: .tvWeight)
    try values.encode(optimizer, forKey: .optimizer)
    try values.encode(ExactDouble(averaging), forKey: .averaging)
    try values.encode(ExactDouble(adam.learningRate), forKey: .learningRate)
    try values.encode(ExactDouble(adam.beta1), forKey: .beta1)
    try values.encode(ExactDouble(adam.beta2), forKey: .beta2)
    try values.encode(ExactDouble(adam.decay), forKey: .decay)
    try values.encode(ExactDouble(adam.decaySteps), forKey: .decaySteps)
    try values.encode(ExactDouble(adam.clip), forKey: .clip)
  }
}

/// A style in a file: a path, or a path with its weight and mask.
extension Recipe.Style: Codable {
  private enum Key: String, CodingKey, CaseIterable {
    case picture, weight, mask
  }

  /// Reads `picture.jpg` or `{picture: picture.jpg, weight: 2, mask: mask.png}`.
  public init(from decoder: any Decoder) throws {
    if let path = try? decoder.singleValueContainer().decode(String.self) {
      self.init(picture: path)
      return
    }
    try decoder.refuseKeys(otherThan: Key.self)
    let values = try decoder.container(keyedBy: Key.self)
    self.init(picture: try values.decode(String.self, forKey: .picture))
    try values.update(&weight, .weight)
    mask = try values.decodeIfPresent(String.self, forKey: .mask)
  }

  /// Writes what there is.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    try values.encode(picture, forKey: .picture)
    try values.encode(ExactDouble(weight), forKey: .weight)
    try values.encodeIfPresent(mask, forKey: .mask)
  }
}

extension KeyedDecodingContainer {
  fileprivate func update<Value: Decodable>(_ value: inout Value, _ key: Key) throws {
    if let found = try decodeIfPresent(Value.self, forKey: key) { value = found }
  }
}

/// Any key at all.
private struct AnyKey: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }
  init?(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}

extension Decoder {
  fileprivate func refuseKeys<Key: CodingKey & CaseIterable>(otherThan known: Key.Type) throws {
    let names = Set(known.allCases.map(\.stringValue))
    let keys = try container(keyedBy: AnyKey.self).allKeys
    if let stranger = keys.first(where: { !names.contains($0.stringValue) }) {
      throw DecodingError.dataCorrupted(
        .init(codingPath: codingPath, debugDescription: "unknown key '\(stranger.stringValue)'"))
    }
  }
}
