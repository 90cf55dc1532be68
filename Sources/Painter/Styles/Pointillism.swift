import Tensors

extension Sample {
  /// Dots of pure paint, next to their complements, which the eye mixes.
  static let pointillism = Sample(
    name: "pointillism", kind: .style, width: 800, height: 600,
    title: "Sails off a summer shore, in dots", quality: 80
  ) { width, height, workers in
    let canvas = DotCanvas(aspect: Float(height) / Float(width), on: workers)
    return rendered(width: width, height: height, side: 3, seed: 85, on: workers) { place, _ in
      canvas.color(place / Float(width))
    }
  }
}

/// Layers of dots, the later the smaller; places are in widths of the picture, y down.
struct DotCanvas {
  private struct Dot {
    var center: Point
    var radius: Float
    var axis: Point
    var color: Vector
    /// Which of two that overlap lies on top.
    var order: Float
  }

  private struct Layer {
    var spacing: Float
    var columns: Int
    var dots: [Dot]
  }

  private static let weave = Noise(seed: 901)
  private let layers: [Layer]

  /// The paints on the palette: none of them mixed.
  private static let paints: [Vector] = [
    0xFFF6E0, 0xF9E27A, 0xF5C22E, 0xF0952A, 0xE45A2C, 0xC9263A, 0xE88AA0, 0xB0489A, 0x6A3FA0,
    0x3A3F9E, 0x2A5FBE, 0x4A98D8, 0xA8D4EC, 0x1F8A8A, 0x2E9A56, 0x7CBC48, 0xC4D860, 0x1C4A3A,
    0xF4C8B4, 0x2A2450,
  ].map(pigment)

  init(aspect: Float, on workers: Workers) {
    let shore = SummerShore(aspect: aspect)
    layers = [Float(1) / 92, 1 / 145, 1 / 185].enumerated().map { number, spacing in
      let columns = Int(1 / spacing) + 3
      let rows = Int(aspect / spacing) + 3
      let dots = filled(
        rows: rows, columns: columns,
        repeating: Dot(center: .zero, radius: 0, axis: Point(1, 0), color: .zero, order: 0),
        on: workers
      ) { column, row in
        var random = SeededRandom(seed: UInt64(88 + number), column, row)
        let jitter = Point(random.unit(), random.unit())
        let center = (Point(Float(column), Float(row)) - 1 + jitter) * spacing
        let target = shore.color(center)
        let color = Self.paint(for: target, &random)
        let turn = shore.stroke(center) + random.within(-0.06...0.06)
        let size = random.within(0.46...0.66) * (number == 0 ? 1.25 : 1)
        let isLaid = number < 2 || random.unit() < 0.72
        return Dot(
          center: center, radius: isLaid ? spacing * size : 0,
          axis: Point(cosine(turns: turn), sine(turns: turn)), color: color, order: random.unit())
      }
      return Layer(spacing: spacing, columns: columns, dots: dots)
    }
  }

  /// One paint, chosen so that many dots together make the color; now and then its complement.
  private static func paint(for target: Vector, _ random: inout SeededRandom) -> Vector {
    let gray = dot(target, Vector(0.3, 0.6, 0.1))
    let vivid = mix(Vector(repeating: gray), target, 1.5)
    let noise = Vector(random.within(-1...1), random.within(-1...1), random.within(-1...1))
    // In shadow the complement glows against the local color.
    let isContrast = random.unit() < 0.10 + 0.10 * (1 - clamped(gray * 2))
    var wanted = vivid + noise * (0.07 + 0.16 * gray.squareRoot())
    if isContrast { wanted = Vector(repeating: gray * 1.9) - vivid + noise * 0.1 }
    var best = paints[0]
    var nearest = Float.infinity
    for paint in paints {
      // Distances as the eye sees them, roughly: of square roots.
      let offset =
        Vector(paint.x.squareRoot(), paint.y.squareRoot(), paint.z.squareRoot())
        - Vector(
          max(wanted.x, 0).squareRoot(), max(wanted.y, 0).squareRoot(),
          max(wanted.z, 0).squareRoot())
      let distance = dot(offset * offset, Vector(0.9, 1.3, 0.8))
      if distance < nearest {
        nearest = distance
        best = paint
      }
    }
    return best * random.within(0.88...1.1)
  }

