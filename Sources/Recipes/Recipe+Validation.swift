extension Recipe {
  /// The sides a result may have: the least at which the deepest layer sees something, and the most
  /// that a picture file may hold.
  public static let sizes = 16...16_384

  /// Throws when a value makes no sense.
  public func validate() throws(RecipeError) {
    try require(Self.sizes.contains(size), "size", size, "16 to 16384 pixels")
    if let firstSize {
      try require(
        Self.sizes.contains(firstSize), "firstSize", firstSize, "16 to 16384 pixels")
    }
    try require((0..<1).contains(averaging), "averaging", averaging, "0 or more and less than 1")
    try require((0...1).contains(strength), "strength", strength, "0 to 1")
    if case .builtin(let styles) = method { try Self.validate(styles) }
    if case .model(let name) = method {
      try require(!name.isEmpty, "a network's name", "empty", "that of an imported network")
    }
    try require((0.05...20).contains(styleScale), "styleScale", styleScale, "0.05 to 20")
    try require((0...1_000_000).contains(iterations), "iterations", iterations, "0 to 1000000")
    try require(
      contentWeight.isFinite && contentWeight >= 0, "contentWeight", contentWeight, "0 or more")
    try require(styleWeight.isFinite && styleWeight >= 0, "styleWeight", styleWeight, "0 or more")
    try require(tvWeight.isFinite && tvWeight >= 0, "tvWeight", tvWeight, "0 or more")
    try require((0...0.25).contains(margin), "margin", margin, "0 to 0.25")
    try require((0.1...16).contains(scaleTaper), "scaleTaper", scaleTaper, "0.1 to 16")
    try require(
      (0...1_000_000).contains(contentFirst), "contentFirst", contentFirst, "0 to 1000000")
    try require((-4...4).contains(detail), "detail", detail, "-4 to 4")
    try require(
      styleLayerWeights.isEmpty || styleLayerWeights.count == styleLayers.count,
      "the number of styleLayerWeights", styleLayerWeights.count,
      "that of the style layers, \(styleLayers.count)")
    for weight in styleLayerWeights {
      try require(weight.isFinite && weight >= 0, "a style layer's weight", weight, "0 or more")
    }
    let sum = styleLayerWeights.reduce(0, +)
    try require(
      styleLayerWeights.isEmpty || sum > 0 && sum.isFinite, "the sum of styleLayerWeights", sum,
      "more than 0")
    try require(
      !normalizesGradients || optimizer == .adam, "the optimizer with normalizeGradients",
      optimizer,
      "adam")
    if let stopAfter {
      try require(
        stopAfter.isFinite && stopAfter > 0, "stopAfter", stopAfter, "more than 0 seconds")
    }
    if let stopWhenFlat {
      try require(
        (0..<1).contains(stopWhenFlat), "stopWhenFlat", stopWhenFlat, "0 or more and less than 1")
    }
    if let stopBelow {
      try require(stopBelow.isFinite, "stopBelow", stopBelow, "a number")
    }
    if let maskThreshold {
      try require((0...1).contains(maskThreshold), "maskThreshold", maskThreshold, "0 to 1")
    }
    try adam.validate()
    for style in styles {
      try require(style.weight.isFinite, "a style's weight", style.weight, "a number")
    }
    if !styles.isEmpty {
      try require(
        styles.contains { $0.weight != 0 }, "every style's weight", 0, "other than 0 for one style")
    }
  }
}

extension Recipe {
  private static func validate(_ styles: [BuiltinStyle]) throws(RecipeError) {
    let last = BuiltinStyle.count - 1
    for style in styles {
      try require(
        (0...last).contains(style.number), "a built-in style's number", style.number, "0 to \(last)"
      )
      try require(
        style.weight.isFinite && style.weight >= 0, "a built-in style's weight", style.weight,
        "0 or more")
    }
    let sum = styles.reduce(0) { $0 + $1.weight }
    try require(
      sum > 0 && sum.isFinite, "the sum of the built-in styles' weights", sum, "more than 0")
  }
}

extension AdamSettings {
  func validate() throws(RecipeError) {
    try require(
      learningRate.isFinite && learningRate > 0, "learningRate", learningRate, "more than 0")
    try require((0..<1).contains(beta1), "beta1", beta1, "0 or more and less than 1")
    try require((0..<1).contains(beta2), "beta2", beta2, "0 or more and less than 1")
    try require(decay > 0 && decay <= 1, "decay", decay, "more than 0, at most 1")
    try require(
      decaySteps.isFinite && decaySteps >= 1, "decaySteps", decaySteps, "1 or more")
    try require(clip > 0, "clip", clip, "more than 0")
  }
}

private func require<Value>(
  _ isRight: Bool, _ field: String, _ value: Value, _ allowed: String
) throws(RecipeError) {
  if !isRight { throw .outOfRange(field: field, value: "\(value)", allowed: allowed) }
}
