import Tensors

/// What the impasto picture shows: a low sun in a rolling sky, hills, a field of poppies, cypresses.
///
/// Places are in heights of the picture: x from 0 to `aspect`, y from 0 (top) to 1.
struct PoppyField {
  /// The paint for one stroke, and how long and wide the stroke may be.
  struct Touch {
    var body: Vector
    var streak: Vector
    var reach: Float
    var breadth: Float = 1
  }

  let aspect: Float
  let hasCypresses: Bool

  private static let forms = Noise(seed: 311)
  private static let sun = Point(0.93, 0.315)
  private static let discRadius: Float = 0.088

  private enum Part { case sky, sun, hill, field, cypress }

  // The palette, as tubes of paint are named.
  private static let prussian = pigment(0x0B2447)
  private static let ultramarine = pigment(0x1B3A93)
  private static let cobalt = pigment(0x1F5FB8)
  private static let cerulean = pigment(0x3F9CC9)
  private static let turquoise = pigment(0x7CC4BE)
  private static let cream = pigment(0xF6E7BE)
  private static let naples = pigment(0xF2CF7A)
  private static let ochre = pigment(0xD99A2B)
  private static let orange = pigment(0xE8742A)
  private static let vermilion = pigment(0xD8381E)
  private static let crimson = pigment(0x8E1B2C)
  private static let violet = pigment(0x4B3A80)
  private static let viridian = pigment(0x1F5B4A)
  private static let olive = pigment(0x6F7A2A)
  private static let umber = pigment(0x2A1D1A)

  /// The lie of the land at the top of the hills and of the field.
  private func skyline(_ x: Float) -> Float {
    0.575 + 0.045 * Self.forms(x * 2.1, 4) + 0.015 * Self.forms(x * 7, 9)
  }
  private func fieldEdge(_ x: Float) -> Float { 0.665 + 0.02 * Self.forms(x * 1.7, 14) }

  private func isCypress(_ p: Point) -> Bool {
    for (x, top, foot, half) in [
      (Float(0.205), Float(0.12), Float(0.87), Float(0.082)), (0.365, 0.38, 0.80, 0.050),
    ] {
      let rise = (foot - p.y) / (foot - top)
      guard rise > 0, rise < 1 else { continue }
      let sway = 0.022 * Self.forms(p.y * 4, x * 50) * rise
      let edge = 1 + 0.3 * Self.forms(p.x * 22, p.y * 9)
      let profile = (1 - rise) * (0.62 + 1.9 * rise * (1 - 0.5 * rise))
      if abs(p.x - x - sway) < half * profile * edge { return true }
    }
    return false
  }

  private func part(_ p: Point) -> Part {
    if hasCypresses, isCypress(p) { return .cypress }
    if length(p - Self.sun) < Self.discRadius { return .sun }
    if p.y > fieldEdge(p.x) { return .field }
    return p.y > skyline(p.x) ? .hill : .sky
  }

  /// How small the forms are there, 0...1.
  func detail(_ p: Point) -> Float {
    switch part(p) {
    case .sky: 0.25 + 0.6 * bell(length(p - Self.sun) - 0.12, radius: 0.16)
    case .sun: 0.7
    case .hill: 0.45
    case .field: 0.5 + 0.5 * smoothstep(0.95, 0.68, p.y)
    case .cypress: 1
    }
  }

  /// The direction in which the brush moves there.
  func flow(_ p: Point) -> Point {
    switch part(p) {
    case .sky, .sun:
      // Around the sun, around two eddies, and otherwise along rolling bands.
      var direction = normalized(
        Point(1, 0.22 * sine(turns: p.x * 1.05 + 0.1) + 0.55 * Self.forms(p.x * 2.2, p.y * 3.1)))
      for (center, radius, spin) in [
        (Self.sun, Float(0.34), Float(-1)), (Point(0.52, 0.21), 0.22, 1),
        (Point(1.22, 0.14), 0.17, 1),
        (Point(0.06, 0.34), 0.18, -1),
      ] {
        let offset = p - center
        let pull = bell(length(offset), radius: radius)
        // A spiral rather than a ring, but for the sun.
        let inward: Float = radius > 0.3 ? 0 : 0.28
        let around =
          normalized(Point(-offset.y - inward * offset.x, offset.x - inward * offset.y)) * spin
        direction = direction * (1 - smoothstep(0, 0.45, pull)) + around * smoothstep(0, 0.45, pull)
      }
      return normalized(direction)
    case .hill:
      let e: Float = 0.01
      let rise = (skyline(p.x + e) - skyline(p.x - e)) / (2 * e)
      return normalized(Point(1, rise * 1.6 + 0.35 * Self.forms(p.x * 9, p.y * 9)))
    case .field:
      // Furrows that run to a point below the sun.
      let away = p - Point(0.93, 0.55)
      let bend = 0.45 * Self.forms(p.x * 3, p.y * 5)
      return normalized(Point(away.x + bend * away.y, away.y - bend * away.x * 0.3))
    case .cypress:
      let lean = Self.forms(p.x * 11, p.y * 5) * 0.85
      return normalized(Point(lean, -1))
    }
  }