  func color(_ p: Point) -> Vector {
    for layer in layers.reversed() {
      if let color = topmost(of: layer, p) { return color }
    }
    let thread = 0.06 * Self.weave.fractal(p.x * 240, p.y * 240, octaves: 2)
    return shown(pigment(0xE9DDC0) * (1 + thread))
  }

  private func topmost(of layer: Layer, _ p: Point) -> Vector? {
    let i = Int(p.x / layer.spacing) + 1
    let j = Int(p.y / layer.spacing) + 1
    var top = (order: Float(-1), color: Vector.zero)
    for row in max(0, j - 1)...min(layer.dots.count / layer.columns - 1, j + 1) {
      for column in max(0, i - 1)...min(layer.columns - 1, i + 1) {
        let dot = layer.dots[row * layer.columns + column]
        guard dot.radius > 0, dot.order > top.order else { continue }
        let q = p - dot.center
        let along = q.x * dot.axis.x + q.y * dot.axis.y
        let across = q.y * dot.axis.x - q.x * dot.axis.y
        let rough = 1 + 0.22 * Self.weave(p.x * 160 + dot.order * 50, p.y * 160)
        let away = length(Point(along * 0.84, across * 1.14)) / dot.radius * rough
        guard away < 1 else { continue }
        // A touch of the brush is higher at its rim, and lit from above left.
        let light =
          1 - 0.10 * (q.x + q.y) / dot.radius * away + 0.05 * bell(away - 0.75, radius: 0.25)
        top = (dot.order, dot.color * light)
      }
    }
    return top.order < 0 ? nil : shown(top.color)
  }
}

/// What the dots show: a meadow and trees over a bay with sails, on a summer afternoon.
struct SummerShore: Sendable {
  let aspect: Float
  private static let forms = Noise(seed: 911)

  private func meadow(_ x: Float) -> Float {
    0.545 - 0.10 * smoothstep(0.75, 0.0, x) + 0.012 * Self.forms(x * 6, 2)
  }

  private func cliff(_ p: Point) -> Float {
    let top = 0.275 + 0.035 * smoothstep(0.98, 0.66, p.x) + 0.008 * Self.forms(p.x * 20, 7)
    return max(max(top - p.y, p.y - 0.368), 0.66 + 0.10 * (p.y - 0.275) - p.x)
  }

  private static let crowns: [(Point, Point)] = [
    (Point(0.10, 0.19), Point(0.135, 0.105)), (Point(0.21, 0.14), Point(0.115, 0.095)),
    (Point(0.04, 0.09), Point(0.11, 0.09)), (Point(0.255, 0.225), Point(0.075, 0.055)),
    (Point(0.13, 0.055), Point(0.10, 0.075)),
  ]

  private func crown(_ p: Point) -> Float {
    var d = Float.infinity
    for (center, radii) in Self.crowns { d = min(d, Outline.ellipse(p, center, radii)) }
    return d + 0.014 * Self.forms(p.x * 17, p.y * 17)
  }

  private static let sails: [(Point, Float, UInt32)] = [
    (Point(0.475, 0.42), 0.088, 0xFFFAEA), (Point(0.605, 0.385), 0.046, 0xF6D9B0),
    (Point(0.39, 0.373), 0.028, 0xFFF4DC), (Point(0.845, 0.425), 0.062, 0xF2B08A),
    (Point(0.70, 0.372), 0.022, 0xFFFFFF),
  ]

  /// The direction of the brush, in turns.
  func stroke(_ p: Point) -> Float {
    if crown(p) < 0 { return 0.1 + 0.3 * Self.forms(p.x * 6, p.y * 6) }
    if p.y > meadow(p.x) { return -0.06 + 0.08 * Self.forms(p.x * 4, p.y * 4) }
    return p.y > 0.35 ? 0 : 0.05 * Self.forms(p.x * 3, p.y * 3)
  }

  func color(_ p: Point) -> Vector {
    // A painted frame in the complement of what lies next to it.
    let margin = Outline.box(p, Point(0.5, aspect / 2), Point(0.5, aspect / 2))
    let inside = scene(p)
    if margin > -0.020 {
      let gray = dot(inside, Vector(0.3, 0.6, 0.1))
      return pointwiseMax((Vector(repeating: gray) * 1.5 - inside) * 0.35, .zero)
        + Vector(0.03, 0.02, 0.10)
    }
    return inside
  }

