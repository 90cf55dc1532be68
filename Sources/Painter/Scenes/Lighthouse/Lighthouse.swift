import Tensors

extension Sample {
  /// A lighthouse under the stars: dark tones, one warm light, rock and water.
  static let lighthouse = Sample(
    name: "lighthouse", kind: .content, width: 960, height: 640,
    title: "A lighthouse under the Milky Way", quality: 88
  ) { width, height, workers in
    let camera = Camera(eye: Vector(0, 3.4, -46), target: Vector(0.6, 11.4, 0), span: 1.12)
    let coast = Lighthouse()
    return rendered(width: width, height: height, side: 3, seed: 96, on: workers) { place, chance in
      let ray = camera.ray(place / Float(width), aspect: Float(height) / Float(width))
      let light = coast.incoming(ray, bounces: 1, &chance) + coast.glow(ray)
      return filmed(light, exposure: 0.86, saturation: 1.04)
    }
  }
}

/// The coast; y up, the sea at y = 0, z away from the viewer, in meters.
struct Lighthouse: Sculpture {
  private enum Part { case rock, tower, band, iron, lamp, house, roof, pane }

  private static let stone = Noise(seed: 1001)
  private static let moon = normalized(Vector(-0.62, 0.50, -0.60))
  private static let moonlight = Vector(0.62, 0.74, 1.0) * 0.8
  private static let foot = Vector(8.5, 7.1, 2)
  private static let lamp = foot + Vector(0, 17.35, 0)
  private static let house = Vector(15.4, 7.7, 3.0)
  private static let beam = normalized(Vector(-1, 0.035, -0.30))

  func distance(_ p: Vector) -> Float { nearest(p).distance }

  private func nearest(_ p: Vector) -> (distance: Float, part: Part) {
    var best: (distance: Float, part: Part) = (rock(p), .rock)
    func offer(_ distance: Float, _ part: Part) {
      if distance < best.distance { best = (distance, part) }
    }
    let q = p - Self.foot
    let around = Form.bar(q, Vector(0, 0, 0), Vector(0, 19, 0), 3.4)
    if around > 1 { offer(around, .tower) } else { tower(q, offer) }
    let h = p - Self.house
    let near = length(h) - 6
    if near > 1 {
      offer(near, .house)
    } else {
      offer(Form.box(h, Vector(0, 1.0, 0), Vector(3.4, 1.9, 2.2), round: 0.05), .house)
      let slope = (abs(h.z) * 0.72 + h.y - 4.75) * 0.80
      offer(max(max(slope, 2.7 - h.y), abs(h.x) - 3.7), .roof)
      offer(Form.box(h, Vector(2.2, 4.4, 0), Vector(0.42, 1.2, 0.42), round: 0.04), .house)
    }
    return best
  }

  private func tower(_ q: Vector, _ offer: (Float, Part) -> Void) {
    let out = length(Point(q.x, q.z))
    let narrow = 2.25 - 0.055 * q.y
    offer(max((out - narrow) * 0.97, q.y - 15.2), .tower)
    offer(Form.ring(q, Vector(0, 15.15, 0), 1.9, 0.16), .iron)
    offer(max(max(out - 2.25, q.y - 15.45), 15.2 - q.y), .iron)
    offer(Form.ring(q, Vector(0, 16.4, 0), 2.15, 0.045), .iron)
    offer(Form.ring(q, Vector(0, 15.95, 0), 2.15, 0.035), .iron)
    // Railings and glazing bars, repeated around.
    let turn = turns(of: Point(q.x, q.z))
    func bars(_ count: Float, _ radius: Float, _ low: Float, _ high: Float, _ half: Float) -> Float
    {
      let spoke = turn * count
      let side = abs(spoke - spoke.rounded()) / count * 6.283 * out
      let away = length(Point(side, out - radius)) - half
      return max(away, max(low - q.y, q.y - high)) * 0.8
    }
    offer(bars(16, 2.15, 15.3, 16.4, 0.04), .iron)
    offer(bars(8, 1.18, 15.4, 18.5, 0.06), .iron)
    offer(max(out - 1.15, abs(q.y - 15.8) - 0.45), .band)
    offer(Form.ball(q, Vector(0, 17.35, 0), 0.62), .lamp)
    offer(max(out - 1.45 + max(0, q.y - 18.5) * 0.95, 18.45 - q.y) * 0.7, .band)
    offer(Form.bar(q, Vector(0, 19.6, 0), Vector(0, 21, 0), 0.06), .iron)
  }

