import Tensors

extension Sample {
  /// A river valley in the evening: fields, hedges, hills behind hills, clouds.
  static let valley = Sample(
    name: "valley", kind: .content, width: 1024, height: 683,
    title: "A river through fields and hills at evening", quality: 86
  ) { width, height, workers in
    let valley = Valley(detail: clamped(Float(width) / 1024, 0.12, 1), on: workers)
    return rendered(width: width, height: height, side: 3, seed: 118, on: workers) {
      place, chance in
      valley.color(place / Float(width), aspect: Float(height) / Float(width), &chance)
    }
  }
}

/// The land: x to the right, y up, z away from the viewer, in meters; the river lies at y = 0.
struct Valley {
  private static let eye = Vector(0, 25, -14)
  private static let sun = normalized(Vector(0.78, 0.33, 0.36))
  private static let sunlight = Vector(1.0, 0.70, 0.40) * 3.4
  private static let forms = Noise(seed: 1401)
  private static let leaves = Noise(seed: 1402)
  private static let side: Float = 6.2

  private let near: HeightGrid
  private let far: HeightGrid
  private let farm = Setting(ValleyFarm.assemblies())

  init(detail: Float, on workers: Workers) {
    near = HeightGrid(from: Point(-260, 0), to: Point(260, 470), cell: 0.55 / detail, on: workers) {
      x, z in
      guard abs(x) < 0.62 * z + 60 else { return 0 }
      let ground = Self.ground(x, z)
      return ground + Self.canopy(x, z)
    }
    far = HeightGrid(from: Point(-4200, 420), to: Point(4200, 7600), cell: 8 / detail, on: workers)
    { x, z in
      guard abs(x) < 0.62 * z + 400 else { return 0 }
      let scrub = Self.leaves.fractal(x / 21, z / 21, octaves: 3)
      return Self.ground(x, z) + 9
        * smoothstep(0.06, 0.3, scrub + 0.3 * Self.forms(x / 260, z / 260))
    }
  }

  /// Where the river's middle lies.
  static func river(_ z: Float) -> Float {
    let bends = 34 * sine(turns: z / 210 + 0.08) + 16 * sine(turns: z / 97 + 0.3)
    return bends * smoothstep(-30, 120, z) - 6 + z * 0.05 + 60 * sine(turns: z / 1300)
      * smoothstep(250, 700, z)
  }

  static func ground(_ x: Float, _ z: Float) -> Float {
    let bank = abs(x - river(z)) - (9 + 3 * forms(z / 40, 2) + z * 0.006)
    let rise = smoothstep(0, 5, bank) * 1.7 - 2 * smoothstep(0, -6, bank)
    let away = max(0, bank)
    var height =
      rise + 15 * smoothstep(25, 190, away) + 0.6 * forms.fractal(x / 24, z / 24, octaves: 4)
    height +=
      smoothstep(30, 260, away) * 24 * (0.4 + forms.fractal(x / 190 + 3, z / 190, octaves: 4))
    // The near slope, from which the valley is seen.
    height += 15 * smoothstep(44, -10, z) * smoothstep(-12, 30, abs(x + 6) + 16)
    let back = smoothstep(330, 1500, z)
    let hills = 0.5 + 1.2 * forms.fractal(x / 900 + 7, z / 900, octaves: 5)
    height += back * smoothstep(10, 500, away) * 170 * max(0.05, hills)
    height +=
      smoothstep(2000, 5200, z)
      * (160 + 430 * forms.ridged(x / 2600 + 0.6, z / 2600 + 0.2, octaves: 6))
    return height
  }

  /// Which field a place belongs to, and how near its hedge is.
  static func field(_ x: Float, _ z: Float) -> (tone: Float, hedge: Float, row: Float) {
    let warp = Point(forms(x / 90, z / 90), forms(x / 90 + 40, z / 90)) * 16
    let p = turned(Point(x, z) + warp, turns: 0.06)
    let row = (p.y / 74).rounded(.down)
    let column = (p.x / 58 + 0.37 * row).rounded(.down)
    let fx = p.x / 58 + 0.37 * row - column
    let fy = p.y / 74 - row
    let hedge = min(min(fx, 1 - fx) * 58, min(fy, 1 - fy) * 74)
    let tone = leaves.unit(Int32(column), Int32(row), 9)
    return (tone, hedge, tone < 0.5 ? p.x : p.y)
  }

