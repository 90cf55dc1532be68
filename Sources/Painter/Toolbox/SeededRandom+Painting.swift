import Tensors

extension SeededRandom {
  /// A generator for one point of a lattice, such as one sample of one pixel, whatever thread asks.
  init(seed: UInt64, _ x: Int, _ y: Int, _ z: Int = 0) {
    var state = seed &+ UInt64(truncatingIfNeeded: x) &* 0xd6e8_feb8_6659_fd93
    state = Self.mixed(state) &+ UInt64(truncatingIfNeeded: y) &* 0xa076_1d64_78bd_642f
    state = Self.mixed(state) &+ UInt64(truncatingIfNeeded: z) &* 0xe703_7ed1_a0b4_28db
    self.init(seed: state)
  }

  /// The next number, in 0..<1.
  mutating func unit() -> Float { Float(next() >> 40) * 0x1p-24 }

  /// The next number, in a range.
  mutating func within(_ range: ClosedRange<Float>) -> Float {
    range.lowerBound + (range.upperBound - range.lowerBound) * unit()
  }

  /// The next three numbers, each in -½..<½.
  mutating func centered() -> Vector { Vector(unit() - 0.5, unit() - 0.5, unit() - 0.5) }
}
