import Tensors

extension Sample {
  /// Fruit, a bowl and a bottle at a window: round forms, gloss, cloth, warm against cool.
  static let stillLife = Sample(
    name: "still-life", kind: .content, width: 960, height: 768,
    title: "Fruit, a bowl and a bottle by a window", quality: 90
  ) { width, height, workers in
    let camera = Camera(eye: Vector(0.3, 4.1, -9.6), target: Vector(0.25, 1.32, 0), span: 0.93)
    let atelier = Atelier(
      subject: StillLife(),
      window: (Vector(-7.5, 6.4, -4.2), Vector(1.35, 0, -1.9), Vector(0, 2.1, 0)),
      daylight: Vector(1.0, 0.93, 0.80) * 190, above: Vector(0.34, 0.38, 0.46),
      below: Vector(0.24, 0.17, 0.11), reach: 40)
    return rendered(width: width, height: height, side: 4, seed: 8, on: workers) { place, chance in
      let ray = camera.ray(place / Float(width), aspect: Float(height) / Float(width))
      return filmed(atelier.incoming(ray, &chance), exposure: 0.80, saturation: 1.02)
    }
  }
}

/// The things on the table; y up, the table's top at y = 0, in decimeters.
struct StillLife: Sculpture {
  private enum Thing {
    case wall, table, cloth, bowl, bottle, orange, apple, greenApple, lemon, pear, grape, stem
  }

  private static let grain = Noise(seed: 57)
  private static let bowl = Vector(-1.25, 0, 0.35)
  private static let bottle = Vector(1.75, 0, 1.75)

  private static let oranges = [
    Vector(-1.95, 1.35, -0.05), Vector(-1.25, 1.42, 1.05), Vector(2.75, 0.62, -0.55),
  ]
  private static let apples = [Vector(-0.72, 1.52, 0.0), Vector(0.95, 0.62, -1.65)]
  private static let greenApple = Vector(-1.35, 1.95, 0.30)
  private static let pear = Vector(1.42, 0.62, 0.05)
  private static let lemons: [(Vector, Float)] = [
    (Vector(2.15, 0.50, -1.75), 0.06), (Vector(-0.3, 1.75, 0.9), 0.33),
  ]
  private static let grapes: [Vector] = {
    var random = SeededRandom(seed: 15)
    return (0..<34).map { index in
      let down = Float(index) / 34
      // A bunch that hangs over the bowl's rim and ends on the cloth.
      let spine = mix(Vector(-2.35, 1.62, -0.65), Vector(-2.75, 0.34, -2.0), down)
      let wide = 0.42 * (1 - down * 0.62)
      let turn = random.unit()
      let out = wide * (0.35 + 0.65 * random.unit())
      let place =
        spine
        + Vector(cosine(turns: turn) * out, random.within(-0.2...0.25), sine(turns: turn) * out)
      return Vector(place.x, max(place.y, 0.25), place.z)
    }
  }()

  private static let bottleProfile: [Point] = [
    Point(0, 0.04), Point(0.56, 0.04), Point(0.60, 0.12), Point(0.60, 2.55), Point(0.55, 2.82),
    Point(0.36, 3.12), Point(0.20, 3.38), Point(0.165, 3.6), Point(0.165, 4.42), Point(0.21, 4.44),
    Point(0.21, 4.58), Point(0.165, 4.60), Point(0.15, 4.84), Point(0, 4.84),
  ]

  func distance(_ p: Vector) -> Float { nearest(p).distance }