  /// How densely trees stand: hedges, copses, along the river.
  private static func wood(_ x: Float, _ z: Float) -> Float {
    let bank = abs(x - river(z)) - (9 + 3 * forms(z / 40, 2) + z * 0.006)
    guard bank > 2.5, z > 58 else { return 0 }
    let copse = smoothstep(0.20, 0.36, forms.fractal(x / 95 + 11, z / 95, octaves: 3))
    let hedge = field(x, z).hedge < 3 ? Float(0.62) : 0
    let riverside =
      bank < 10 ? 0.34 * smoothstep(-0.1, 0.25, forms(z / 30, x > river(z) ? 3 : 8)) : 0
    let isYard = length(Point(x - ValleyFarm.place.x, z - ValleyFarm.place.z)) < 17
    return isYard ? 0 : max(max(copse * 0.85, hedge), max(riverside, 0.012))
  }

  static func canopy(_ x: Float, _ z: Float) -> Float {
    let i = Int32((x / side).rounded(.down))
    let j = Int32((z / side).rounded(.down))
    var tallest: Float = 0
    for dj in Int32(-1)...1 {
      for di in Int32(-1)...1 {
        let centerX = (Float(i + di) + leaves.unit(i + di, j + dj, 1)) * side
        let centerZ = (Float(j + dj) + leaves.unit(i + di, j + dj, 2)) * side
        let size = 0.62 + 0.5 * leaves.unit(i + di, j + dj, 3)
        let isPoplar = leaves.unit(i + di, j + dj, 5) < 0.16
        let radius = (isPoplar ? 3.0 : 4.4) * size
        let away = length(Point(x - centerX, z - centerZ))
        guard away < radius, leaves.unit(i + di, j + dj, 4) < wood(centerX, centerZ) else {
          continue
        }
        let out = away / radius
        let ragged = 0.20 * leaves(x * 0.9, z * 0.9) + 0.30 * leaves(x * 1.9, z * 1.9)
        let profile = isPoplar ? 1.7 * (1 - out * out) : (1 - out * out).squareRoot()
        tallest = max(tallest, 8.2 * size * max(0, profile + ragged * (1 - out * 0.5)))
      }
    }
    return tallest
  }

  private func height(_ x: Float, _ z: Float) -> Float {
    if near.covers(x, z), z < 440 { return near.height(x, z) }
    if far.covers(x, z) { return far.height(x, z) }
    return -20
  }

  private func meet(_ ray: Ray, limit: Float, reach: Float = 1) -> Float? {
    let ceiling = max(near.highest, far.highest)
    var t: Float = ray.origin.z < 0 ? max(0.1, -ray.origin.z / max(ray.direction.z, 0.05)) : 0.2
    var before = t
    for _ in 0..<240 {
      guard t < limit else { return nil }
      let p = ray.at(t)
      guard p.y < ceiling || ray.direction.y < 0, p.z >= 0 else { return nil }
      let gap = p.y - height(p.x, p.z)
      if gap < 0 { return ray.crossing(before, t, of: height) }
      before = t
      t += max(gap * 0.45, 0.12 + 0.0018 * t) * reach
    }
    return nil
  }

  func color(_ place: Point, aspect: Float, _ chance: inout Chance) -> Vector {
    let toward = Vector((place.x - 0.5) * 1.06, (0.40 * aspect - place.y) * 1.06, 1)
    let ray = Ray(origin: Self.eye, direction: normalized(toward))
    let light = incoming(ray, bounces: 1, &chance)
    return filmed(light, exposure: 0.74, saturation: 0.84)
  }

