import Testing

@testable import Painter

struct NoiseTests {
  private let noise = Noise(seed: 12)

  /// Values at places that fall on no lattice, over a wide area on both sides of zero.
  private func values(_ value: (Float, Float) -> Float) -> [Float] {
    (0..<10_000).map { value(Float($0 % 100) * 0.731 - 36, Float($0 / 100) * 0.617 - 31) }
  }

  @Test func `noise stays within one of zero and spreads evenly around it`() {
    for sample in [values { noise($0, $1) }, values { noise(Painter.Vector($0, $1, 0.4 * $0)) }] {
      let mean = sample.reduce(0, +) / 10_000
      let spread = (sample.reduce(0) { $0 + $1 * $1 } / 10_000).squareRoot()
      #expect(sample.allSatisfy { abs($0) <= 1 })
      #expect(abs(mean) < 0.02)
      #expect((0.2...0.4).contains(spread))
    }
  }

  @Test func `noise is zero on the lattice and has no jumps between`() {
    #expect(noise(3, -5) == 0)
    for step in 0..<1000 {
      let x = Float(step) * 0.01 - 5
      #expect(abs(noise(x + 0.01, 0.3) - noise(x, 0.3)) < 0.05)
    }
  }

  @Test func `ridges lie between zero and one`() {
    #expect(values { noise.ridged($0, $1, octaves: 6) }.allSatisfy { (0...1).contains($0) })
  }

  @Test func `seeds give unrelated noise`() {
    let other = Noise(seed: 13)
    let product = values { noise($0, $1) * other($0, $1) }.reduce(0, +) / 10_000
    #expect(abs(product) < 0.01)
  }
}
