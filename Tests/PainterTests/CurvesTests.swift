import Foundation
import Testing

@testable import Painter

struct CurvesTests {
  @Test func `sine and cosine agree with the mathematics library`() {
    for step in -400...400 {
      let turns = Float(step) / 97
      let angle = 2 * Double.pi * Double(turns)
      #expect(abs(Double(sine(turns: turns)) - sin(angle)) < 6e-6)
      #expect(abs(Double(cosine(turns: turns)) - cos(angle)) < 6e-6)
    }
  }

  @Test func `the exponential agrees with the mathematics library`() {
    for step in -400...400 {
      let x = Double(Float(step) / 17)
      #expect(abs(Double(exponential(Float(x))) / exp(x) - 1) < 5e-6)
    }
    #expect(exponential(-1000) < 1e-37)
  }

  @Test func `the display curve is sRGB within half a step of 8 bits`() {
    for step in 0...1000 {
      let x = Double(step) / 1000
      let exact = x <= 0.003_130_8 ? 12.92 * x : 1.055 * pow(x, 1 / 2.4) - 0.055
      #expect(abs(Double(displayed(Float(x))) - exact) < 0.002)
    }
  }

  @Test func `a pigment is displayed as it was written`() {
    for gray: UInt32 in stride(from: 0, through: 255, by: 15) {
      let shown = displayed(pigment(gray << 16 | gray << 8 | gray).x) * 255
      #expect(abs(shown - Float(gray)) < 5)  // the cubic's error, largest near black
    }
  }
}