  private func incoming(_ ray: Ray, bounces: Int, _ chance: inout Chance) -> Vector {
    let hit = farm.meet(ray)
    let solid = hit?.distance ?? .infinity
    let water = ray.direction.y < -1e-5 ? -ray.origin.y / ray.direction.y : .infinity
    if let ground = meet(ray, limit: min(solid, min(water, 9000))) {
      let p = ray.at(ground)
      let e = max(0.45, ground * 0.0014)
      let normal = normalized(
        Vector(
          height(p.x - e, p.z) - height(p.x + e, p.z), 2 * e,
          height(p.x, p.z - e) - height(p.x, p.z + e)))
      return hazy(lit(p, normal, albedo(p, normal, ground), ground, &chance), ray, ground)
    }
    if let hit, solid < water {
      let p = ray.at(solid)
      return hazy(lit(p, hit.normal, ValleyFarm.albedo(hit, at: p), solid, &chance), ray, solid)
    }
    if water < 9000 { return hazy(river(ray, water, bounces, &chance), ray, water) }
    return Self.sky(ray.direction)
  }

  private func lit(
    _ p: Vector, _ normal: Vector, _ albedo: Vector, _ distance: Float, _ chance: inout Chance
  ) -> Vector {
    let lifted = p + normal * (0.05 + 0.002 * distance)
    let blur = chance.random.centered()
    let toSun = normalized(Self.sun + 0.03 * blur)
    var light = Vector(0.36, 0.46, 0.68) * (0.62 + 0.38 * normal.y)
    let facing = clamped(dot(normal, Self.sun) * 0.9 + 0.1)
    if facing > 0 {
      let ray = Ray(origin: lifted, direction: toSun)
      if meet(ray, limit: 900, reach: distance > 450 ? 3 : 1.4) == nil, !farm.blocks(ray, limit: 80)
      {
        light += Self.sunlight * facing
      }
    }
    return albedo * light
  }

  private func albedo(_ p: Vector, _ normal: Vector, _ distance: Float) -> Vector {
    let grain = Self.forms.fractal(p.x * 0.8, p.z * 0.8, octaves: 4)
    let bare = Self.ground(p.x, p.z)
    if p.z < 440, p.y - bare > 0.6 {
      let kind = Self.leaves.unit(
        Int32((p.x / Self.side).rounded(.down)), Int32((p.z / Self.side).rounded(.down)), 6)
      let leaf = gradient(
        [pigment(0x2F4A1E), pigment(0x4A6428), pigment(0x6A7A2C), pigment(0x9A6A22)], kind * 0.86)
      let twigs = Self.leaves.fractal(p * 1.7, octaves: 3)
      return leaf * (1 + 1.1 * twigs)
        * ((0.40 + 0.6 * smoothstep(0.4, 6, p.y - bare)) * (1 + 0.9 * grain))
    }
    let field = Self.field(p.x, p.z)
    let patch = Self.forms.fractal(p.x / 30, p.z / 30, octaves: 4)
    var color: Vector
    let furrow = 0.5 + 0.5 * sine(turns: field.row / 2.6)
    let rows = mix(1, 0.72 + 0.5 * furrow, smoothstep(420, 120, distance))
    switch field.tone {
    case ..<0.24:  // ripe wheat
      color = mix(pigment(0xC79A3C), pigment(0xE0BC62), 0.5 + patch) * rows
    case ..<0.40:  // plowed
      color = mix(pigment(0x8A5E3A), pigment(0x6E4A30), 0.5 + patch) * rows
    case ..<0.56:  // young green
      color = mix(pigment(0x5F8A34), pigment(0x86A648), 0.5 + patch) * rows
    case ..<0.66:  // lavender
      color = mix(pigment(0x8C7CA8), pigment(0x6A5C92), 0.5 + patch) * (rows * rows)
    default:  // meadow
      color = mix(pigment(0x6F8A3A), pigment(0x9AA04A), clamped(0.5 + 1.2 * patch))
    }
    let bank = abs(p.x - Self.river(p.z)) - (9 + p.z * 0.006)
    let meadow = mix(pigment(0x5A7A34), pigment(0x8A9A46), clamped(0.5 + 1.4 * patch))
    let isNear = smoothstep(60, 30, p.z)
    color = mix(color, meadow, max(smoothstep(22, 12, bank), isNear))
    color = mix(color, pigment(0x9A8460), smoothstep(1.1, 0.35, p.y) * smoothstep(8, 2, bank))
    if p.z < 70, Self.leaves(p.x * 1.6, p.z * 1.6) > 0.46 {
      // Poppies and daisies.
      color = Self.leaves(p.x * 0.3, p.z * 0.3) > 0 ? pigment(0xD8432E) : pigment(0xF2E6C0)
    }
    let wooded =
      smoothstep(430, 520, p.z)
      * smoothstep(
        0.02, 0.22,
        Self.leaves.fractal(p.x / 21, p.z / 21, octaves: 3) + 0.3 * Self.forms(p.x / 260, p.z / 260)
      )
    color = mix(color, pigment(0x3A5228), wooded)
    let rock = smoothstep(2200, 3600, p.z) * smoothstep(0.10, 0.3, 1 - normal.y)
    return mix(color, pigment(0x7A706C), rock) * (1 + 0.35 * grain * smoothstep(400, 60, distance))
  }

