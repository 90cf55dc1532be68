// Curves made of additions, multiplications and square roots only. IEEE 754 fixes those to the last
// bit, so that a picture does not depend on the machine's mathematics library.

func mix(_ a: Float, _ b: Float, _ amount: Float) -> Float { a + (b - a) * amount }

func mix(_ a: Vector, _ b: Vector, _ amount: Float) -> Vector { a + (b - a) * amount }

func clamped(_ x: Float, _ low: Float = 0, _ high: Float = 1) -> Float { min(max(x, low), high) }

/// 0 below `low`, 1 above `high`, smooth between; falls when `low` is above `high`.
func smoothstep(_ low: Float, _ high: Float, _ x: Float) -> Float {
  let t = clamped((x - low) / (high - low))
  return t * t * (3 - 2 * t)
}

/// A bell of height 1 around 0 that is 0 beyond `radius`.
func bell(_ x: Float, radius: Float) -> Float {
  let t = max(0, 1 - (x / radius) * (x / radius))
  return t * t
}

/// The sine of an angle in turns, within 4e-6.
func sine(turns: Float) -> Float {
  var t = turns - turns.rounded()
  if abs(t) > 0.25 { t = (t < 0 ? -0.5 : 0.5) - t }
  let s = t * t
  return t * (6.283_185_3 + s * (-41.341_702 + s * (81.605_249 + s * (-76.705_86 + s * 42.058_69))))
}

/// The cosine of an angle in turns, within 4e-6.
func cosine(turns: Float) -> Float { sine(turns: turns + 0.25) }

/// e to the power of `x`, within 5e-6 of itself; about 0 far below, limited to 2¹²⁰ above.
func exponential(_ x: Float) -> Float {
  let power = clamped(x * 1.442_695_04, -126, 120)
  let whole = power.rounded()
  let f = power - whole  // within a half of zero, where five terms of the series are enough
  let high = 0.055_504_109 + f * (0.009_618_129 + f * 0.001_333_356)
  let fraction = 1 + f * (0.693_147_18 + f * (0.240_226_51 + f * high))
  return fraction * Float(bitPattern: UInt32(Int32(whole) + 127) << 23)
}

/// Linear light to the sRGB curve, within 0.002: sums of repeated square roots in place of a power.
func displayed(_ light: Float) -> Float {
  let x = clamped(light)
  let root = x.squareRoot()
  let fourth = root.squareRoot()
  let eighth = fourth.squareRoot()
  let curve = 0.662_002_7 * root + 0.684_122_06 * fourth - 0.323_583_6 * eighth - 0.022_541_15 * x
  return clamped(x < 0.003_130_8 ? 12.92 * x : curve)
}

/// A color of the sRGB gamut, written as in a style sheet, in linear light.
func pigment(_ hex: UInt32) -> Vector {
  func linear(_ byte: UInt32) -> Float {
    let x = Float(byte & 255) / 255  // the cubic is exact to 0.001 but near black
    return x * (x * (x * 0.305_306_01 + 0.682_171_1) + 0.012_522_88)
  }
  return Vector(linear(hex >> 16), linear(hex >> 8), linear(hex))
}
