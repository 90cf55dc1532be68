import Foundation
import Recipes

/// A value of the recipe that has a slider.
public enum Parameter: String, CaseIterable, Hashable, Sendable {
  case contentWeight, styleWeight, detail, tvWeight, iterations, size, firstSize, margin
  case averaging, learningRate, seed, strength

  /// What the slider is called.
  public var title: String {
    switch self {
    case .contentWeight: "content weight"
    case .styleWeight: "style weight"
    case .detail: "fine detail"
    case .tvWeight: "smoothness"
    case .iterations: "iterations"
    case .size: "size"
    case .firstSize: "first size"
    case .margin: "margin"
    case .averaging: "averaging"
    case .learningRate: "learning rate"
    case .seed: "seed"
    case .strength: "strength"
    }
  }

  /// What the number counts, if anything.
  public var unit: String { self == .size || self == .firstSize ? "px" : "" }

  /// What the slider covers; typing goes beyond it.
  public var range: ClosedRange<Double> {
    switch self {
    case .contentWeight: 1e-4...1e-2
    case .styleWeight: 1...100
    case .detail: -1...1
    case .tvWeight: 0...1000
    case .iterations: 10...2000
    case .size: 64...2048
    case .firstSize: 0...1024
    case .margin: 0...0.1
    case .averaging: 0...0.99
    case .learningRate: 1e-3...1e-1
    case .seed: 0...99
    case .strength: 0...1
    }
  }

  /// Whether a running job takes a new value at its next iteration; the others wait for a start.
  public var isLive: Bool {
    switch self {
    case .contentWeight, .styleWeight, .detail, .tvWeight, .iterations, .learningRate: true
    case .size, .firstSize, .margin, .averaging, .seed, .strength: false
    }
  }

  var isWhole: Bool {
    switch self {
    case .iterations, .size, .firstSize, .seed: true
    case .contentWeight, .styleWeight, .detail, .tvWeight, .margin, .averaging, .learningRate,
      .strength:
      false
    }
  }

  /// The value in a recipe.
  public func value(in recipe: Recipe) -> Double {
    switch self {
    case .contentWeight: recipe.contentWeight
    case .styleWeight: recipe.styleWeight
    case .detail: recipe.detail
    case .tvWeight: recipe.tvWeight
    case .iterations: Double(recipe.iterations)
    case .size: Double(recipe.size)
    // 0 starts at the full size.
    case .firstSize: Double(recipe.firstSize ?? 0)
    case .margin: recipe.margin
    case .averaging: recipe.averaging
    case .learningRate: recipe.adam.learningRate
    case .seed: Double(recipe.seed)
    case .strength: recipe.strength
    }
  }

  /// Sets the value in a recipe, rounded where it is whole.
  ///
  /// - Throws: A `RecipeError` when the recipe makes no sense with it; then it is unchanged.
  public func set(_ value: Double, in recipe: inout Recipe) throws(RecipeError) {
    var changed = recipe
    let whole = Int(exactly: value.rounded()) ?? -1
    switch self {
    case .contentWeight: changed.contentWeight = value
    case .styleWeight: changed.styleWeight = value
    case .detail: changed.detail = value
    case .tvWeight: changed.tvWeight = value
    case .iterations: changed.iterations = whole
    case .size: changed.size = whole
    case .firstSize: changed.firstSize = whole == 0 ? nil : whole
    case .margin: changed.margin = value
    case .averaging: changed.averaging = value
    case .learningRate: changed.adam.learningRate = value
    case .strength: changed.strength = value
    case .seed:
      guard whole >= 0 else {
        throw .outOfRange(field: "seed", value: text(value), allowed: "0 or more")
      }
      changed.seed = UInt64(whole)
    }
    try changed.validate()
    recipe = changed
  }

  /// Where a value lies on the slider, 0…1; what is outside its range lies at an end.
  public func position(of value: Double) -> Double {
    let value = min(max(value, range.lowerBound), range.upperBound)
    switch scale {
    case .linear:
      return (value - range.lowerBound) / (range.upperBound - range.lowerBound)
    case .logarithmic:
      return log(value / range.lowerBound) / log(range.upperBound / range.lowerBound)
    case .logarithmicAboveZero(let least):
      if value < least { return 0 }
      return Self.zeroNotch
        + (1 - Self.zeroNotch) * log(value / least) / log(range.upperBound / least)
    }
  }

  /// The value at a place on the slider, 0…1, rounded to what a person would have typed.
  public func value(at position: Double) -> Double {
    let position = min(max(position, 0), 1)
    let value: Double
    switch scale {
    case .linear:
      value = range.lowerBound + position * (range.upperBound - range.lowerBound)
    case .logarithmic:
      value = range.lowerBound * pow(range.upperBound / range.lowerBound, position)
    case .logarithmicAboveZero(let least):
      if position < Self.zeroNotch { return 0 }
      let fraction = (position - Self.zeroNotch) / (1 - Self.zeroNotch)
      value = least * pow(range.upperBound / least, fraction)
    }
    if self == .size || self == .firstSize { return (value / 16).rounded() * 16 }
    if isWhole { return value.rounded() }
    return scale == .linear ? (value * 1000).rounded() / 1000 : value.rounded(significantDigits: 3)
  }

  /// The value some notches up or down.
  ///
  /// A fine notch is a tenth of a coarse one. The result is within the slider's range, and another
  /// value unless at an end.
  public func value(_ value: Double, movedBy notches: Int, isFine: Bool) -> Double {
    guard notches != 0 else { return value }
    if self == .seed { return max(0, value + Double(notches * (isFine ? 1 : 10))) }
    if case .logarithmicAboveZero(let least) = scale, value < least, notches > 0 {
      return self.value(least, movedBy: notches - 1, isFine: isFine)
    }
    let step = (isFine ? 0.1 : 1) / Self.notches
    var place = position(of: value)
    var moved = value
    for _ in 0..<100 {
      place += Double(notches) * step
      moved = self.value(at: place)
      if moved != value || place <= 0 || place >= 1 { break }
    }
    return notches > 0 ? max(moved, value) : min(moved, value)
  }

  /// A value as it is shown and typed.
  public func text(_ value: Double) -> String {
    isWhole ? String(format: "%.0f", value) : String(format: "%.4g", value)
  }

  private enum Scale: Equatable {
    case linear
    case logarithmic
    case logarithmicAboveZero(least: Double)
  }

  private var scale: Scale {
    switch self {
    case .seed, .strength, .detail, .margin, .averaging: .linear
    case .firstSize: .logarithmicAboveZero(least: 64)
    case .tvWeight: .logarithmicAboveZero(least: 1)
    default: .logarithmic
    }
  }

  /// How many coarse notches a slider has.
  private static let notches = 40.0

  /// How much of the slider stands for zero.
  private static let zeroNotch = 0.025
}

extension Double {
  func rounded(significantDigits digits: Int) -> Double {
    guard self != 0, isFinite else { return self }
    let shift = pow(10, Double(digits - 1) - floor(log10(abs(self))))
    return (self * shift).rounded() / shift
  }
}
