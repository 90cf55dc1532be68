/// A small seeded generator with the same numbers on every machine.
///
/// Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014.
struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// A generator for one point of a lattice, such as one sample of one pixel, whatever thread asks.
  init(seed: UInt64, _ x: Int, _ y: Int, _ z: Int = 0) {
    state = seed &+ UInt64(truncatingIfNeeded: x) &* 0xd6e8_feb8_6659_fd93
    state = Self.mixed(state) &+ UInt64(truncatingIfNeeded: y) &* 0xa076_1d64_78bd_642f
    state = Self.mixed(state) &+ UInt64(truncatingIfNeeded: z) &* 0xe703_7ed1_a0b4_28db
  }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    return Self.mixed(state)
  }

  /// The next number, in 0..<1.
  mutating func unit() -> Float { Float(next() >> 40) * 0x1p-24 }

  /// The next number, in a range.
  mutating func within(_ range: ClosedRange<Float>) -> Float {
    range.lowerBound + (range.upperBound - range.lowerBound) * unit()
  }

  private static func mixed(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
