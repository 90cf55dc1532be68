import Tensors

extension Sample {
  /// An old street after rain: houses in perspective, warm lamps against a cool evening sky.
  static let street = Sample(
    name: "street", kind: .content, width: 768, height: 960,
    title: "A street in an old town at dusk", quality: 88
  ) { width, height, workers in
    let street = Street()
    return rendered(width: width, height: height, side: 3, seed: 107, on: workers) {
      place, chance in
      street.color(place / Float(width), &chance)
    }
  }
}

/// The street runs along z, away from the viewer; y up, x to the right, in meters; wet cobbles at y = 0.
struct Street: Sendable {
  private static let eye = Vector(-0.7, 1.75, 0)
  private static let cobbles = Noise(seed: 1201)
  /// Where the lamps' lights are.
  private static let lamps: [Vector] = [9, 20, 31, 44, 58, 74].enumerated().map { index, z in
    Vector(index.isMultiple(of: 2) ? -3.35 : 3.35, 4.1, z)
  }
  private static let lamplight = Vector(1, 0.60, 0.26) * 13

  private let things = Setting(StreetHouses.assemblies())

  func color(_ place: Point, _ chance: inout Chance) -> Vector {
    let toward = Vector((place.x - 0.5) * 0.88, (0.735 - place.y) * 0.88, 1)
    let ray = Ray(origin: Self.eye, direction: normalized(toward))
    var light = incoming(ray, bounces: 1, &chance)
    // A halo around each lamp, in the damp air.
    for lamp in Self.lamps {
      let along = dot(lamp - Self.eye, ray.direction)
      let away = length(lamp - Self.eye - along * ray.direction)
      light +=
        Vector(1, 0.66, 0.32) * (0.30 * exponential(-away * 2.6) + 0.07 * exponential(-away * 0.7))
    }
    return filmed(light, exposure: 0.92, saturation: 1.06)
  }

  private func incoming(_ ray: Ray, bounces: Int, _ chance: inout Chance) -> Vector {
    let ground = ray.direction.y < -1e-5 ? -ray.origin.y / ray.direction.y : .infinity
    if let hit = things.meet(ray, limit: min(ground, 400)) {
      let p = ray.at(hit.distance)
      let look = StreetHouses.look(hit, at: p)
      var light = look.glow + look.albedo * lit(p, hit.normal, hit.distance, &chance)
      if look.mirror > 0, bounces > 0 {
        light += look.mirror * sky(mirrored(ray.direction, at: hit.normal))
      }
      return hazy(light, ray, hit.distance)
    }
    guard ground < 400 else { return sky(ray.direction) }
    return hazy(paving(ray, ground, bounces, &chance), ray, ground)
  }

  private func lit(_ p: Vector, _ normal: Vector, _ distance: Float, _ chance: inout Chance)
    -> Vector
  {
    let lifted = p + normal * (0.02 + 0.0006 * distance)
    var light = Vector.zero
    for lamp in Self.lamps {
      let toLamp = lamp - p
      let square = dot(toLamp, toLamp)
      guard square < 420 else { continue }
      let away = square.squareRoot()
      let facing = dot(normal, toLamp) / away
      guard facing > 0 else { continue }
      // The lantern's own glass and post throw no shadow.
      if !things.blocks(Ray(origin: lifted, direction: toLamp / away), limit: away - 0.5) {
        light += Self.lamplight * (facing / (square + 1.2))
      }
    }
    // Skylight from one direction around the normal.
    let turn = chance.spread.x
    let z = 2 * chance.spread.y - 1
    let ring = (1 - z * z).squareRoot()
    let around = normalized(
      normal * 1.001 + Vector(ring * cosine(turns: turn), z, ring * sine(turns: turn)))
    let isOpen = around.y > 0 && !things.blocks(Ray(origin: lifted, direction: around), limit: 40)
    light += isOpen ? Vector(0.30, 0.36, 0.56) * 0.9 : Vector(0.085, 0.070, 0.075)
    return light
  }

