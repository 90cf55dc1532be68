import Foundation

/// Random numbers that are the same in every run and on every machine: SplitMix64 (Steele, Lea and
/// Flood 2014).
public struct SeededRandom: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// A generator that always gives the same numbers for the same seed.
  public init(seed: UInt64) {
    state = seed
  }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return Self.mixed(state)
  }

  /// A bijection that makes neighboring numbers unlike each other: one step of a hash.
  public static func mixed(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A tensor of numbers uniform in `range`.
  public mutating func uniform(_ shape: Shape, in range: ClosedRange<Float> = -1...1) -> Tensor {
    Tensor((0..<shape.count).map { _ in Float.random(in: range, using: &self) }, shape: shape)
  }

  /// A tensor of normally distributed numbers, by the Box–Muller transform.
  public mutating func normal(_ shape: Shape, mean: Float, deviation: Float) -> Tensor {
    Tensor(
      (0..<shape.count).map { _ in
        let radius = (-2 * log(1 - Double.random(in: 0..<1, using: &self))).squareRoot()
        let angle = 2 * Double.pi * Double.random(in: 0..<1, using: &self)
        return mean + deviation * Float(radius * cos(angle))
      }, shape: shape)
  }
}