  private func nearest(_ p: Vector) -> (distance: Float, thing: Thing) {
    var best: (distance: Float, thing: Thing) = (7 - p.z, .wall)
    func offer(_ distance: Float, _ thing: Thing) {
      if distance < best.distance { best = (distance, thing) }
    }
    let table = Form.box(p, Vector(0, -0.6, 1.2), Vector(14, 0.6, 4.8), round: 0.12)
    offer(table, .table)
    // The cloth's folds are worked out only where they may matter.
    let highest: Float = p.z > -3 ? 0.13 : 0.42
    offer(table < highest + 0.08 ? cloth(p, table) : table - highest, .cloth)
    let toBowl = Form.ball(p, Self.bowl + Vector(-0.4, 1.2, -0.4), 2.6)
    if toBowl > 0.4 {
      offer(toBowl, .bowl)
    } else {
      offer(bowl(p), .bowl)
      let toGrapes = Form.bar(p, Vector(-2.35, 1.6, -0.65), Vector(-2.75, 0.3, -2.0), 0.75)
      if toGrapes > 0.3 {
        offer(toGrapes, .grape)
      } else {
        for grape in Self.grapes {
          offer(Form.ellipsoid(p, grape, Vector(0.21, 0.235, 0.21)), .grape)
        }
      }
    }
    for orange in Self.oranges { offer(round(p, orange, 0.60, dimple: 0.04), .orange) }
    for apple in Self.apples {
      offer(round(p, apple, 0.60, dimple: 0.22), .apple)
      offer(stem(p, apple), .stem)
    }
    offer(round(p, Self.greenApple, 0.60, dimple: 0.22), .greenApple)
    offer(stem(p, Self.greenApple), .stem)
    for (center, turn) in Self.lemons { offer(lemon(p - center, turn), .lemon) }
    offer(pear(p), .pear)
    offer(
      Form.bar(
        p, Self.pear + Vector(0.08, 1.30, 0), Self.pear + Vector(0.22, 1.68, -0.05), 0.035, 0.05),
      .stem)
    let toBottle = length(Point(p.x - Self.bottle.x, p.z - Self.bottle.z)) - 0.8
    offer(
      toBottle > 0.3
        ? toBottle : Form.turned(p, Self.bottle, Self.bottleProfile, round: 0.03), .bottle)
    return best
  }

  /// A cloth that lies on the table and hangs over its edge: an offset of the table, in folds.
  private func cloth(_ p: Vector, _ table: Float) -> Float {
    let hanging = smoothstep(-3.35, -3.75, p.z)
    let wave = 0.5 + 0.5 * sine(turns: p.x * 0.42 + 0.25 * Self.grain(p.x * 0.5, 3 + p.y * 0.2))
    let crease = 1 - abs(Self.grain(p.x * 0.55 + p.z * 0.30, p.z * 0.62 - p.x * 0.25)) * 4
    let lying = 0.05 * max(0, crease) + 0.05 * Self.grain(p.x * 1.1, p.z * 1.3)
    let fold = mix(max(0, lying), 0.34 * wave * clamped(0.25 - p.y * 0.7), hanging)
    let side = abs(p.x + 0.25 + 0.10 * Self.grain(p.z * 0.6, p.y * 0.5)) - 3.9
    let back = p.z + p.x * 0.22 - 3.1 + 0.12 * Self.grain(p.x * 0.7, 9)
    return max(max(table - 0.055 - fold, side), back) * 0.62
  }

  private func bowl(_ p: Vector) -> Float {
    let q = (p - Self.bowl - Vector(0, 1.42, 0)) / Vector(1, 0.74, 1)
    let shell = abs(length(q) - 1.62) - 0.05
    let cut = smoothMax(shell, q.y, 0.06) * 0.74
    let rim = Form.ring(p, Self.bowl + Vector(0, 1.42, 0), 1.64, 0.07)
    let foot = Form.ring(p, Self.bowl + Vector(0, 0.17, 0), 0.72, 0.10)
    return min(min(cut, rim), foot)
  }

  /// An apple or an orange: a ball with a hollow on top and below.
  private func round(_ p: Vector, _ center: Vector, _ radius: Float, dimple: Float) -> Float {
    let q = p - center
    let away = length(q)
    if away > radius + 0.3 { return away - radius }
    let out = length(Point(q.x, q.z)) / radius
    let hollow = dimple * bell(out, radius: 0.62) * (q.y > 0 ? 1 : 0.5)
    let narrow = 1 + dimple * 0.42 * min(q.y / radius, 0.4)
    return (away - radius * narrow * (1 - hollow * 1.4)) * 0.8
  }

  private func stem(_ p: Vector, _ apple: Vector) -> Float {
    let top = apple + Vector(0, 0.42, 0)
    return Form.bar(p, top, top + Vector(0.10, 0.34, 0.04), 0.028, 0.042)
  }

