import Tensors

/// What stands along the street: two rows of houses, a church at its end, lamps, awnings, people.
enum StreetHouses {
  private static let grain = Noise(seed: 1301)
  private static let level = (Vector(1, 0, 0), Vector(0, 1, 0), Vector(0, 0, 1))
  private static let up = Vector(0, 1, 0)

  private static let walls: [UInt32] = [
    0xD9A05B, 0xC9705A, 0xE3CFA4, 0x8FA5A0, 0xB4574A, 0xE8DCC0, 0xC98A4A, 0x7F93A8, 0xDDB8A0,
  ]

  static func assemblies() -> [Assembly] {
    rows() + [church()] + lampPosts() + awnings() + people()
  }

  private static func rows() -> [Assembly] {
    var random = SeededRandom(seed: 131)
    var parts: [Assembly] = []
    for side: Float in [-1, 1] {
      var z: Float = side < 0 ? 2.5 : 4.5
      var index = side < 0 ? 0 : 4
      while z < 88 {
        let width = random.within(5.5...8.5)
        let stories = 3 + Int(random.unit() * 2.2)
        let eaves = 3.5 + Float(stories - 1) * 2.85
        let front = 4.75 + random.within(-0.12...0.18)
        let color = pigment(walls[index % walls.count])
        parts.append(
          house(
            side: side, z: z, width: width, front: front, eaves: eaves,
            gable: random.unit() < 0.55, color: color, seed: UInt32(parts.count + 1)))
        z += width
        index += 1
      }
    }
    return parts
  }

  private static func house(
    side: Float, z: Float, width: Float, front: Float, eaves: Float, gable: Bool, color: Vector,
    seed: UInt32
  ) -> Assembly {
    var parts = Assembly()
    let depth: Float = 9
    let pitch: Float = gable ? 1.15 : 0.9
    let rise = (gable ? width : depth) / 2 * pitch
    let middle = z + width / 2
    let x = side * (front + depth / 2)
    parts.add(
      Block(
        center: Vector(x, (eaves + rise) / 2, middle), axes: level,
        half: Vector(depth / 2, (eaves + rise) / 2, width / 2 - 0.01),
        pitch: gable ? Point(0, pitch) : Point(pitch, 0),
        surface: Surface(material: .clapboard, color: color, seed: seed)))
    // Slabs of the roof, a little larger than the house.
    let steep = (1 + pitch * pitch).squareRoot()
    let run = (gable ? width : depth) / 2 + 0.28
    let ridge = gable ? Vector(1, 0, 0) : Vector(0, 0, 1)
    let aside = gable ? Vector(0, 0, 1) : Vector(1, 0, 0)
    for lean: Float in [-1, 1] {
      let down = (lean * aside - pitch * up) / steep
      let outward = (pitch * lean * aside + up) / steep
      let slope = run * steep / 2
      parts.add(
        Block(
          center: Vector(x, eaves + rise, middle) + down * slope + outward * 0.08,
          axes: (ridge, outward, down),
          half: Vector((gable ? depth : width) / 2 + (gable ? 0.25 : 0), 0.10, slope),
          surface: Surface(
            material: .roof, color: pigment(seed % 3 == 0 ? 0x5A3F3A : 0x6E4638), seed: seed)))
    }
    // A cornice, a string course, a plinth.
    for (height, half, out) in [
      (eaves - 0.12, Float(0.12), Float(0.16)), (3.35, 0.09, 0.09), (0.30, 0.30, 0.06),
    ] {
      if gable && height > 4 { continue }
      parts.add(
        Block(
          center: Vector(side * (front - out / 2 + 0.02), height, middle), axes: level,
          half: Vector(out / 2 + 0.02, half, width / 2 - 0.01),
          surface: Surface(material: .stone, color: color * 0.75 + 0.10, seed: seed)))
    }
    parts.add(
      Block(
        center: Vector(side * (front + 3), eaves + rise * 0.75 + 0.8, z + width * 0.78),
        axes: level,
        half: Vector(0.45, 1.3, 0.4),
        surface: Surface(material: .brick, color: pigment(0x8A5242), seed: seed)))
    return parts
  }