  private func rock(_ p: Vector) -> Float {
    let island = length(Point((p.x - 11) / 21, (p.z - 4) / 13))
    let plateau = 8.3 * smoothstep(1.08, 0.62, island + 0.13 * Self.stone(p.x * 0.13, p.z * 0.13))
    let skerry =
      2.6 * bell(length(Point((p.x + 16.5) / 1.3, p.z + 9)), radius: 4.6)
      + 1.7 * bell(length(Point((p.x + 25) / 1.5, p.z - 4)), radius: 4)
      + 1.5 * bell(length(Point((p.x + 6) / 1.3, p.z + 17)), radius: 2.8)
    let height = plateau + skerry - 1.0
    guard p.y < height + 3.5 else { return (p.y - height - 2.2) * 0.55 }
    let crag = Self.stone.fractal(Vector(p.x * 0.30, p.y * 0.16, p.z * 0.30), octaves: 4)
    let ledge = abs(Self.stone(p.x * 0.5 + p.y * 0.4, p.z * 0.5)) * 0.8
    let rough = 2.3 * crag + ledge
    let level = smoothstep(6.2, 7.4, p.y) * smoothstep(0.75, 0.5, island)
    return (p.y - height - rough * (1 - 0.85 * level)) * 0.48
  }

  func finish(_ p: Vector, _ normal: Vector) -> Finish {
    let rough = Self.stone.fractal(p * 1.1, octaves: 4)
    switch nearest(p).part {
    case .rock:
      let grass = smoothstep(0.72, 0.92, normal.y) * smoothstep(5.6, 7.2, p.y + rough)
      let layer = Self.stone.fractal(p.x * 0.5, p.y * 2.2, octaves: 3)
      let dry = mix(pigment(0x4A4540), pigment(0x8A7F72), clamped(0.5 + 0.8 * layer + 0.5 * rough))
      let wet = mix(0.35, 1, smoothstep(0.5, 2.2, p.y + rough))
      return Finish(albedo: mix(dry * wet, pigment(0x4F5A36) * (1 + 0.6 * rough), grass))
    case .tower:
      let q = p - Self.foot
      let row = q.y / 3.05
      let isRed = Int(row.rounded(.down)) % 2 == 1
      let facing = turns(of: Point(-q.z, q.x))
      let window =
        abs(facing + 0.035) < 0.030 && [2.0, 5.0, 8.1, 11.2].contains { abs(q.y - $0) < 0.52 }
      if window { return Finish(albedo: pigment(0x1A1410), mirror: 1) }
      let course = q.y / 0.5 - (q.y / 0.5).rounded(.down)
      let paint = isRed ? pigment(0xB5342A) : pigment(0xE8E4DA)
      return Finish(albedo: paint * (1 + 0.16 * rough) * (course < 0.08 ? 0.86 : 1))
    case .band: return Finish(albedo: pigment(0xA02E26) * (1 + 0.15 * rough))
    case .iron: return Finish(albedo: pigment(0x23262B))
    case .lamp: return Finish(albedo: .zero, mirror: 2)
    case .house:
      let h = p - Self.house
      let pane = abs(abs(h.x) - 1.55) < 0.48 && abs(h.y - 1.45) < 0.62 && h.z < 0
      let bar = abs(abs(h.x) - 1.55) < 0.05 || abs(h.y - 1.55) < 0.05
      let door = abs(h.x) < 0.52 && h.y < 2.0 && h.z < 0
      if pane { return bar ? Finish(albedo: pigment(0xD8D0C0)) : Finish(albedo: .zero, mirror: 1) }
      return Finish(albedo: (door ? pigment(0x3A5A78) : pigment(0xDAD4C6)) * (1 + 0.15 * rough))
    case .roof:
      let tile = abs(sine(turns: (p.y - Self.house.y) * 1.4))
      return Finish(albedo: pigment(0x4A4A55) * (0.7 + 0.4 * tile + 0.3 * rough))
    case .pane: return Finish(albedo: .zero, mirror: 1)
    }
  }

