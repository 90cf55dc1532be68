import Tensors

extension Sample {
  /// A fishing harbor below mountains: large shapes, depth, a wide sky, reflections.
  static let harbor = Sample(
    name: "harbor", kind: .content, width: 1024, height: 768,
    title: "A fishing harbor on a late afternoon"
  ) { width, height, workers in
    let detail = clamped(Float(width) / 1024, 0.1, 1)
    let harbor = Harbor(detail: detail, on: workers)
    return rendered(width: width, height: height, side: 3, seed: 3, on: workers) { place, chance in
      harbor.color(place / Float(width), aspect: Float(height) / Float(width), &chance)
    }
  }
}

/// The scene: x to the right, y up, z away from the viewer, in meters; the water lies at y = 0.
///
/// Each sample follows one path of light: to the sun, to one place of the sky, and off the water.
struct Harbor {
  private static let eye = Vector(0, 5.2, 0)
  private static let view: Float = 1.08
  private static let horizon: Float = 0.575
  private static let ripples = Noise(seed: 77)

  let land: HarborLand
  let sky: HarborSky
  let things: Setting

  init(detail: Float, on workers: Workers) {
    land = HarborLand(detail: detail, on: workers)
    sky = HarborSky(resolution: Int(800 * detail), on: workers)
    things = Setting(HarborVillage.assemblies() + HarborBoats.assemblies())
  }

  /// The displayed color at a place of the picture, both axes in widths of the picture.
  func color(_ place: Point, aspect: Float, _ chance: inout Chance) -> Vector {
    let toward = Vector(
      (place.x - 0.5) * Self.view, (Self.horizon * aspect - place.y) * Self.view, 1)
    let ray = Ray(origin: Self.eye, direction: normalized(toward))
    let light = incoming(ray, bounces: 1, &chance)
    let corner = length(place - Point(0.5, aspect / 2))
    return developed(light * (1 - 0.42 * corner * corner))
  }

  /// Film: exposure, a shoulder that keeps the clouds' drawing, the display's curve.
  private func developed(_ light: Vector) -> Vector {
    let gray = dot(light, Vector(0.25, 0.62, 0.13))
    let x = mix(Vector(repeating: gray), light, 0.86) * 0.78
    let toned = (x * (2.51 * x + 0.03)) / (x * (2.43 * x + 0.59) + 0.14)
    return Vector(displayed(toned.x), displayed(toned.y), displayed(toned.z))
  }

  private func incoming(_ ray: Ray, bounces: Int, _ chance: inout Chance) -> Vector {
    let hit = things.meet(ray)
    let solid = hit?.distance ?? .infinity
    let water = ray.direction.y < -1e-5 ? -ray.origin.y / ray.direction.y : .infinity
    if let ground = land.meet(ray, limit: min(solid, min(water, 14000))) {
      let p = ray.at(ground)
      let normal = land.normal(p, distance: ground)
      let albedo = land.albedo(p, normal: normal)
      return hazy(lit(p, normal, albedo, ground, &chance), ray, ground)
    }
    if let hit, solid < water {
      let p = ray.at(solid)
      let (albedo, mirror) = HarborSurfaces.look(hit, at: p)
      var light = lit(p, hit.normal, albedo, solid, &chance)
      if mirror > 0 {
        let grazing = 1 - clamped(-dot(ray.direction, hit.normal))
        let strength = mirror + (1 - mirror) * grazing * grazing * grazing * grazing * grazing * 0.6
        var back = mirrored(ray.direction, at: hit.normal)
        back.z = abs(back.z)
        light += strength * sky.light(back)
      }
      return hazy(light, ray, solid)
    }
    if water < 14000 { return reflected(ray, water, bounces: bounces, &chance) }
    return sky.light(ray.direction)
  }