  private static func church() -> Assembly {
    var parts = Assembly()
    let wall = Surface(material: .stone, color: pigment(0xA08878), seed: 90)
    let z: Float = 104
    parts.add(
      Block(center: Vector(0.6, 14, z), axes: level, half: Vector(4.4, 14, 4), surface: wall))
    parts.add(
      Block(center: Vector(0.6, 29, z), axes: level, half: Vector(3.4, 3, 3.2), surface: wall))
    parts.add(
      Block(
        center: Vector(0.6, 41, z), axes: level, half: Vector(3.7, 9.2, 3.5),
        pitch: Point(4.6, 4.9),
        surface: Surface(material: .roof, color: pigment(0x4F7A70), seed: 91)))
    parts.add(
      Rod(
        from: Vector(0.6, 50, z), to: Vector(0.6, 53, z), radius: 0.14,
        surface: Surface(material: .metal, color: pigment(0xE0B64C))))
    parts.add(
      Rod(
        from: Vector(0.6, 22.5, z - 3.4), to: Vector(0.6, 22.5, z - 3.4), radius: 1.5,
        surface: Surface(material: .glass, color: pigment(0xFFD890))))
    return parts
  }

  private static func lampPosts() -> [Assembly] {
    [Float(9), 20, 31, 44, 58, 74].enumerated().map { index, z in
      var parts = Assembly()
      let x: Float = index.isMultiple(of: 2) ? -3.35 : 3.35
      let iron = Surface(material: .metal, color: pigment(0x1E2226))
      func at(_ y: Float) -> Vector { Vector(x, y, z) }
      parts.add(Rod(from: at(0), to: at(0.7), radius: 0.13, surface: iron))
      parts.add(Rod(from: at(0.7), to: at(3.7), radius: 0.055, surface: iron))
      parts.add(
        Rod(
          from: at(3.35) - Vector(0.3, 0, 0), to: at(3.35) + Vector(0.3, 0, 0), radius: 0.028,
          surface: iron))
      parts.add(
        Rod(
          from: at(3.98), to: at(4.2), radius: 0.17,
          surface: Surface(material: .glass, color: pigment(0xFFE0A0))))
      parts.add(Rod(from: at(4.40), to: at(4.42), radius: 0.2, surface: iron))
      parts.add(Rod(from: at(4.5), to: at(4.75), radius: 0.04, surface: iron))
      return parts
    }
  }

  private static func awnings() -> [Assembly] {
    [
      (Float(-1), Float(13.2), UInt32(0xB8352C), UInt32(0)), (1, 15.5, 0x2F6B5A, 1),
      (-1, 33.5, 0x2F4F86, 2), (1, 27.2, 0xC98A2C, 3),
    ].map {
      side, z, color, seed in
      var parts = Assembly()
      let down = normalized(Vector(-side, -0.55, 0))
      let outward = normalized(Vector(-side * 0.55, 1, 0))
      parts.add(
        Block(
          center: Vector(side * 4.05, 2.78, z), axes: (Vector(0, 0, 1), outward, down),
          half: Vector(2.1, 0.03, 0.8),
          surface: Surface(material: .painted, color: pigment(color), seed: seed)))
      // A board with the shop's sign, across the walk.
      parts.add(
        Block(
          center: Vector(side * 4.15, 3.9, z - 2.6), axes: level, half: Vector(0.42, 0.30, 0.035),
          surface: Surface(material: .painted, color: pigment(color) * 0.7, seed: 9)))
      parts.add(
        Rod(
          from: Vector(side * 4.8, 4.28, z - 2.6), to: Vector(side * 3.7, 4.28, z - 2.6),
          radius: 0.025,
          surface: Surface(material: .metal, color: pigment(0x1E2226))))
      return parts
    }
  }