  /// Setts in courses, wet in their hollows.
  private func paving(_ ray: Ray, _ distance: Float, _ bounces: Int, _ chance: inout Chance)
    -> Vector
  {
    let p = ray.at(distance)
    let isWalk = abs(p.x) > 2.75
    let size: Point = isWalk ? Point(0.9, 0.7) : Point(0.21, 0.17)
    let row = (p.z / size.y).rounded(.down)
    let shift = p.x / size.x + (Int(row).isMultiple(of: 2) ? 0.5 : 0) + 0.12 * Self.cobbles(row, 3)
    let column = shift.rounded(.down)
    let q = Point(shift - column - 0.5, p.z / size.y - row - 0.5)
    let tone = Self.cobbles.unit(Int32(column), Int32(row))
    let far = clamped(1 - distance / 55)
    let joint = smoothstep(0.34, 0.5, max(abs(q.x), abs(q.y))) * far
    let rough = Self.cobbles.fractal(p.x * 1.7, p.z * 1.7, octaves: 4)
    let wet = smoothstep(
      -0.22, 0.25, Self.cobbles.fractal(p.x * 0.55, p.z * 0.35, octaves: 4) + 0.12)
    var albedo =
      mix(pigment(0x4A4650), pigment(0x7C7478), tone) * (1 + 0.3 * rough) * (1 - 0.55 * joint)
    if abs(abs(p.x) - 2.75) < 0.10 { albedo = pigment(0x8A8480) * (0.8 + 0.4 * tone) }
    albedo *= 1 - 0.45 * wet
    let curve = isWalk ? Float(0.05) : 0.30
    let tilt = q * (curve * far * (1 - 0.75 * wet))
    let ripple = Point(chance.random.unit() - 0.5, chance.random.unit() - 0.5) * (0.05 - 0.03 * wet)
    let normal = normalized(Vector(tilt.x + ripple.x, 1, tilt.y + ripple.y))
    var light = albedo * lit(p, normalized(Vector(tilt.x, 1, tilt.y)), distance, &chance)
    guard bounces > 0 else { return light }
    var back = mirrored(ray.direction, at: normal)
    back.y = max(back.y, 0.02)
    let grazing = 1 - clamped(-dot(ray.direction, normal))
    let square = grazing * grazing
    let strength =
      (0.035 + 0.70 * square * square * grazing) * (0.35 + 0.65 * wet) * (1 - 0.6 * joint)
    light +=
      strength
      * incoming(
        Ray(origin: p + Vector(0, 0.01, 0), direction: normalized(back)), bounces: 0, &chance)
    return light
  }

  private func hazy(_ light: Vector, _ ray: Ray, _ distance: Float) -> Vector {
    let clear = exponential(-distance / 420)
    return light * clear + Vector(0.42, 0.30, 0.30) * (1 - clear)
  }

  /// The afterglow at the end of the street, night above, clouds lit from below.
  private func sky(_ direction: Vector) -> Vector {
    let y = max(0, direction.y)
    let clear = gradient(
      [
        Vector(1.25, 0.62, 0.24), Vector(0.92, 0.45, 0.34), Vector(0.46, 0.34, 0.46),
        Vector(0.20, 0.26, 0.48), Vector(0.10, 0.17, 0.38), Vector(0.06, 0.11, 0.28),
      ], y * 1.35)
    guard direction.z > 0.1, y > 0.01 else { return clear * 0.6 }
    let p = Point(direction.x / (y + 0.12), direction.z / (y + 0.12))
    let cloud = Self.cobbles.fractal(p.x * 0.55 + 2, p.y * 0.9, octaves: 5)
    let cover = smoothstep(0.02, 0.38, cloud) * smoothstep(0.03, 0.2, y)
    let lit = mix(Vector(1.0, 0.46, 0.34), Vector(0.30, 0.26, 0.42), smoothstep(0.15, 0.6, y))
    return mix(clear, lit, cover * 0.75)
  }
}