  /// The light along a ray; off the water once.
  func incoming(_ ray: Ray, bounces: Int, _ chance: inout Chance) -> Vector {
    let water = ray.direction.y < -1e-4 ? -ray.origin.y / ray.direction.y : .infinity
    if let t = march(ray, limit: min(water, 130), steps: 130) {
      let p = ray.at(t)
      let normal = normal(p, size: 0.0012 * t)
      let finish = finish(p, normal)
      if finish.mirror >= 1 {
        return finish.mirror > 1 ? Vector(1.0, 0.86, 0.55) * 9 : Vector(1.0, 0.58, 0.20) * 1.5
      }
      return lit(p, normal, finish.albedo)
    }
    guard water < 3000 else { return NightSky.light(ray.direction) }
    return sea(ray, water, bounces, &chance)
  }

  func backdrop(_ ray: Ray) -> Vector { NightSky.light(ray.direction) }

  private func lit(_ p: Vector, _ normal: Vector, _ albedo: Vector) -> Vector {
    var light = Vector(0.070, 0.095, 0.16) * (0.55 + 0.45 * normal.y) * openness(p, normal)
    let facing = dot(normal, Self.moon)
    if facing > 0,
      march(Ray(origin: p + normal * 0.05, direction: Self.moon), limit: 40, steps: 60) == nil
    {
      light += Self.moonlight * facing
    }
    // The lamp above, and the light that falls from the windows of the house.
    let toLamp = Self.lamp - p
    let away = length(toLamp)
    let lampward = clamped(dot(normal, toLamp / away) + 0.15)
    light += Vector(1, 0.72, 0.38) * (lampward * 34 / (away * away + 8))
    let toHouse = Self.house + Vector(0, 1, -3.6) - p
    let near = length(toHouse)
    let houseward = clamped(dot(normal, toHouse / near))
    light += Vector(1, 0.55, 0.20) * (houseward * 3.5 / (near * near + 1))
    return albedo * light
  }

  private func sea(_ ray: Ray, _ distance: Float, _ bounces: Int, _ chance: inout Chance) -> Vector
  {
    let p = ray.at(distance)
    func height(_ x: Float, _ z: Float) -> Float {
      0.30 * Self.stone(x * 0.16, z * 0.22) + 0.17 * Self.stone(x * 0.42 + 3, z * 0.55) + 0.07
        * Self.stone(x * 1.3, z * 1.6)
    }
    let e: Float = 0.06 + distance * 0.002
    let calm = 1 / (1 + distance / 120)
    let here = height(p.x, p.z)
    let tilt = Point(height(p.x + e, p.z) - here, height(p.x, p.z + e) - here) / e * calm
    let fine = Point(chance.random.unit() - 0.5, chance.random.unit() - 0.5) * 0.03
    let normal = normalized(Vector(-tilt.x + fine.x, 1, -tilt.y + fine.y))
    var back = mirrored(ray.direction, at: normal)
    back.y = max(back.y, 0.004)
    back = normalized(back)
    let grazing = 1 - clamped(-dot(ray.direction, normal))
    let square = grazing * grazing
    let strength = 0.03 + 0.97 * square * square * grazing
    let start = Ray(origin: p + Vector(0, 0.02, 0), direction: back)
    var light = NightSky.light(back)
    if bounces > 0 { light = incoming(start, bounces: 0, &chance) }
    light = light * strength + Vector(0.006, 0.022, 0.036) * 1.2
    // Moonlight glitters on the slopes that face it, foam around the rocks.
    let half = normalized(Self.moon - ray.direction)
    var glint = clamped(dot(normal, half))
    for _ in 0..<6 { glint *= glint }
    light += Self.moonlight * (glint * 0.5)
    let shore = rock(Vector(p.x, 0.2, p.z))
    let foam = smoothstep(
      1.0, 0.05, shore + 0.9 * Self.stone.fractal(p.x * 0.8, p.z * 0.9, octaves: 3))
    light = mix(light, Vector(0.20, 0.25, 0.32), foam * 0.6)
    let haze = 1 - exponential(-distance / 500)
    return mix(
      light, NightSky.light(normalized(Vector(ray.direction.x, 0.02, ray.direction.z))), haze)
  }

