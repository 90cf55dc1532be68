/// Light on film: exposure, a shoulder that keeps the drawing of bright parts, the display's curve.
///
/// - Parameters:
///   - light: linear; about 1 is white in full light.
///   - saturation: how much of the light's color the film keeps.
func filmed(_ light: Vector, exposure: Float, saturation: Float = 0.92) -> Vector {
  let gray = dot(light, Vector(0.25, 0.62, 0.13))
  let x = mix(Vector(repeating: gray), light, saturation) * exposure
  let bright = pointwiseMax(x, .zero)
  let toned = (bright * (2.51 * bright + 0.03)) / (bright * (2.43 * bright + 0.59) + 0.14)
  return shown(toned)
}

/// A linear color as the display's.
func shown(_ color: Vector) -> Vector {
  Vector(displayed(color.x), displayed(color.y), displayed(color.z))
}

/// Several colors in a row, mixed between neighbors; `place` runs from 0 to 1.
func gradient(_ colors: [Vector], _ place: Float) -> Vector {
  let last = colors.count - 1
  let x = clamped(place) * Float(last)
  let index = min(Int(x), last - 1)
  return mix(colors[index], colors[index + 1], x - Float(index))
}
