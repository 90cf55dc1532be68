import Tensors

extension Sample {
  /// Ink and water on paper: washes that bleed and fade, dry brush, much left white.
  static let inkWash = Sample(
    name: "ink-wash", kind: .style, width: 720, height: 960,
    title: "Peaks in mist and a pine, washed in ink", quality: 88
  ) { width, height, workers in
    let wash = InkWash()
    return rendered(width: width, height: height, side: 3, seed: 52, on: workers) { place, _ in
      wash.color(place / Float(width))
    }
  }
}

/// How much ink lies where; places are in widths of the picture, y down to 4/3.
struct InkWash: Sendable {
  private static let wet = Noise(seed: 601)
  private static let hairs = Noise(seed: 602)

  /// A mountain or a bank: its outline, and how dark its crest is.
  private struct Ridge {
    var level: Float
    var swing: Float
    var pitch: Float
    var ink: Float
    /// How far down the wash fades out.
    var fade: Float
    var seed: Float
  }

  private static let ridges = [
    Ridge(level: 0.52, swing: 0.36, pitch: 1.9, ink: 0.22, fade: 0.30, seed: 3),
    Ridge(level: 0.66, swing: 0.40, pitch: 2.2, ink: 0.42, fade: 0.26, seed: 17),
    Ridge(level: 0.80, swing: 0.22, pitch: 2.9, ink: 0.62, fade: 0.17, seed: 29),
  ]

  func color(_ p: Point) -> Vector {
    let fiber = Self.hairs.fractal(p.x * 150, p.y * 90, octaves: 4)
    let tooth = Self.hairs.fractal(p.x * 380, p.y * 380, octaves: 2)
    var paper = pigment(0xF1E8D6) * (1 + 0.035 * fiber)
    paper = mix(
      paper, pigment(0xDCCBAA),
      0.35 * smoothstep(0.1, 0.6, Self.wet.fractal(p.x * 2, p.y * 2, octaves: 4)))
    var ink: Float = 0
    for ridge in Self.ridges { ink = ink * cleared(p, ridge) + wash(p, ridge) }
    ink += moon(p)
    ink = max(ink, trees(p))
    ink += water(p)
    ink = laid(ink, rock(p))
    ink = laid(ink, pine(p))
    ink = laid(ink, boat(p))
    ink = laid(ink, birds(p))
    // Pigment settles in the paper's hollows, more where it is thin.
    let settled = ink * (1 + (0.26 * tooth + 0.22 * fiber) * (1.15 - clamped(ink)))
    let depth = exponential(-2.9 * max(0, settled))
    let tint = mix(pigment(0x14151A), pigment(0x5B6670), clamped(1 - ink * 1.3) * 0.55)
    var color = mix(tint, paper, depth)
    if let seal = seal(p) { color = mix(color, pigment(0xB3271E) * (1 + 0.2 * tooth), seal) }
    return shown(color)
  }

  /// Ink over ink: the darker one wins, but for a little of the other.
  private func laid(_ below: Float, _ above: Float) -> Float {
    max(below, above) + 0.15 * min(below, above)
  }

  // MARK: Mountains

  /// How high the ridge's outline lies at `x`: steep needles as limestone makes.
  private func outline(_ x: Float, _ ridge: Ridge) -> Float {
    let warp = 0.10 * Self.wet(x * 6, ridge.seed)
    let peaks = Self.wet.ridged((x + warp) * ridge.pitch + ridge.seed, ridge.seed * 3, octaves: 4)
    let detail = Self.wet.fractal(x * 17, ridge.seed, octaves: 3)
    return ridge.level - ridge.swing * (peaks - 0.18) - 0.018 * detail
  }

  private func cleared(_ p: Point, _ ridge: Ridge) -> Float {
    let below = p.y - outline(p.x, ridge)
    return 1 - 0.55 * smoothstep(0, 0.012, below)
  }