  /// The lamp's glare and its beams in the damp air.
  func glow(_ ray: Ray) -> Vector {
    let toLamp = Self.lamp - ray.origin
    let along = dot(toLamp, ray.direction)
    let away = length(toLamp - along * ray.direction)
    var glare = 0.55 * exponential(-away * 1.1) + 0.10 * exponential(-away * 0.28)
    for side: Float in [-1, 1] {
      let axis = Self.beam * side
      // The nearest points of the ray and of the beam's axis.
      let across = dot(axis, ray.direction)
      let along =
        (dot(toLamp, ray.direction) * across - dot(toLamp, axis)) / max(1 - across * across, 1e-4)
      guard along > 0 else { continue }
      let reach = dot(Self.lamp + axis * along - ray.origin, ray.direction)
      guard reach > 0 else { continue }
      let gap = length(ray.at(reach) - (Self.lamp + axis * along))
      let radius = 0.5 + 0.055 * along
      let edge = exponential(-(gap / radius) * (gap / radius) * 1.6)
      glare += 0.36 * edge * smoothstep(0, 3, along) / (1 + along * 0.05)
    }
    return Vector(1.0, 0.82, 0.50) * glare
  }
}

/// A clear night: the last light on the horizon, stars, and the Milky Way.
enum NightSky {
  private static let dust = Noise(seed: 1101)

  static func light(_ direction: Vector) -> Vector {
    let y = max(0, direction.y)
    var light = gradient(
      [
        Vector(0.155, 0.170, 0.150), Vector(0.070, 0.125, 0.160), Vector(0.030, 0.064, 0.118),
        Vector(0.014, 0.032, 0.078), Vector(0.008, 0.018, 0.052),
      ], y.squareRoot() * 1.15)
    light +=
      Vector(0.30, 0.15, 0.05)
      * (exponential(-14 * y) * bell(direction.x - 0.15, radius: 0.95) * 0.85)
    guard direction.z > 0 else { return light }
    // Places on the plane of the sky ahead.
    let p = Point(direction.x, direction.y) / direction.z
    let band = (p.x * 0.86 + p.y * 0.52 + 0.02) * 1.0  // across the Milky Way
    let along = p.y * 0.86 - p.x * 0.52
    let cloud = dust.fractal(band * 3.4 + 4, along * 3.4, octaves: 5)
    let rift = smoothstep(
      -0.02, 0.26,
      dust.fractal(band * 6 + 9, along * 3.2, octaves: 4) + 0.20 - abs(band + 0.02) * 2.6)
    let width = bell(band + 0.10 * cloud, radius: 0.36)
    let milk =
      width * (0.45 + 1.1 * max(0, cloud + 0.25)) * (1 - 0.70 * rift) * smoothstep(0.03, 0.30, y)
    light +=
      mix(Vector(0.115, 0.125, 0.185), Vector(0.24, 0.17, 0.16), clamped(width * 0.9))
      * (milk * 0.95)
    for (scale, share, strength) in [
      (Float(30), Float(0.16), Float(1.3)), (74, 0.16 + 0.5 * milk, 0.6),
      (150, 0.16 + 0.8 * milk, 0.36),
    ] {
      light += stars(p, scale, share, strength) * smoothstep(0.02, 0.16, y)
    }
    return light
  }

  private static func stars(_ p: Point, _ scale: Float, _ share: Float, _ strength: Float) -> Vector
  {
    let q = p * scale
    let i = Int32(q.x.rounded(.down))
    let j = Int32(q.y.rounded(.down))
    let key = Int32(scale)
    guard dust.unit(i, j, key) < share else { return .zero }
    let center =
      Point(Float(i), Float(j)) + 0.2
      + 0.6 * Point(dust.unit(i, j, key + 1), dust.unit(i, j, key + 2))
    let bright = dust.unit(i, j, key + 3)
    let size = (0.0008 + 0.0011 * bright * bright * bright) * scale
    let away = length(q - center) / size
    let warm = dust.unit(i, j, key + 4)
    let color = mix(Vector(0.75, 0.85, 1.15), Vector(1.15, 0.92, 0.70), warm * warm)
    return color * (strength * (0.25 + 1.9 * bright * bright * bright) * exponential(-away * away))
  }
}