  private static func people() -> [Assembly] {
    let people: [(Float, Float, UInt32, UInt32)] = [
      (1.15, 10.5, 0x3A3040, 0xB8262E), (1.85, 10.9, 0x6A4A3A, 0), (-1.5, 17.5, 0x2F3A50, 0x2F4F7A),
      (0.2, 25, 0x503A40, 0xD8A23A), (-2.2, 33, 0x303038, 0), (2.0, 39, 0x44323A, 0x4A6A5A),
    ]
    return people.map { x, z, coat, umbrella in
      var parts = Assembly()
      func rod(_ a: Vector, _ b: Vector, _ radius: Float, _ color: UInt32) {
        let foot = Vector(x, 0, z)
        parts.add(
          Rod(
            from: foot + a, to: foot + b, radius: radius,
            surface: Surface(material: .metal, color: pigment(color))))
      }
      rod(Vector(-0.10, 0.08, 0.1), Vector(-0.09, 0.75, 0), 0.075, 0x24222A)
      rod(Vector(0.12, 0.08, -0.1), Vector(0.09, 0.75, 0), 0.075, 0x24222A)
      rod(Vector(0, 0.72, 0), Vector(0, 1.25, 0), 0.20, coat)
      rod(Vector(0, 1.25, 0), Vector(0, 1.36, 0), 0.17, coat)
      rod(Vector(-0.22, 1.32, 0), Vector(-0.27, 0.85, -0.05), 0.065, coat)
      rod(Vector(0, 1.60, 0), Vector(0, 1.64, 0), 0.115, 0x8A6048)
      rod(Vector(0, 1.68, 0.02), Vector(0, 1.70, 0.02), 0.118, 0x2A2024)
      if umbrella != 0 {
        rod(Vector(0.22, 1.05, -0.1), Vector(0.14, 2.12, -0.02), 0.016, 0x1E2226)
        rod(Vector(0.22, 1.32, 0), Vector(0.22, 1.08, -0.12), 0.06, coat)
        // The canopy, of rings that narrow upward.
        for step in 0..<7 {
          let y = 1.92 + Float(step) * 0.045
          let wide = 0.56 * (1 - Float(step * step) / 50)
          for spoke in 0..<8 {
            let turn = Float(spoke) / 8
            let arm = Vector(cosine(turns: turn), 0, sine(turns: turn)) * wide
            rod(Vector(0.14, y, -0.02), Vector(0.14, y - 0.02, -0.02) + arm, 0.06, umbrella)
          }
        }
      }
      return parts
    }
  }

  // MARK: Surfaces

  struct Look {
    var albedo: Vector
    var glow = Vector.zero
    var mirror: Float = 0
  }

  static func look(_ hit: Hit, at p: Vector) -> Look {
    let rough = grain.fractal(p * 1.6, octaves: 4)
    let color = hit.surface.color
    switch hit.surface.material {
    case .clapboard: return facade(hit, p, rough)
    case .roof:
      let row = (hit.local.z / 0.30).rounded(.down)
      let tile = grain.unit(Int32((hit.local.x / 0.22 + row * 0.5).rounded(.down)), Int32(row))
      let lap: Float = hit.local.z / 0.30 - row > 0.8 ? 0.6 : 1
      return Look(albedo: color * (lap * (0.7 + 0.5 * tile + 0.3 * rough)), mirror: 0.03)
    case .stone:
      if hit.surface.seed == 90, abs(hit.local.x) < 0.8, hit.normal.z < -0.5,
        abs(hit.local.y - 2) < 2.6, hit.half.y > 10
      {
        return Look(albedo: .zero, glow: Vector(0.95, 0.52, 0.20) * 0.6)
      }
      return Look(albedo: color * (1 + 0.35 * rough))
    case .glass:
      return Look(albedo: .zero, glow: color * Vector(1, 0.82, 0.55) * (hit.half.x > 1 ? 1.1 : 4.2))
    case .painted:
      let stripe =
        hit.surface.seed < 4 && (hit.local.x * 1.9 - (hit.local.x * 1.9).rounded(.down)) < 0.5
      return Look(albedo: stripe ? pigment(0xE9E2D2) : color)
    default: return Look(albedo: color * (1 + 0.25 * rough), mirror: 0.02)
    }
  }