  private func river(_ ray: Ray, _ distance: Float, _ bounces: Int, _ chance: inout Chance)
    -> Vector
  {
    let deep = Vector(0.03, 0.055, 0.045)
    guard bounces > 0 else { return deep + 0.4 * Self.sky(Vector(0, 0.3, 0.95)) }
    let p = ray.at(distance)
    let e: Float = 0.15
    func wave(_ x: Float, _ z: Float) -> Float {
      Self.forms(x / 1.3, z / 2.1) + 0.5 * Self.forms(x / 0.5, z / 0.8)
    }
    let here = wave(p.x, p.z)
    let calm = 0.3 + 0.7 * smoothstep(-0.2, 0.4, Self.forms.fractal(p.x / 12, p.z / 26, octaves: 3))
    let tilt = Point(wave(p.x + e, p.z) - here, wave(p.x, p.z + e) - here) / e * (0.010 * calm)
    let fine = Point(chance.random.unit() - 0.5, chance.random.unit() - 0.5) * 0.02
    let normal = normalized(Vector(-tilt.x + fine.x, 1, -tilt.y + fine.y))
    var back = mirrored(ray.direction, at: normal)
    back.y = max(back.y, 0.01)
    let grazing = 1 - clamped(-dot(ray.direction, normal))
    let square = grazing * grazing
    let strength = 0.08 + 0.92 * square * square * grazing
    let mirror = incoming(
      Ray(origin: p + Vector(0, 0.02, 0), direction: normalized(back)), bounces: 0, &chance)
    return mirror * strength + deep * (1 - strength) * 2
  }

  private func hazy(_ light: Vector, _ ray: Ray, _ distance: Float) -> Vector {
    let clear = exponential(-distance / 3300)
    let toward = clamped(dot(ray.direction, Self.sun) * 0.5 + 0.5)
    let air = mix(Vector(0.50, 0.58, 0.74), Vector(1.25, 0.86, 0.54), toward * toward * toward)
    return light * clear + air * (1 - clear) * 0.92
  }