  private func wash(_ p: Point, _ ridge: Ridge) -> Float {
    let bleed = 0.010 * Self.wet.fractal(p.x * 24, p.y * 24 + ridge.seed, octaves: 3)
    let below = p.y - outline(p.x + bleed, ridge) + bleed
    guard below > -0.02 else { return 0 }
    let edge = smoothstep(-0.004, 0.005, below)
    // The brush's wet rim dries darkest; below it the wash is drawn out with water.
    let rim = 0.55 * bell(below - 0.004, radius: 0.013)
    let drawn = exponential(-below / (ridge.fade * 0.62))
    // Strokes of a side-held brush down the flanks.
    let flank = Self.wet.fractal(p.x * 22 + 0.35 * p.y * 10, p.y * 3.5 + ridge.seed, octaves: 4)
    let texture = smoothstep(-0.12, 0.35, flank) * smoothstep(ridge.fade * 1.1, 0.02, below)
    let pool = 1 + 0.55 * Self.wet.fractal(p.x * 5, p.y * 5 + ridge.seed, octaves: 4)
    let mist = smoothstep(
      ridge.fade * 1.5, ridge.fade * 0.45,
      below + 0.09 * Self.wet.fractal(p.x * 3, p.y * 9, octaves: 3))
    return ridge.ink * edge * mist * (drawn * 0.62 * pool + rim * drawn + 0.52 * texture * drawn)
  }

  private func moon(_ p: Point) -> Float {
    let away = length(p - Point(0.72, 0.185))
    // The moon is the paper, left out of a wash.
    let halo = bell(away + 0.05 * Self.wet.fractal(p.x * 4, p.y * 4, octaves: 3), radius: 0.34)
    return 0.16 * halo * smoothstep(0.074, 0.080, away) * smoothstep(0.6, 0.25, p.y)
  }

  /// A wood on the near bank: dabs of a wet brush that run together.
  private func trees(_ p: Point) -> Float {
    let bank = 0.925 + 0.016 * Self.wet(p.x * 4, 5)
    let mass = smoothstep(0.40, 0.72, p.x) * smoothstep(1.05, 0.90, p.x)
    let top = bank - 0.105 * mass * (0.75 + 0.55 * Self.wet.fractal(p.x * 15, 2, octaves: 3))
    guard p.y > top - 0.03, p.y < bank + 0.05, mass > 0 else { return 0 }
    let dab = Self.wet.fractal(p.x * 46, p.y * 52, octaves: 3)
    let inside = smoothstep(top - 0.012, top + 0.02, p.y + 0.020 * dab)
    let foot = smoothstep(bank + 0.012, bank - 0.06, p.y)
    return mass * inside * foot * clamped(0.46 + 0.8 * dab)
  }

  /// Level strokes with much water.
  private func water(_ p: Point) -> Float {
    guard p.y > 0.93 else { return 0 }
    let near = (p.y - 0.93) / 0.4
    let stroke = Self.wet.fractal(p.x * 2.2, p.y * 40 / (0.6 + near), octaves: 3)
    let line = smoothstep(0.20, 0.42, stroke) * 0.20
    let shade = 0.10 * smoothstep(0.93, 0.96, p.y) * smoothstep(1.12, 0.95, p.y)
    return (line + shade) * smoothstep(0.93, 0.965, p.y) * (1 - 0.5 * near)
  }

  // MARK: The near rock and its pine