  /// Sunlight and skylight on a dull surface.
  private func lit(
    _ p: Vector, _ normal: Vector, _ albedo: Vector, _ distance: Float, _ chance: inout Chance
  ) -> Vector {
    let lifted = p + normal * (0.02 + 0.0015 * distance)
    let blur = chance.random.centered()
    let toSun = normalized(HarborSky.sun + 0.035 * blur)
    var light = Vector.zero
    let facing = dot(normal, HarborSky.sun)
    if facing > 0, !blocked(Ray(origin: lifted, direction: toSun), reach: 2500) {
      light += HarborSky.sunlight * facing
    }
    // A direction around the normal, more often near it, as a dull surface weighs them.
    let turn = chance.spread.x
    let z = 2 * chance.spread.y - 1
    let ring = (1 - z * z).squareRoot()
    let around = normalized(
      normal * 1.001 + Vector(ring * cosine(turns: turn), z, ring * sine(turns: turn)))
    let open =
      around.y > 0
      && !blocked(Ray(origin: lifted, direction: around), reach: distance < 500 ? 60 : 0)
    light += open ? Vector(0.62, 0.74, 0.98) * 0.95 : Vector(0.20, 0.17, 0.14)
    return albedo * light
  }

  private func blocked(_ ray: Ray, reach: Float) -> Bool {
    guard reach > 0 else { return false }
    if ray.origin.z < 400, things.blocks(ray, limit: reach) { return true }
    return land.meet(ray, limit: reach, reach: ray.origin.z > 500 ? 3 : 1.3) != nil
  }

  /// Air between the eye and what it sees: thicker low down, the color of the horizon.
  private func hazy(_ light: Vector, _ ray: Ray, _ distance: Float) -> Vector {
    let height = max(0, ray.at(distance).y)
    let thin = 0.25 + 0.75 * exponential(-height / 500)
    let clear = exponential(-distance * thin / 5600)
    let level = normalized(
      Vector(ray.direction.x, 0.10 + max(0, ray.direction.y) * 0.5, ray.direction.z))
    return light * clear + HarborSky.clear(level) * (1 - clear) * Vector(0.80, 0.86, 0.95)
  }

  private func reflected(
    _ ray: Ray, _ distance: Float, bounces: Int, _ chance: inout Chance
  ) -> Vector {
    let deep = Vector(0.012, 0.040, 0.050)
    guard bounces > 0 else { return deep + 0.3 * HarborSky.clear(Vector(0, 0.3, 0.95)) }
    let p = ray.at(distance)
    let calm =
      0.35 + 0.65 * smoothstep(-0.25, 0.4, Self.ripples.fractal(p.x / 22, p.z / 34, octaves: 3))
    let near = 1 / (1 + distance / 55)
    let swell =
      slope(p, scale: 1.6) * 0.035 + slope(p, scale: 0.55) * 0.028 + slope(p, scale: 0.21) * 0.016
    let fine =
      Point(
        chance.random.unit() + chance.random.unit() - 1,
        chance.random.unit() + chance.random.unit() - 1) * 0.012
    let tilt = (swell * near + fine) * calm
    let normal = normalized(Vector(-tilt.x, 1, -tilt.y))
    var back = mirrored(ray.direction, at: normal)
    back.y = max(back.y, 0.002)
    let grazing = 1 - clamped(-dot(ray.direction, normal))
    let square = grazing * grazing
    let strength = 0.03 + 0.97 * square * square * grazing
    let mirror = incoming(
      Ray(origin: p + Vector(0, 0.01, 0), direction: normalized(back)), bounces: 0, &chance)
    return hazy(mirror * strength + deep * (1 - strength) * 1.6, ray, distance)
  }

  /// The slope of waves that are `scale` meters long.
  private func slope(_ p: Vector, scale: Float) -> Point {
    let x = p.x / scale
    let z = p.z / scale * 0.8
    let e: Float = 0.12
    let here = Self.ripples(x, z)
    return Point(Self.ripples(x + e, z) - here, Self.ripples(x, z + e) - here) / e
  }
}
