import Foundation
import Recipes

/// What changes from a picture of the exploration to its neighbor on one side, and where on it the
/// center is.
///
/// A slider's values stand on a fixed scale around the value that the axis began with, so that whoever
/// goes somewhere and back finds what was there before.
public struct ExploreAxis: Equatable, Sendable {
  /// What can change.
  public enum Kind: Hashable, Sendable {
    /// A slider.
    case parameter(Parameter)
    /// The paintings' shares: each alone, and mixes.
    case paintings
    /// The presets.
    case presets

    /// What it is called.
    public var title: String {
      switch self {
      case .parameter(let parameter): parameter.title
      case .paintings: "paintings"
      case .presets: "presets"
      }
    }

    /// What can change where a recipe is the center.
    public static func all(for recipe: Recipe) -> [Kind] {
      var kinds: [Kind] = [.contentWeight, .styleWeight, .parameter(.tvWeight)]
      kinds.append(.parameter(.learningRate))
      if recipe.start == .noise { kinds.append(.parameter(.seed)) }
      if recipe.styles.count > 1 { kinds.append(.paintings) }
      if Preset.all.count > 1 { kinds.append(.presets) }
      return kinds
    }

    /// How much the photograph's structure counts.
    public static let contentWeight = Kind.parameter(.contentWeight)
    /// How much the paintings' texture counts.
    public static let styleWeight = Kind.parameter(.styleWeight)
  }

  /// How many positions lie between 1 and 10.
  private static let decade = 32

  /// The finest and the coarsest that neighbors differ by, in positions.
  private static let steps = 1...decade

  /// What changes.
  public let kind: Kind

  /// Where the center is.
  public private(set) var position = 0

  /// How many positions neighbors are apart.
  public private(set) var step: Int

  /// The slider's value at position 0.
  private let anchor: Double

  /// What stands at each position from 0 on; empty for a slider.
  private let options: [ExploreStop]

  /// An axis through a recipe.
  public init(_ kind: Kind, through recipe: Recipe) {
    self.kind = kind
    switch kind {
    case .parameter(let parameter):
      anchor = parameter.value(in: recipe)
      options = []
      step = parameter == .seed ? 1 : Self.decade / 2
      return
    case .paintings:
      let shares = recipe.styles.map(\.weight)
      var mixes = Self.mixes(of: shares.count)
      // The center is among them, whatever its proportions.
      position = mixes.firstIndex(of: shares) ?? 0
      if !mixes.contains(shares) { mixes.insert(shares, at: 0) }
      options = mixes.map(ExploreStop.shares)
    case .presets:
      let presets = Preset.all.map { ExploreStop.preset($0.name) }
      let own = presets.firstIndex { stop in
        var changed = recipe
        stop.apply(to: &changed)
        return changed == recipe
      }
      position = own ?? 0
      options = own == nil ? [.asIs] + presets : presets
    }
    anchor = 0
    step = 1
  }

  /// What stands at a position.
  public func stop(at position: Int) -> ExploreStop {
    switch kind {
    case .parameter(let parameter): .value(parameter, value(of: parameter, at: position))
    case .paintings, .presets: options[position]
    }
  }

  /// So many positions around the center, or as many as there are; towards an end the center is no
  /// longer in their middle.
  public func positions(atMost count: Int) -> [Int] {
    var first = position
    var last = position
    func isThere(_ position: Int) -> Bool { bounds.contains(position) }
    while (last - first) / step + 1 < count {
      let (below, above) = (first - step, last + step)
      let isBelowNext = position - first <= last - position && isThere(below) || !isThere(above)
      guard isBelowNext ? isThere(below) : isThere(above) else { break }
      if isBelowNext { first = below } else { last = above }
    }
    return Array(stride(from: first, through: last, by: step))
  }

  /// Makes a position the center.
  public mutating func move(to position: Int) {
    precondition(bounds.contains(position))
    self.position = position
  }

  /// Whether neighbors can be nearer, or farther, than they are.
  public func canChangeStep(isNarrower: Bool) -> Bool {
    guard options.isEmpty, kind != .parameter(.seed) else { return false }
    return Self.steps.contains(isNarrower ? step / 2 : step * 2)
  }

  /// Moves neighbors nearer, or farther, by half their distance on the scale.
  public mutating func changeStep(isNarrower: Bool) {
    guard canChangeStep(isNarrower: isNarrower) else { return }
    step = isNarrower ? step / 2 : step * 2
  }

  /// The factor from one neighbor to the next; nil where there is none.
  public var factor: Double? {
    guard options.isEmpty, kind != .parameter(.seed) else { return nil }
    return pow(10, Double(step) / Double(Self.decade))
  }

  /// Where there is something.
  private var bounds: ClosedRange<Int> {
    guard case .parameter(let parameter) = kind else { return 0...options.count - 1 }
    if parameter == .seed { return -Int(min(anchor, 1e9))...Int(1e9) }
    let least = Self.least(of: parameter)
    func position(of value: Double) -> Int {
      Int((log10(value / (anchor > 0 ? anchor : least)) * Double(Self.decade)).rounded())
    }
    // Beyond the slider's ends there are surprises; far beyond them there is nothing to see.
    let upper = max(0, position(of: 10 * parameter.range.upperBound))
    return (anchor > 0 ? min(0, position(of: least / 10)) : 0)...upper
  }

  private func value(of parameter: Parameter, at position: Int) -> Double {
    if position == 0 { return anchor }
    if parameter == .seed { return anchor + Double(position) }
    let value =
      (anchor > 0 ? anchor : Self.least(of: parameter))
      * pow(10, Double(position) / Double(Self.decade))
    return value.rounded(significantDigits: 3)
  }

  /// The slider's least value other than 0.
  private static func least(of parameter: Parameter) -> Double {
    parameter.range.lowerBound > 0 ? parameter.range.lowerBound : 1
  }

  /// Each painting alone, pairs in equal shares, and all of them; of two also two to one.
  private static func mixes(of count: Int) -> [[Double]] {
    func shares(_ chosen: [Int: Double]) -> [Double] { (0..<count).map { chosen[$0] ?? 0 } }
    if count == 2 { return [[1, 0], [2, 1], [1, 1], [1, 2], [0, 1]] }
    var mixes = (0..<count).map { shares([$0: 1]) }
    for first in 0..<count {
      for second in first + 1..<max(count, first + 1) {
        mixes.append(shares([first: 1, second: 1]))
      }
    }
    if count > 2 { mixes.append(Array(repeating: 1, count: count)) }
    return mixes
  }
}