  private func rock(_ p: Point) -> Float {
    let rough = 0.016 * Self.wet.fractal(p.x * 16, p.y * 16, octaves: 4)
    let d =
      Outline.polygon(
        p,
        [
          Point(-0.1, 0.86), Point(0.05, 0.885), Point(0.14, 0.955), Point(0.23, 0.985),
          Point(0.27, 1.06), Point(0.36, 1.11), Point(0.40, 1.18), Point(0.52, 1.225),
          Point(0.60, 1.30), Point(0.62, 1.4), Point(-0.1, 1.4),
        ]) + rough
    guard d < 0.02 else { return 0 }
    let edge = smoothstep(0.004, -0.004, d)
    let contour = bell(d + 0.006, radius: 0.011) * (0.75 + 0.6 * Self.hairs(p.x * 30, p.y * 30))
    // Axe-cut strokes: slanted facets, dry at their ends.
    let slant = turned(p, turns: 0.12)
    let facet = Self.wet.fractal(slant.x * 15, slant.y * 62, octaves: 4)
    let dry = Self.hairs.fractal(slant.x * 26, slant.y * 220, octaves: 2)
    let strokes = smoothstep(0.02, 0.30, facet) * smoothstep(-0.35, 0.15, dry + facet)
    let base = 0.16 + 0.20 * smoothstep(-0.02, -0.2, d)
    return edge * clamped(base + contour + 0.58 * strokes)
  }

  private static let limbs: [(Point, Point, Float, Float)] = [
    (Point(0.135, 0.975), Point(0.175, 0.86), 0.017, 0.0145),
    (Point(0.175, 0.86), Point(0.155, 0.755), 0.0145, 0.012),
    (Point(0.155, 0.755), Point(0.205, 0.665), 0.012, 0.009),
    (Point(0.205, 0.665), Point(0.195, 0.585), 0.009, 0.006),
    (Point(0.172, 0.84), Point(0.275, 0.80), 0.009, 0.006),
    (Point(0.275, 0.80), Point(0.375, 0.825), 0.006, 0.003),
    (Point(0.157, 0.76), Point(0.075, 0.725), 0.0075, 0.005),
    (Point(0.075, 0.725), Point(0.015, 0.745), 0.005, 0.0025),
    (Point(0.20, 0.67), Point(0.285, 0.655), 0.0065, 0.004),
    (Point(0.285, 0.655), Point(0.335, 0.675), 0.004, 0.002),
    (Point(0.197, 0.62), Point(0.125, 0.595), 0.005, 0.003),
  ]

  /// Where needles grow: middle, width, height.
  private static let pads: [(Point, Float, Float)] = [
    (Point(0.335, 0.795), 0.105, 0.034), (Point(0.245, 0.765), 0.06, 0.026),
    (Point(0.045, 0.705), 0.085, 0.032), (Point(0.29, 0.632), 0.085, 0.030),
    (Point(0.11, 0.572), 0.07, 0.027), (Point(0.205, 0.553), 0.075, 0.030),
  ]

  private func pine(_ p: Point) -> Float {
    guard p.x < 0.5, p.y > 0.48, p.y < 1 else { return 0 }
    var ink: Float = 0
    let rough = 0.0035 * Self.wet.fractal(p.x * 60, p.y * 60, octaves: 2)
    for (from, to, radius, end) in Self.limbs {
      let d = Outline.bar(p, from, to, radius, end) + rough
      guard d < 0.004 else { continue }
      // Bark: dark on one side, dry in the middle.
      let dry = Self.hairs.fractal(p.x * 130, p.y * 60, octaves: 2)
      let body = 0.62 + 0.55 * smoothstep(-radius * 0.9, 0, d) + 0.35 * dry
      ink = max(ink, smoothstep(0.0022, -0.0018, d) * clamped(body, 0.2, 1.15))
    }
    for (index, pad) in Self.pads.enumerated() {
      let q = (p - pad.0) / Point(pad.1, pad.2)
      guard abs(q.x) < 1.5, abs(q.y) < 2 else { continue }
      ink = max(ink, needles(p, pad.0, Point(pad.1, pad.2), seed: Int32(index)))
      let soft = bell(length(q) + 0.3 * Self.wet(p.x * 30, p.y * 30), radius: 1.25)
      ink = max(ink, 0.42 * soft)
    }
    return ink
  }