  /// The way of a brush along the flow; ends where the picture's part does.
  func path(from start: Point, length: Float, step: Float) -> [Point] {
    let home = part(start)
    var place = start
    var path = [start]
    var heading = flow(start)
    for _ in 0..<Int(length / step) {
      let next = flow(place)
      heading = normalized(heading * 0.45 + (dot(next, heading) < 0 ? -next : next))
      place += heading * step
      guard part(place) == home, place.x > -0.12, place.x < aspect + 0.12, place.y > -0.12,
        place.y < 1.12
      else { break }
      path.append(place)
    }
    return path
  }

  /// The paint to take up for a stroke that starts there.
  func touch(at p: Point, _ random: inout SeededRandom) -> Touch {
    let chance = random.unit()
    switch part(p) {
    case .sky: return sky(p, chance, random.unit())
    case .sun:
      let r = length(p - Self.sun) / Self.discRadius
      let body = r < 0.55 ? Self.cream : chance < 0.5 ? Self.naples : Self.ochre
      return Touch(body: body, streak: chance < 0.3 ? Self.orange : Self.cream, reach: 0.45)
    case .hill:
      let depth = smoothstep(skyline(p.x), fieldEdge(p.x), p.y)
      let pairs = [
        (Self.violet, Self.cobalt), (Self.ultramarine, Self.violet), (Self.viridian, Self.cerulean),
        (Self.prussian, Self.viridian), (Self.violet, Self.vermilion),
      ]
      let pick = pairs[min(4, Int((chance * 0.8 + depth * 0.35) * 5))]
      return Touch(body: pick.0, streak: pick.1, reach: 0.6)
    case .field: return field(p, chance, random.unit())
    case .cypress:
      let pairs = [
        (Self.prussian, Self.viridian), (Self.viridian, Self.umber), (Self.umber, Self.prussian),
        (Self.viridian, Self.olive), (Self.olive, Self.ochre),
      ]
      let pick = pairs[min(4, Int(chance * chance * chance * 5.3))]
      return Touch(body: pick.0, streak: pick.1, reach: 0.7, breadth: 0.55)
    }
  }

  private func sky(_ p: Point, _ chance: Float, _ second: Float) -> Touch {
    let wobble = 1 + 0.20 * Self.forms(p.x * 5 + 8, p.y * 5) + 0.18 * Self.forms(p.x * 13, p.y * 13)
    let r = length(p - Self.sun) / Self.discRadius * wobble
    let halo = 2.75 + 0.5 * Self.forms(p.x * 6, p.y * 6)
    let inHalo = r < halo
    if inHalo, second > (r / halo) * (r / halo) * 0.55 {
      // Rings of fire, from cream through orange to red.
      let ring = r + chance * 0.7
      let pick =
        ring < 1.5
        ? (Self.naples, Self.cream)
        : ring < 2.0
          ? (Self.ochre, Self.naples)
          : ring < 2.6 ? (Self.orange, Self.vermilion) : (Self.vermilion, Self.ochre)
      return Touch(body: pick.0, streak: pick.1, reach: 0.6, breadth: 0.75)
    }
    // Bands across the flow, lighter toward the horizon.
    let band = Self.forms.fractal(p.x * 1.9 + 3, p.y * 5.2, octaves: 3) * 1.9
    let height = smoothstep(0, 0.58, p.y)
    let tone = height * 0.55 + band * 0.55 + (chance - 0.5) * 0.34 + 0.13
    let steps = [
      Self.prussian, Self.ultramarine, Self.cobalt, Self.cerulean, Self.turquoise, Self.cream,
    ]
    let index = Int(clamped(tone, 0, 0.999) * 6)
    let neighbor = min(5, max(0, index + (second < 0.35 ? -1 : second < 0.85 ? 1 : 2)))
    let warm = second > 0.93 && height > 0.45
    return Touch(body: steps[index], streak: warm ? Self.orange : steps[neighbor], reach: 1)
  }

  private func field(_ p: Point, _ chance: Float, _ second: Float) -> Touch {
    let away = p - Point(0.93, 0.55)
    // The furrow: how far to the side for a given depth.
    let furrow =
      Self.forms(away.x / max(away.y, 0.05) * 1.6, 3) + 0.5 * Self.forms(p.x * 5, p.y * 9)
    let tone = furrow * 0.9 + (chance - 0.5) * 0.6 + 0.5
    let pairs = [
      (Self.viridian, Self.prussian), (Self.olive, Self.viridian), (Self.crimson, Self.vermilion),
      (Self.vermilion, Self.orange), (Self.ochre, Self.naples), (Self.orange, Self.ochre),
      (Self.naples, Self.cream),
    ]
    let clump = Self.forms.fractal(p.x * 4.4 + 20, p.y * 7, octaves: 3)
    if clump > 0.04, chance < 0.62 {
      let dark = second < 0.25
      return Touch(
        body: dark ? Self.crimson : Self.vermilion,
        streak: dark ? Self.umber : second < 0.7 ? Self.orange : Self.crimson, reach: 0.24)
    }
    let index = Int(clamped(tone, 0, 0.999) * 7)
    let pick = pairs[index]
    let surprise = second > 0.94 ? Self.cobalt : pick.1
    return Touch(body: pick.0, streak: surprise, reach: mix(0.35, 0.8, smoothstep(0.66, 0.9, p.y)))
  }
}