  private func scene(_ p: Point) -> Vector {
    if let figure = figures(p) { return figure }
    let trunk = min(
      Outline.bar(p, Point(0.105, 0.56), Point(0.12, 0.22), 0.020, 0.012),
      Outline.bar(p, Point(0.115, 0.30), Point(0.21, 0.17), 0.010, 0.006))
    let leaves = crown(p)
    if leaves < 0 {
      let light = smoothstep(
        -0.5, 0.5,
        Self.forms.fractal(p.x * 11, p.y * 11, octaves: 3) * 2 + (p.x - 0.12) * 2.2 - (p.y - 0.12)
          * 2.4)
      if leaves > -0.05, Self.forms(p.x * 24, p.y * 24) > 0.34 { return sky(p) }
      return gradient(
        [
          pigment(0x1B2F5A), pigment(0x1F5F4A), pigment(0x3F8A3A), pigment(0x7CB040),
          pigment(0xC4CC50),
        ], light)
    }
    if trunk < 0 {
      return mix(pigment(0x3A2450), pigment(0xB0683A), smoothstep(-0.3, 0.6, (p.x - 0.105) * 30))
    }
    if p.y > meadow(p.x) { return grass(p) }
    for (foot, size, color) in Self.sails {
      let q = (p - foot) / size
      if let sail = sail(q, color) { return sail }
    }
    if cliff(p) < 0 {
      let height = (0.368 - p.y) / 0.09
      if height > 0.78 + 0.14 * Self.forms(p.x * 25, 4) {
        return mix(pigment(0x6AA048), pigment(0xC8C85A), clamped(height * 2 - 1.2))
      }
      let face = 0.5 + 0.9 * Self.forms(p.x * 26, p.y * 9)
      return mix(pigment(0xA890C0), pigment(0xF6DDB4), clamped(face))
    }
    if p.y > 0.355 { return sea(p) }
    return sky(p)
  }

  private func sky(_ p: Point) -> Vector {
    let height = clamped(1 - p.y / 0.36)
    let base = gradient(
      [
        pigment(0xFBE3B0), pigment(0xF6D2C0), pigment(0xC4D8EC), pigment(0x86B8E4),
        pigment(0x5A90D4),
      ], height)
    let cloud = Self.forms.fractal(p.x * 4 + 3, p.y * 11, octaves: 4) + 0.06
    let lit = mix(pigment(0xE8C4D0), pigment(0xFFF8E8), smoothstep(0.1, 0.5, cloud))
    return mix(base, lit, smoothstep(0.04, 0.22, cloud) * smoothstep(0.02, 0.10, p.y + 0.04))
  }

  private func sea(_ p: Point) -> Vector {
    let near = smoothstep(0.355, 0.56, p.y)
    let wave = Self.forms.fractal(p.x * 6, p.y * 46 / (0.5 + near), octaves: 3)
    let base = gradient(
      [pigment(0xB4D4E4), pigment(0x5FA8D4), pigment(0x2F7FB8), pigment(0x2A9A9C)],
      near + 0.35 * wave)
    var color = base
    for (foot, size, sail) in Self.sails where p.y > foot.y {
      let below = (p.y - foot.y) / size
      let side = abs(p.x - foot.x - 0.2 * size + 0.15 * size * wave) / size
      color = mix(color, pigment(sail), 0.6 * bell(side, radius: 0.5) * smoothstep(1.3, 0.1, below))
    }
    let glitter = smoothstep(0.30, 0.48, wave) * bell(p.x - 0.56, radius: 0.3)
    return mix(color, pigment(0xFFF0C0), glitter * 0.85)
  }

  private func sail(_ q: Point, _ color: UInt32) -> Vector? {
    guard abs(q.x) < 1.1, q.y > -1.7, q.y < 0.2 else { return nil }
    let hull = max(max(abs(q.x - 0.05) - 0.55 + 0.5 * q.y, -q.y - 0.02), q.y - 0.12)
    if hull < 0 { return pigment(0x3A2A5A) }
    let main = Outline.polygon(q, [Point(0.05, -1.5), Point(0.05, -0.10), Point(0.68, -0.13)])
    let jib = Outline.polygon(q, [Point(-0.01, -1.3), Point(-0.01, -0.12), Point(-0.52, -0.10)])
    if main < 0 { return pigment(color) }
    if jib < 0 { return mix(pigment(color), pigment(0x8A9AD4), 0.45) }
    return nil
  }