  /// Evening sky with a sheet of clouds, lit from the side of the sun.
  static func sky(_ direction: Vector) -> Vector {
    let y = max(0, direction.y)
    let toward = clamped(dot(direction, sun) * 0.5 + 0.5)
    let warm = toward * toward * toward
    let horizon = mix(Vector(0.86, 0.74, 0.70), Vector(1.7, 1.06, 0.56), warm)
    let high = mix(Vector(0.13, 0.27, 0.56), Vector(0.34, 0.42, 0.60), warm)
    let clear = mix(high, horizon, exponential(-6.5 * y))
    guard y > 0.012 else { return clear }
    // The clouds' layer, seen from below; thicker away from its edges.
    let p = Point(direction.x, direction.z) / (y + 0.10)
    func thickness(_ p: Point) -> Float {
      let cover = forms.fractal(p.x * 0.62 + 3.3, p.y * 0.95 + 0.7, octaves: 6, gain: 0.52)
      return smoothstep(-0.02, 0.42, cover + 0.16 * forms(p.x * 0.22 + 5, p.y * 0.3))
    }
    let here = thickness(p)
    let sunward = thickness(p + normalized(Point(sun.x, sun.z)) * 0.22)
    let light = exponential(-2.1 * sunward) * (1 - 0.35 * here)
    let bright = mix(Vector(1.35, 0.98, 0.74), Vector(1.9, 1.25, 0.70), warm)
    let shade = mix(Vector(0.40, 0.42, 0.54), Vector(0.70, 0.52, 0.50), warm)
    let cloud = mix(shade, bright, clamped(light * 1.25))
    return mix(clear, mix(clear, cloud, smoothstep(0.01, 0.14, y)), clamped(here * 1.15))
  }
}

/// A farm by the river: a house, a barn, a round tower.
enum ValleyFarm {
  static let place = Vector(-47, 0, 132)
  private static let up = Vector(0, 1, 0)
  private static let grain = Noise(seed: 1501)

  static func assemblies() -> [Assembly] {
    let floor = Valley.ground(place.x, place.z) - 0.6
    return [
      building(Vector(0, floor, 0), 0.05, Vector(7, 4.4, 4.4), pigment(0xE8D8B8), 1),
      building(Vector(-13, floor, 7), 0.30, Vector(8, 3.8, 4.6), pigment(0xA8563C), 2),
      building(Vector(9.5, floor, 5), 0.12, Vector(2.3, 9, 2.3), pigment(0xD8C4A0), 3),
    ]
  }

  private static func building(
    _ at: Vector, _ turn: Float, _ half: Vector, _ wall: Vector, _ seed: UInt32
  ) -> Assembly {
    var parts = Assembly()
    let ridge = Vector(cosine(turns: turn), 0, sine(turns: turn))
    let aside = Vector(-ridge.z, 0, ridge.x)
    let pitch: Float = seed == 3 ? 1.3 : 0.8
    let rise = half.z * pitch
    let foot = place + at
    parts.add(
      Block(
        center: foot + up * ((half.y + rise) / 2), axes: (ridge, up, aside),
        half: Vector(half.x, (half.y + rise) / 2, half.z),
        pitch: seed == 3 ? Point(pitch, pitch) : Point(0, pitch),
        surface: Surface(material: .clapboard, color: wall, seed: seed)))
    guard seed != 3 else { return parts }
    let steep = (1 + pitch * pitch).squareRoot()
    let run = half.z + 0.5
    for lean: Float in [-1, 1] {
      let down = (lean * aside - pitch * up) / steep
      let outward = (pitch * lean * aside + up) / steep
      parts.add(
        Block(
          center: foot + up * (half.y + rise) + down * (run * steep / 2) + outward * 0.12,
          axes: (ridge, outward, down),
          half: Vector(half.x + 0.4, 0.15, run * steep / 2),
          surface: Surface(material: .roof, color: pigment(0xA04A30), seed: seed)))
    }
    return parts
  }

  static func albedo(_ hit: Hit, at p: Vector) -> Vector {
    let rough = grain.fractal(p * 1.3, octaves: 3)
    if hit.surface.material == .roof { return hit.surface.color * (0.9 + 0.5 * rough) }
    if hit.face == 1 { return pigment(0x8A4630) * (0.9 + 0.5 * rough) }
    let across = hit.face == 0 ? hit.local.z : hit.local.x
    let x = across / 2.6 - (across / 2.6).rounded()
    let y = hit.local.y + hit.half.y - 2.3
    let story = y / 2.6 - (y / 2.6).rounded()
    if abs(x) < 0.17, abs(story) < 0.24, y < hit.half.y { return Vector(0.05, 0.05, 0.06) }
    return hit.surface.color * (1 + 0.3 * rough)
  }
}