  /// Tufts, each a fan of fine strokes from one point.
  private func needles(_ p: Point, _ center: Point, _ size: Point, seed: Int32) -> Float {
    var ink: Float = 0
    for tuft in 0..<Int32(15) {
      let x = 2 * Self.hairs.unit(tuft, seed, 1) - 1
      let y = 2 * Self.hairs.unit(tuft, seed, 2) - 1
      let root = center + Point(x, y * (1 - 0.7 * x * x) + 0.35) * size
      let q = p - root
      let away = length(q)
      let reach: Float = 0.026 + 0.010 * Self.hairs.unit(tuft, seed, 3)
      guard away < reach else { continue }
      let turn = turns(of: Point(q.x, -q.y)) - 0.25
      let fan = abs(turn - turn.rounded())
      guard fan < 0.24 else { continue }
      let spoke = (turn - turn.rounded()) * 26
      let across = abs(spoke - spoke.rounded()) * away * 6.28 / 26
      let thin = 0.0011 * (1 - 0.6 * away / reach)
      ink = max(ink, smoothstep(thin + 0.0007, thin - 0.0003, across) * (1.15 - 0.4 * away / reach))
    }
    return ink
  }

  // MARK: Small things

  private func boat(_ place: Point) -> Float {
    let p = (place - Point(0.655, 1.045)) / 0.075
    guard abs(p.x) < 1.6, abs(p.y) < 1.6 else { return 0 }
    let rim = 0.16 * p.x * p.x
    let hull = max(max(abs(p.x) - 1, -(p.y + rim)), p.y - 0.17 + 0.20 * p.x * p.x)
    let cabin = max(
      abs(p.x + 0.16) - 0.34, max(p.y + 0.02, -p.y - 0.34 + 0.9 * (p.x + 0.16) * (p.x + 0.16)))
    let man = min(
      Outline.bar(p, Point(0.52, -0.02), Point(0.50, -0.34), 0.085, 0.06),
      Outline.ellipse(p, Point(0.49, -0.50), Point(0.16, 0.055)))
    let pole = Outline.bar(p, Point(0.80, -0.95), Point(0.42, 0.5), 0.014)
    let dry = Self.hairs.fractal(place.x * 90, place.y * 240, octaves: 2)
    let mark = smoothstep(0.03, -0.03, min(min(hull, man), pole)) * (0.95 + 0.3 * dry)
    let mat = smoothstep(0.03, -0.03, cabin) * (0.5 + 0.4 * dry)
    let mirrored = 0.20 * smoothstep(0.1, -0.2, abs(p.x) - 0.85) * bell(p.y - 0.42, radius: 0.3)
    return max(max(mark, mat), mirrored)
  }

  private func birds(_ p: Point) -> Float {
    var ink: Float = 0
    for (center, size) in [
      (Point(0.47, 0.30), Float(0.026)), (Point(0.525, 0.275), 0.020), (Point(0.43, 0.265), 0.016),
      (Point(0.50, 0.235), 0.013),
    ] {
      let q = (p - center) / size
      guard abs(q.x) < 1.1 else { continue }
      let x = abs(q.x)
      let wing = -0.55 * x * (1.5 - x) - 0.15 * q.x
      ink = max(
        ink,
        smoothstep(0.10, 0.02, abs(q.y - wing) - 0.07 * (1 - x)) * smoothstep(1.1, 0.9, x) * 0.85)
    }
    return ink
  }

  /// A red seal at the lower right: a sign of our own, a peak over water.
  private func seal(_ place: Point) -> Float? {
    let p = (place - Point(0.905, 1.225)) / 0.034
    let rough = 0.05 * Self.hairs(place.x * 110, place.y * 110)
    let frame = Outline.box(p, .zero, Point(1, 1), round: 0.16) + rough
    guard frame < 0 else { return nil }
    let peak =
      abs(Outline.polygon(p, [Point(-0.62, 0.18), Point(-0.05, -0.66), Point(0.62, 0.18)])) - 0.07
    let water = abs(p.y - 0.50 - 0.09 * sine(turns: p.x * 0.9)) - 0.065
    let isCut = min(peak, max(water, abs(p.x) - 0.66)) + rough * 0.6 < 0
    return isCut ? 0 : 0.93
  }
}