  private func grass(_ p: Point) -> Vector {
    let depth = (p.y - meadow(p.x)) / 0.25
    let patch = Self.forms.fractal(p.x * 7, p.y * 16, octaves: 3)
    // The tree's shade lies over the left.
    let shade = smoothstep(
      0.05, -0.05,
      Outline.ellipse(p, Point(0.20, 0.615), Point(0.30, 0.075)) + 0.05
        * Self.forms(p.x * 9, p.y * 12))
    let light = gradient(
      [pigment(0xD8D850), pigment(0xA8C848), pigment(0x6FB03E), pigment(0x3F8A4A)],
      clamped(0.12 + depth * 0.8 + 0.9 * patch))
    let dark = gradient(
      [pigment(0x2F5A9A), pigment(0x1F7060), pigment(0x3A3F8E)], clamped(0.5 + 1.2 * patch))
    let flowers = Self.forms(p.x * 55, p.y * 80)
    let base = mix(light, dark, shade)
    if flowers > 0.50 { return p.x > 0.55 ? pigment(0xE4502E) : pigment(0xF4B0C0) }
    return base
  }

  /// A woman with a parasol, a child, a dog, each with its shade.
  private func figures(_ p: Point) -> Vector? {
    let q = (p - Point(0.665, 0.665)) / 0.24
    let parasol = max(
      Outline.ellipse(q, Point(0.10, -0.86), Point(0.33, 0.19)),
      q.y + 0.82 + 0.05 * abs(sine(turns: q.x * 4.6)))
    if parasol < 0 { return mix(pigment(0xF08A3A), pigment(0xFFE29A), clamped(0.4 - q.x * 1.6)) }
    if Outline.bar(q, Point(0.10, -0.98), Point(0.02, -0.38), 0.011) < 0 {
      return pigment(0x4A2A5A)
    }
    if Outline.disc(q, Point(-0.03, -0.70), 0.058) < 0 { return pigment(0xF2BE9A) }
    if Outline.ellipse(q, Point(-0.035, -0.745), Point(0.085, 0.038)) < 0 {
      return pigment(0xC9363A)
    }
    let bodice = Outline.bar(q, Point(-0.03, -0.58), Point(-0.03, -0.38), 0.075, 0.062)
    if bodice < 0 { return mix(pigment(0x3A3F9E), pigment(0x7A8AE0), clamped(0.5 + q.x * 7)) }
    if Outline.bar(q, Point(0.02, -0.54), Point(0.045, -0.42), 0.032) < 0 {
      return pigment(0xF2BE9A)
    }
    let skirt = Outline.polygon(
      q,
      [
        Point(-0.085, -0.38), Point(0.03, -0.38), Point(0.17, 0.10), Point(-0.30, 0.10),
        Point(-0.16, -0.26),
      ])
    if skirt < 0 {
      return mix(
        pigment(0x5A2F92), pigment(0xE88AB0),
        clamped(0.55 + q.x * 3.4 + 0.3 * Self.forms(q.x * 22, q.y * 2)))
    }
    let child = q - Point(0.46, 0.03)
    if Outline.disc(child, Point(0, -0.37), 0.045) < 0 { return pigment(0xF2BE9A) }
    if Outline.ellipse(child, Point(0, -0.405), Point(0.075, 0.030)) < 0 {
      return pigment(0xF8E08A)
    }
    if Outline.polygon(
      child, [Point(-0.045, -0.32), Point(0.045, -0.32), Point(0.12, 0.06), Point(-0.12, 0.06)]) < 0
    {
      return mix(pigment(0xE86A5A), pigment(0xFFF4E4), clamped(0.45 + child.x * 8))
    }
    let ground = Outline.ellipse(q, Point(-0.20, 0.12), Point(0.34, 0.045))
    if min(ground, Outline.ellipse(q, Point(0.36, 0.10), Point(0.18, 0.03))) < 0 {
      return pigment(0x2F4A9E)
    }
    return nil
  }
}