  private func lemon(_ p: Vector, _ turn: Float) -> Float {
    let q = p.turned(turns: turn)
    let body = Form.ellipsoid(q, .zero, Vector(0.62, 0.47, 0.47))
    let tip = Form.ellipsoid(q, Vector(0.60, 0, 0), Vector(0.16, 0.11, 0.11))
    let end = Form.ellipsoid(q, Vector(-0.58, 0, 0), Vector(0.12, 0.12, 0.12))
    return smoothMin(smoothMin(body, tip, 0.16), end, 0.14)
  }

  private func pear(_ p: Vector) -> Float {
    let q = p - Self.pear
    let away = Form.ball(q, Vector(0, 0.35, 0), 1.2)
    if away > 0.4 { return away }
    let lean = Vector(q.x - 0.09 * q.y * max(q.y, 0), q.y, q.z)
    let body = Form.ball(lean, .zero, 0.62)
    let neck = Form.bar(lean, Vector(0, 0.45, 0), Vector(0, 1.12, 0), 0.36, 0.23)
    return smoothMin(body, neck, 0.42) * 0.9
  }

  func finish(_ p: Vector, _ normal: Vector) -> Finish {
    let rough = Self.grain.fractal(p * 3, octaves: 4)
    switch nearest(p).thing {
    case .wall:
      let tone = Self.grain.fractal(p.x * 0.35, p.y * 0.35, octaves: 6)
      let plaster = mix(pigment(0x35565C), pigment(0x4F7370), clamped(0.5 + 1.1 * tone))
      return Finish(albedo: plaster * (1 + 0.15 * rough))
    case .table:
      let board = (p.z / 1.5).rounded(.down)
      let ring = Self.grain(p.x * 0.22 + board * 7, p.z * 3.6 + 0.8 * Self.grain(p.x * 0.5, p.z))
      let fiber = Self.grain(p.x * 0.9, p.z * 34)
      let joint = abs(p.z / 1.5 - board - 0.5) > 0.487 ? Float(0.4) : 1
      let wood = mix(pigment(0x5A331C), pigment(0x9A6233), clamped(0.5 + 0.9 * ring))
      return Finish(
        albedo: wood * joint * (1 + 0.22 * fiber), mirror: 0.03, roughness: 0.16)
    case .cloth: return cloth(finish: p, rough)
    case .bowl: return Finish(albedo: glaze(p), mirror: 0.045, roughness: 0.012)
    case .bottle: return bottle(finish: p)
    case .orange:
      let pores = smoothstep(0.30, 0.62, Self.grain(p * 15))
      let peel = mix(pigment(0xE8861A), pigment(0xD9640C), clamped(0.5 + 1.2 * rough))
      return Finish(albedo: peel * (1 - 0.28 * pores), mirror: 0.03, roughness: 0.22, softness: 0.5)
    case .apple:
      let streak = Self.grain(p.x * 7, p.z * 7) + 0.5 * Self.grain(p * 3.1)
      let blush = mix(
        pigment(0xA8121C), pigment(0xE0A030), smoothstep(0.15, 0.75, streak + 0.25 * normal.y))
      let spots = smoothstep(0.52, 0.6, Self.grain(p * 13))
      return Finish(
        albedo: mix(blush, pigment(0xE8C070), spots * 0.5), mirror: 0.035, roughness: 0.06,
        softness: 0.3)
    case .greenApple:
      let skin = mix(pigment(0x7F9A2C), pigment(0xB9BF52), clamped(0.5 + rough + 0.3 * normal.x))
      return Finish(albedo: skin, mirror: 0.035, roughness: 0.06, softness: 0.4)
    case .lemon:
      let pores = smoothstep(0.25, 0.6, Self.grain(p * 12))
      return Finish(
        albedo: pigment(0xF0C92B) * (1 + 0.1 * rough - 0.16 * pores), mirror: 0.03,
        roughness: 0.18, softness: 0.6)
    case .pear:
      let skin = mix(
        pigment(0xB5A63A), pigment(0xB0582A),
        smoothstep(-0.1, 0.7, normal.x * 0.8 + 0.8 * Self.grain(p * 1.4)))
      let spots = smoothstep(0.34, 0.5, Self.grain(p * 17))
      return Finish(
        albedo: mix(skin, pigment(0x6A4A20), spots * 0.5), mirror: 0.025, roughness: 0.12,
        softness: 0.4)
    case .grape:
      let bloom = clamped(0.3 + 0.9 * Self.grain(p * 5) + 0.3 * normal.y)
      return Finish(
        albedo: mix(pigment(0x2C0F33), pigment(0x6B5C8C), bloom * 0.7), mirror: 0.035,
        roughness: 0.05, softness: 0.3)
    case .stem: return Finish(albedo: pigment(0x4A3018) * (1 + 0.3 * rough))
    }
  }

