import Tensors

extension Sample {
  /// Colored glass in lead, the sun behind it.
  static let stainedGlass = Sample(
    name: "stained-glass", kind: .style, width: 720, height: 960,
    title: "Irises by a river, in leaded glass", quality: 86
  ) { width, height, workers in
    let window = StainedGlass()
    return rendered(width: width, height: height, side: 3, seed: 74, on: workers) { place, _ in
      window.color(place / Float(width))
    }
  }
}

/// Panes within outlines, and panes within panes; places are in widths of the picture, y down to 4/3.
struct StainedGlass: Sendable {
  private static let melt = Noise(seed: 801)
  private static let sun = Point(0.36, 0.36)

  /// Where in its pane a place lies.
  private struct Pane {
    /// How far the lead's middle is.
    var edge: Float
    var color: Vector
    var seed: Float
  }

  func color(_ place: Point) -> Vector {
    // Hand-cut glass is never quite straight.
    let p =
      place + 0.0016
      * Point(Self.melt(place.x * 14, place.y * 14), Self.melt(place.y * 14, place.x * 14))
    let pane = pane(p)
    let width: Float = 0.0042
    let shade = Self.melt.fractal(p.x * 120, p.y * 120, octaves: 2)
    if pane.edge < width {
      // Lead: round, dull, lit a little from the front.
      let round = (1 - (pane.edge / width) * (pane.edge / width)).squareRoot()
      return shown(Vector(0.020, 0.021, 0.024) * (0.55 + 1.3 * round * round + 0.5 * shade))
    }
    // Glass: streaks, seeds, uneven thickness; brighter where the sun stands behind.
    let turn = turned(p, turns: pane.seed)
    let streak = Self.melt.fractal(turn.x * 8 + pane.seed * 40, turn.y * 34, octaves: 3)
    let cloud = Self.melt.fractal(p.x * 6 + pane.seed * 9, p.y * 6, octaves: 3)
    let seed = smoothstep(0.55, 0.66, Self.melt(turn.x * 110, turn.y * 70 + pane.seed * 20))
    let glow = 0.62 + 0.85 * bell(length(p - Self.sun), radius: 1.25)
    let dirt = smoothstep(width, width + 0.016, pane.edge)
    var light = pane.color * (glow * (1 + 0.42 * streak + 0.40 * cloud + 0.25 * seed))
    light *= 0.42 + 0.58 * dirt
    // What is very bright is bright in every color.
    let excess = max(0, light.max() - 0.85)
    light += Vector(0.5, 0.45, 0.35) * (excess * 0.6)
    return filmed(light, exposure: 0.95, saturation: 1.05)
  }

  private func pane(_ p: Point) -> Pane {
    let frame = Outline.box(p, Point(0.5, 2.0 / 3), Point(0.5, 2.0 / 3))
    if frame > -0.066 { return border(p, frame) }
    var pane = ground(p)
    pane.edge = min(pane.edge, -frame - 0.066)
    for part in Self.parts {
      let d = part.shape(p)
      if d < 0 {
        pane = divided(p, part, d)
      } else {
        pane.edge = min(pane.edge, d)
      }
    }
    pane.edge = min(pane.edge, -frame - 0.066)
    return pane
  }

  private func border(_ p: Point, _ frame: Float) -> Pane {
    let strip: Float = 0.052
    if frame > -0.012 {
      return Pane(edge: min(frame + 0.012, -frame) < 0.003 ? 0 : 0.002, color: .zero, seed: 0)
    }
    let horizontal = min(p.y, 4.0 / 3 - p.y) < min(p.x, 1 - p.x)
    let along = (horizontal ? p.x - 0.5 : p.y - 2.0 / 3) * 13
    let index = along.rounded()
    let odd = Int(index).isMultiple(of: 2)
    let within = (0.5 - abs(along - index)) / 13
    let across = min(-frame - 0.012, frame + 0.066)
    // Every second pane bears a small lozenge.
    let lozenge = abs(along - index) / 13 * 1.2 + abs(-frame - 0.012 - strip / 2) - 0.018
    let corner = abs(min(p.x, 1 - p.x) - min(p.y, 4.0 / 3 - p.y)) * 0.7
    var edge = min(within, across)
    if min(p.x, 1 - p.x) < 0.08, min(p.y, 4.0 / 3 - p.y) < 0.08 { edge = min(across, corner) }
    if odd {
      edge = min(edge, abs(lozenge))
      return Pane(
        edge: edge, color: lozenge < 0 ? pigment(0xF2C53D) : pigment(0x9E1B32), seed: index * 0.13)
    }
    return Pane(edge: edge, color: pigment(0x1E4FA3) * 1.2, seed: index * 0.17 + 3)
  }