  private static func facade(_ hit: Hit, _ p: Vector, _ rough: Float) -> Look {
    let stain = 1 + 0.20 * rough + 0.10 * grain(p.z * 3, p.y * 0.5) - 0.22 * smoothstep(1.4, 0, p.y)
    let wall = Look(albedo: hit.surface.color * stain)
    guard hit.face == 0, abs(hit.normal.x) > 0.9 else { return wall }
    let width = hit.half.z * 2
    let count = max(2, (width / 2.1).rounded(.down))
    let bay = width / count
    let column = ((hit.local.z + hit.half.z) / bay).rounded(.down)
    let x = hit.local.z + hit.half.z - (column + 0.5) * bay
    let seed = Int32(hit.surface.seed)
    if p.y < 3.2 { return shop(x, bay, p, column, seed, wall) }
    let story = ((p.y - 3.5) / 2.85).rounded(.down)
    let y = p.y - 3.5 - story * 2.85 - 1.32
    let eaves = hit.half.y * 2
    guard story >= 0, p.y < eaves - 1.1,
      abs(hit.local.z) < hit.half.z - max(0, p.y - eaves + 3.2) * 0.5
    else { return wall }
    let wide: Float = 0.50
    let tall: Float = 0.82
    // Shutters beside, a sill below, a frame around.
    let shutter = abs(abs(x) - wide - 0.30) < 0.24 && abs(y) < tall && bay > 1.9 && seed % 3 != 0
    if shutter {
      let slat: Float = (p.y * 14 - (p.y * 14).rounded(.down)) < 0.3 ? 0.6 : 1
      let paints: [UInt32] = [0x3E6A5A, 0x4A5F86, 0x7A3A34, 0x556B45]
      return Look(albedo: pigment(paints[Int(seed) % 4]) * slat)
    }
    if abs(x) < wide + 0.16, abs(y + tall + 0.10) < 0.07 {
      return Look(albedo: pigment(0xD8CEBC) * 0.9)
    }
    guard abs(x) < wide + 0.10, abs(y) < tall + 0.10 else { return wall }
    if abs(x) > wide || abs(y) > tall { return Look(albedo: pigment(0xDDD4C4)) }
    if abs(x) < 0.035 || abs(y - 0.28) < 0.03 { return Look(albedo: pigment(0xCFC6B6)) }
    return pane(column, Int32(story), seed, Point(x / wide, y / tall))
  }

  private static func pane(_ column: Float, _ story: Int32, _ seed: Int32, _ q: Point) -> Look {
    let chance = grain.unit(Int32(column), story, seed)
    guard chance < 0.46 else {
      return Look(albedo: Vector(0.02, 0.025, 0.035), mirror: 0.35)
    }
    // A lit room behind curtains.
    let curtain = smoothstep(0.35, 0.95, abs(q.x)) * 0.45
    let warm = mix(Vector(1.0, 0.56, 0.20), Vector(1.0, 0.74, 0.42), chance * 2)
    return Look(
      albedo: Vector(0.03, 0.02, 0.02), glow: warm * ((0.85 - curtain) * (0.68 + 0.24 * q.y)))
  }

  private static func shop(
    _ x: Float, _ bay: Float, _ p: Vector, _ column: Float, _ seed: Int32, _ wall: Look
  ) -> Look {
    let isDoor = Int(column) % 3 == 1
    let wide = isDoor ? Float(0.55) : bay / 2 - 0.30
    let bottom: Float = isDoor ? 0.05 : 0.75
    let top: Float = 2.62
    guard abs(x) < wide + 0.1, p.y > bottom - 0.1, p.y < top + 0.1 else { return wall }
    let paints: [UInt32] = [0x2F4A40, 0x5A2E28, 0x2E3C58, 0x6A5030]
    let frame = Look(albedo: pigment(paints[Int(seed) % 4]))
    if abs(x) > wide || p.y < bottom || p.y > top || abs(p.y - 2.05) < 0.04 { return frame }
    if isDoor, p.y < 1.0 { return frame }
    if !isDoor, abs(x) < 0.03 { return frame }
    guard grain.unit(Int32(column), 99, seed) < 0.72 else {
      return Look(albedo: Vector(0.02, 0.025, 0.03), mirror: 0.3)
    }
    // Goods in the window, as dark shapes before the light.
    let goods = p.y < 1.15 + 0.35 * grain(x * 6 + column * 7, Float(seed)) && p.y > 0.8
    let shelf = abs(p.y - 1.55) < 0.03
    let light = Vector(1.0, 0.66, 0.30) * (0.85 + 0.35 * (p.y - bottom) / (top - bottom))
    if goods || shelf {
      let tint = grain.unit(Int32((x * 6).rounded(.down)), Int32(column), seed)
      return Look(
        albedo: .zero, glow: light * mix(Vector(0.25, 0.14, 0.10), Vector(0.5, 0.42, 0.2), tint))
    }
    return Look(albedo: Vector(0.03, 0.02, 0.02), glow: light * 0.85)
  }
}