  /// Linen with blue stripes along two sides, and its weave.
  private func cloth(finish p: Vector, _ rough: Float) -> Finish {
    let across = p.z + min(p.y, 0)  // runs on over the table's edge
    let weave = sine(turns: p.x * 14) * sine(turns: across * 14)
    let down = abs(p.x + 0.25)
    let inStripe = [(Float(3.15), Float(0.16)), (3.48, 0.06), (2.86, 0.05)].contains {
      abs(down - $0.0) < $0.1
    }
    let inBand = [(Float(2.62), Float(0.14)), (2.36, 0.05), (2.88, 0.05)].contains {
      abs(p.z + p.x * 0.22 - $0.0) < $0.1
    }
    let linen = pigment(0xE9E2D2)
    let color = inStripe || inBand ? pigment(0x2F4C86) : linen
    return Finish(albedo: color * (1 + 0.05 * weave + 0.10 * rough), softness: 0.3)
  }

  /// White glaze with brushed cobalt: rings, and a garland of leaves.
  private func glaze(_ p: Vector) -> Vector {
    let q = p - Self.bowl
    let white = pigment(0xE6E8E4)
    let blue = pigment(0x22418C)
    let brush = 1 + 0.25 * Self.grain(q * 7)
    let outside = length(Point(q.x, q.z))
    let turn = turns(of: Point(q.x, q.z)) * 18
    let leaf = turn - turn.rounded()
    let height = (q.y - 0.95) / 0.26
    let wave = 0.35 * sine(turns: turn / 2)
    let inLeaf =
      abs(height - wave - 1.2 * abs(leaf) + 0.3) < 0.42 * bell(leaf, radius: 0.5) * brush
    let inRing =
      abs(q.y - 1.40) < 0.055 || abs(q.y - 1.30) < 0.016 || abs(q.y - 0.62) < 0.03
      || q.y < 0.14
    let isInside =
      outside < 1.5 && q.y > 0.5 && length((q - Vector(0, 1.42, 0)) / Vector(1, 0.74, 1)) < 1.6
    if isInside { return white }
    return inRing || inLeaf ? blue * brush : white
  }

  private func bottle(finish p: Vector) -> Finish {
    let q = p - Self.bottle
    if q.y > 4.60 { return Finish(albedo: pigment(0xB58A5A) * (1 + 0.4 * Self.grain(q * 9))) }
    let facing = -turns(of: Point(-q.z, q.x))
    if q.y > 0.75, q.y < 1.95, abs(facing + 0.02) < 0.2 {
      let edge = min(min(q.y - 0.75, 1.95 - q.y), (0.2 - abs(facing + 0.02)) * 3.6)
      let line =
        abs(edge - 0.09) < 0.015 || abs(q.y - 1.62) < 0.05 && abs(facing + 0.02) < 0.11
        || abs(q.y - 1.05) < 0.018 && abs(facing + 0.02) < 0.12
      let sun = abs(length(Point((facing + 0.02) * 3.7, q.y - 1.32)) - 0.13) < 0.025
      let ink = line || sun ? pigment(0x8A2B1E) : pigment(0xE6D9B8)
      return Finish(albedo: ink * (1 + 0.08 * Self.grain(q * 6)))
    }
    // Wine within: what light passes gathers at the edge away from the window.
    let wall = clamped(0.5 + 0.9 * facing * 2)
    let green = mix(pigment(0x0A140C), pigment(0x2C4A1C), wall * wall * (q.y > 2.75 ? 1.7 : 1))
    return Finish(albedo: green, mirror: 0.05, roughness: 0.006)
  }

  func backdrop(_ ray: Ray) -> Vector { Vector(0.02, 0.03, 0.03) }
}
