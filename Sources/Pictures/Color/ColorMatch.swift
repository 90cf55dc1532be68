/// How colors have to change so that a picture has those of another, in OkLab.
public enum ColorMatching: Sendable {
  /// Mean and covariance become the other's, by the one linear map that moves colors least: the
  /// Monge–Kantorovich map (Pitié and Kokaram 2007).
  case covariance
  /// After that the distributions along the other's principal axes become the other's too.
  case histogram
}

/// The change itself.
struct ColorMatch: Sendable {
  /// Colors are spread by so much at most, so that what looks gray, and is so but for noise, does not become
  /// colorful.
  private static let largestGain = 4.0

  /// Variances below this, a 25th of a byte, are none.
  private static let leastVariance = 2.5e-8

  private let source: SIMD3<Double>
  private let target: SIMD3<Double>
  private let map: Matrix3

  /// Curves along the axes of the other picture's colors.
  private var curves: (axes: Matrix3, along: [ToneCurve])?

  /// The change of mean and covariance.
  init(from source: ColorMoments, to target: ColorMoments) {
    self.source = source.mean
    self.target = target.mean
    map = Self.transport(from: source.covariance, to: target.covariance)
  }

  /// `Σ^-½ (Σ^½ Σₜ Σ^½)^½ Σ^-½`.
  private static func transport(from source: Matrix3, to target: Matrix3) -> Matrix3 {
    let deviation = source.mappingEigenvalues { max($0, leastVariance).squareRoot() }
    let inverse = source.mappingEigenvalues { 1 / max($0, leastVariance).squareRoot() }
    let middle = (deviation * target * deviation).mappingEigenvalues { max($0, 0).squareRoot() }
    return (inverse * middle * inverse).mappingEigenvalues { min($0, largestGain) }
  }

  /// The change of the distributions as well.
  ///
  /// - Parameters:
  ///   - colors: some of the picture's colors, at least one.
  ///   - others: some of the other's, at least one.
  ///   - moments: all of the other's.
  mutating func refine(from colors: [OkLab], to others: [OkLab], of moments: ColorMoments) {
    let axes = moments.covariance.eigensystem.vectors
    let turn = axes.transposed
    let moved = colors.map { turn * (linear($0) - target) }
    let wanted = others.map { turn * (SIMD3<Double>($0.components) - target) }
    curves = (
      axes,
      (0..<3).map { axis in
        ToneCurve(from: moved.map { $0[axis] }, to: wanted.map { $0[axis] })
      }
    )
  }

  /// The changed color.
  func callAsFunction(_ color: OkLab) -> OkLab {
    let moved = linear(color)
    guard let curves else { return OkLab(SIMD3<Float>(moved)) }
    var place = curves.axes.transposed * (moved - target)
    for axis in 0..<3 { place[axis] = curves.along[axis](place[axis]) }
    return OkLab(SIMD3<Float>(curves.axes * place + target))
  }

  private func linear(_ color: OkLab) -> SIMD3<Double> {
    map * (SIMD3<Double>(color.components) - source) + target
  }
}

/// A rising curve that gives values the distribution of others.
struct ToneCurve: Sendable {
  private static let knots = 256

  /// The curve is nowhere steeper, so that a flat part of a picture does not become noisy.
  private static let steepest = 3.0

  private var inputs: [Double] = []
  private var outputs: [Double] = []

  /// - Parameters:
  ///   - values: at least one.
  ///   - others: at least one.
  init(from values: [Double], to others: [Double]) {
    let sources = Self.quantiles(values.sorted())
    let targets = Self.quantiles(others.sorted())
    var counts: [Double] = []
    for (input, output) in zip(sources, targets) {
      if input == inputs.last {  // one value can have one image: the mean
        outputs[outputs.count - 1] += output
        counts[counts.count - 1] += 1
      } else {
        inputs.append(input)
        outputs.append(output)
        counts.append(1)
      }
    }
    for index in outputs.indices { outputs[index] /= counts[index] }
    limitSteepness()
  }

  private static func quantiles(_ sorted: [Double]) -> [Double] {
    (0..<knots).map { knot in
      let place = (Double(knot) + 0.5) / Double(knots) * Double(sorted.count) - 0.5
      let place0 = min(max(Int(place.rounded(.down)), 0), sorted.count - 1)
      let place1 = min(place0 + 1, sorted.count - 1)
      let share = min(max(place - Double(place0), 0), 1)
      return sorted[place0] + share * (sorted[place1] - sorted[place0])
    }
  }

  /// From the middle outwards.
  private mutating func limitSteepness() {
    let middle = inputs.count / 2
    for index in inputs.indices.dropFirst(middle + 1) {
      let most = outputs[index - 1] + Self.steepest * (inputs[index] - inputs[index - 1])
      outputs[index] = min(outputs[index], most)
    }
    for index in inputs.indices.prefix(middle).reversed() {
      let least = outputs[index + 1] - Self.steepest * (inputs[index + 1] - inputs[index])
      outputs[index] = max(outputs[index], least)
    }
  }

  func callAsFunction(_ value: Double) -> Double {
    let last = inputs.count - 1
    if value <= inputs[0] { return outputs[0] + value - inputs[0] }
    if value >= inputs[last] { return outputs[last] + value - inputs[last] }
    var (low, high) = (0, last)
    while high - low > 1 {
      let middle = (low + high) / 2
      if inputs[middle] <= value { low = middle } else { high = middle }
    }
    let share = (value - inputs[low]) / (inputs[high] - inputs[low])
    return outputs[low] + share * (outputs[high] - outputs[low])
  }
}