  /// The nearest and next sites of a jittered grid: how far the border between them is, and which cell.
  private func cells(_ p: Point, _ seed: UInt32, jitter: Float = 0.72) -> (edge: Float, tone: Float)
  {
    let noise = Noise(seed: seed)
    let i = Int32(p.x.rounded(.down))
    let j = Int32(p.y.rounded(.down))
    var best = (distance: Float(99), site: Point.zero, tone: Float(0))
    var sites: [Point] = []
    sites.reserveCapacity(25)
    for dj in Int32(-2)...2 {
      for di in Int32(-2)...2 {
        let x = Float(i + di) + 0.5 + jitter * (noise.unit(i + di, j + dj, 1) - 0.5)
        let y = Float(j + dj) + 0.5 + jitter * (noise.unit(i + di, j + dj, 2) - 0.5)
        let site = Point(x, y)
        sites.append(site)
        let distance = length(p - site)
        if distance < best.distance { best = (distance, site, noise.unit(i + di, j + dj, 3)) }
      }
    }
    var edge: Float = 9
    for site in sites where site != best.site {
      let across = normalized(site - best.site)
      edge = min(edge, dot((site + best.site) / 2 - p, across))
    }
    return (edge, best.tone)
  }

  /// Sky in rings around the sun, hills, and the river.
  private func ground(_ p: Point) -> Pane {
    let q = p - Self.sun
    let away = length(q)
    let turn = turns(of: q)
    if p.y < hill(0, p.x) {
      let ring = (away - 0.175) / 0.105
      let index = max(0, ring.rounded(.down))
      let count: Float = 12 + 5 * index
      let spoke = turn * count + 0.5 * index + 0.2 * sine(turns: turn * 3 + index * 0.4)
      let cell = spoke - spoke.rounded(.down)
      let step = 6.283 * away / count
      let edge = min(min(cell, 1 - cell) * step, min(ring - index, index + 1 - ring) * 0.105)
      let noise = Noise(seed: 91).unit(Int32(spoke.rounded(.down)), Int32(index))
      let sky = gradient(
        [
          pigment(0xF7C23E), pigment(0xF08A2C), pigment(0xE0563C), pigment(0xB03A78),
          pigment(0x5F4FB8), pigment(0x2F66C4), pigment(0x1E4A98),
        ], index * 0.150 + noise * 0.16)
      return Pane(
        edge: min(edge, hill(0, p.x) - p.y), color: sky * (0.62 + 0.28 * noise),
        seed: noise * 5 + index)
    }
    for index in 0..<3 {
      let top = hill(index, p.x)
      let bottom = hill(index + 1, p.x)
      guard p.y < bottom else { continue }
      let found = cells(Point(p.x * 6.5 + Float(index) * 17, (p.y - top) * 9), UInt32(21 + index))
      let greens: [(UInt32, UInt32)] = [
        (0x5E6DB8, 0x8B62A8), (0x2F8F6A, 0x6FB04A), (0x1F7A4A, 0xA8BE3C),
      ]
      let color = mix(pigment(greens[index].0), pigment(greens[index].1), found.tone)
      return Pane(
        edge: min(min(p.y - top, bottom - p.y) * 0.93, found.edge / 7.6), color: color,
        seed: found.tone * 7)
    }
    // Water: long panes between wavy leads.
    let level = (p.y - hill(3, p.x)) / 0.048 + 0.22 * sine(turns: p.x * 1.6 + p.y * 2)
    let row = level.rounded(.down)
    let shift = p.x * 3.4 + 0.37 * row + 0.10 * sine(turns: level)
    let column = shift.rounded(.down)
    let tone = Noise(seed: 92).unit(Int32(row), Int32(column))
    let edge = min(
      min(level - row, row + 1 - level) * 0.045, min(shift - column, column + 1 - shift) / 3.6)
    let shine = bell(p.x - Self.sun.x - 0.06 * tone, radius: 0.17) * smoothstep(0.25, 0.55, tone)
    let water = gradient(
      [pigment(0x124E86), pigment(0x1F7FB0), pigment(0x46B4C0), pigment(0x2A5FB0)], tone)
    return Pane(
      edge: min(edge, max(0, p.y - hill(3, p.x))), color: mix(water, pigment(0xFBD98A), shine),
      seed: tone * 3)
  }

  private func hill(_ index: Int, _ x: Float) -> Float {
    switch index {
    case 0: 0.700 + 0.055 * sine(turns: x * 0.85 + 0.15) + 0.012 * sine(turns: x * 2.6)
    case 1: 0.775 + 0.040 * sine(turns: x * 0.7 + 0.55)
    case 2: 0.850 + 0.030 * sine(turns: x * 0.9 + 0.9)
    default: 0.905 + 0.016 * sine(turns: x * 0.8 + 0.3)
    }
  }

  // MARK: What stands before the ground

  private struct Part: Sendable {
    var color: UInt32
    var second: UInt32
    /// How large the panes within it are; 0 for a single pane.
    var cell: Float = 0
    var shape: @Sendable (Point) -> Float
  }

  private func divided(_ p: Point, _ part: Part, _ d: Float) -> Pane {
    guard part.cell > 0 else {
      let tone = clamped(0.5 + Self.melt(p.x * 5, p.y * 5))
      return Pane(
        edge: -d, color: mix(pigment(part.color), pigment(part.second), tone),
        seed: Float(part.color & 15))
    }
    let found = cells(p / part.cell, part.color)
    return Pane(
      edge: min(-d, found.edge * part.cell),
      color: mix(pigment(part.color), pigment(part.second), found.tone),
      seed: found.tone * 9)
  }

  private static let parts: [Part] = {
    var parts = [
      Part(color: 0xFFF0B0, second: 0xFFE38A) { Outline.disc($0, sun, 0.095) },
      Part(color: 0xFBC63C, second: 0xF5A32C) { p in
        let q = p - sun
        let away = length(q)
        let spoke = turns(of: q) * 12
        let side = abs(spoke - spoke.rounded()) / 12 * 6.283 * away
        return max(max(0.095 - away, away - 0.175), 0.0 - (0.5 / 12 * 6.283 * away - side))
      },
    ]
    // Leaves like swords.
    let blades: [(Point, Point, Float, Float, UInt32)] = [
      (Point(0.20, 1.32), Point(0.10, 0.80), 0.034, 0.05, 0x2E9E4E),
      (Point(0.28, 1.32), Point(0.37, 0.88), 0.032, -0.04, 0x63B53C),
      (Point(0.50, 1.32), Point(0.44, 0.92), 0.030, 0.03, 0x1F8A5A),
      (Point(0.62, 1.32), Point(0.60, 0.84), 0.034, -0.03, 0x3FA648),
      (Point(0.78, 1.32), Point(0.90, 0.82), 0.036, -0.05, 0x2E9E4E),
      (Point(0.86, 1.32), Point(0.80, 0.95), 0.032, 0.04, 0x8CC23E),
    ]
    for (root, tip, half, bend, color) in blades {
      parts.append(
        Part(color: color, second: 0xC2D84A, cell: 0.15) {
          Outline.leaf($0, root, tip, half, bend: bend)
        })
    }
    for (head, root, size, colors) in flowers {
      parts.append(
        Part(color: 0x2F8A3E, second: 0x6FBF48, cell: 0.13) { Outline.bar($0, head, root, 0.0115) })
      for petal in petals {
        let from = head + petal.from * size
        let to = head + petal.to * size
        let half = petal.half * size
        parts.append(
          Part(color: colors[petal.color], second: colors[(petal.color + 1) % 3]) {
            Outline.leaf($0, from, to, half, bend: petal.bend * size)
          })
      }
      parts.append(
        Part(color: 0xFFD23C, second: 0xF7A81E) {
          Outline.leaf(
            $0, head + Point(0, -0.10) * size, head + Point(0, 0.52) * size, 0.075 * size)
        })
    }
    return parts
  }()

  private static let flowers: [(Point, Point, Float, [UInt32])] = [
    (Point(0.735, 0.60), Point(0.72, 1.32), 0.165, [0x5B2FA8, 0x8C4FD0, 0xB98AE6]),
    (Point(0.235, 0.915), Point(0.24, 1.32), 0.135, [0xC2245E, 0xE8587A, 0xF6A0A8]),
    (Point(0.555, 0.985), Point(0.56, 1.32), 0.125, [0x2440B0, 0x4A74DC, 0x8FB4F4]),
  ]

  private static let petals: [(from: Point, to: Point, half: Float, bend: Float, color: Int)] = [
    (Point(-0.05, 0.0), Point(-0.52, -0.85), 0.26, 0.16, 1),
    (Point(0.05, 0.0), Point(0.52, -0.85), 0.26, -0.16, 1),
    (Point(0, 0.05), Point(0, -1.08), 0.25, 0, 2),
    (Point(-0.05, 0.0), Point(-1.08, 0.42), 0.24, 0.22, 0),
    (Point(0.05, 0.0), Point(1.08, 0.42), 0.24, -0.22, 0),
    (Point(0, -0.12), Point(0, 0.95), 0.29, 0, 0),
  ]
}
