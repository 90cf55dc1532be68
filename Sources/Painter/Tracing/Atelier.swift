import Tensors

/// Forms given by their distance, to be drawn in an `Atelier`.
protocol Sculpture: Sendable {
  /// How far a point lies outside everything.
  func distance(_ p: Vector) -> Float
  /// How the surface looks there.
  func finish(_ p: Vector, _ normal: Vector) -> Finish
  /// What is behind all forms.
  func backdrop(_ ray: Ray) -> Vector
}

/// How a surface answers light.
struct Finish {
  var albedo: Vector
  /// The share of light that it mirrors, looked at straight.
  var mirror: Float = 0
  /// How far the mirror is from clear, 0...1.
  var roughness: Float = 0
  /// How far light wanders within, as in skin or wax, 0...1.
  var softness: Float = 0
}

/// A room with one window, which lights a sculpture softly from the side.
struct Atelier<Subject: Sculpture>: Sendable {
  let subject: Subject
  /// The window: its middle, and half its width and height as vectors.
  let window: (middle: Vector, across: Vector, up: Vector)
  /// What the window sheds on a surface at distance 1, and what the room does from above and below.
  let daylight: Vector
  let above: Vector
  let below: Vector
  /// How far the eye sees.
  let reach: Float

  /// The light that comes along a ray.
  func incoming(_ ray: Ray, bounces: Int = 1, _ chance: inout Chance) -> Vector {
    guard let t = subject.march(ray, limit: reach, steps: bounces > 0 ? 140 : 70) else {
      return bounces > 0 ? subject.backdrop(ray) : surroundings(ray)
    }
    let p = ray.at(t)
    let normal = subject.normal(p, size: 0.0012 * t)
    let finish = subject.finish(p, normal)
    var light = lit(p, normal, seenAlong: ray.direction, finish, &chance)
    if finish.mirror > 0, bounces > 0, finish.roughness < Self.satin {
      let grazing = 1 - clamped(-dot(ray.direction, normal))
      let square = grazing * grazing
      let strength = finish.mirror + (1 - finish.mirror) * square * square * grazing
      let blur = chance.random.centered()
      var back = mirrored(ray.direction, at: normal) + blur * finish.roughness
      if dot(back, normal) < 0 { back = mirrored(back, at: normal) }
      let reflection = Ray(origin: p + normal * 0.01, direction: normalized(back))
      light +=
        strength * (1 - 0.7 * finish.roughness)
        * incoming(reflection, bounces: bounces - 1, &chance)
    }
    return light
  }

  /// From this roughness on, a mirror shows no pictures, only a shine toward the window.
  private static var satin: Float { 0.15 }

  private func lit(
    _ p: Vector, _ normal: Vector, seenAlong view: Vector, _ finish: Finish,
    _ chance: inout Chance
  ) -> Vector {
    let spot =
      window.middle + window.across * (2 * chance.spread.x - 1)
      + window.up * (2 * chance.spread.y - 1)
    let toward = spot - p
    let distance = length(toward)
    let direction = toward / distance
    let facing = dot(normal, direction)
    let wrap = Vector(0.36, 0.14, 0.08) * finish.softness
    let cosine = (Vector(repeating: facing) + wrap) / (1 + wrap)
    var light = Vector.zero
    var shine = Vector.zero
    if cosine.max() > 0 {
      let start = p + normal * (0.012 + 0.05 * finish.softness)
      let free =
        subject.march(Ray(origin: start, direction: direction), limit: distance, steps: 60) == nil
      if free {
        let arriving = daylight / (distance * distance)
        light += arriving * pointwiseMax(cosine, .zero)
        if finish.mirror > 0, finish.roughness >= Self.satin {
          var lobe = clamped(dot(normal, normalized(direction - view)))
          let power = finish.roughness < 0.25 ? 5 : finish.roughness < 0.37 ? 4 : 3
          for _ in 0..<power { lobe *= lobe }
          shine = arriving * (finish.mirror * lobe * Float(1 << power) * 0.18 * max(facing, 0))
        }
      }
    }
    let open = subject.openness(p, normal)
    let room = mix(below, above, clamped(0.5 + 0.5 * normal.y))
    // Light that a colored hollow throws to and fro takes on its color.
    let tint = mix(finish.albedo, Vector(repeating: 1), open)
    light += room * open * mix(Vector(repeating: 1), tint, 0.5)
    return finish.albedo * light + shine
  }

  /// What a mirror sees of the room: the window's panes, and dim walls.
  private func surroundings(_ ray: Ray) -> Vector {
    let facing = cross(window.across, window.up)
    let speed = dot(facing, ray.direction)
    let t = dot(facing, window.middle - ray.origin) / (abs(speed) < 1e-6 ? 1e-6 : speed)
    let spot = ray.at(t) - window.middle
    let x = dot(spot, window.across) / dot(window.across, window.across)
    let y = dot(spot, window.up) / dot(window.up, window.up)
    let walls = mix(below, above, clamped(0.5 + 0.5 * ray.direction.y)) * 0.5
    guard t > 0, abs(x) < 1, abs(y) < 1, abs(x) > 0.05, abs(y) > 0.04 else { return walls }
    let area = 4 * length(window.across) * length(window.up)
    return daylight / area * 2.2
  }
}

extension Sculpture {
  /// The distance at which a ray meets the surface, if before `limit`: sphere tracing.
  ///
  /// Hart, "Sphere tracing", 1996.
  func march(_ ray: Ray, limit: Float, steps: Int) -> Float? {
    var t: Float = 0.004
    for _ in 0..<steps {
      let gap = distance(ray.at(t))
      if gap < 0.0006 * (1 + t) { return t }
      t += gap * 0.9
      if t > limit { return nil }
    }
    return nil
  }

  func normal(_ p: Vector, size: Float) -> Vector {
    let e = max(size, 0.0008)
    func slope(_ axis: Vector) -> Float {
      distance(p + axis * e) - distance(p - axis * e)
    }
    return normalized(
      Vector(slope(Vector(1, 0, 0)), slope(Vector(0, 1, 0)), slope(Vector(0, 0, 1))))
  }

  /// How much of the room a place sees, 0...1: distances along the normal against those of a plane.
  func openness(_ p: Vector, _ normal: Vector) -> Float {
    var hidden: Float = 0
    var weight: Float = 1
    for step: Float in [0.04, 0.12, 0.28, 0.55, 1] {
      hidden += weight * max(0, step - distance(p + normal * step)) / step
      weight *= 0.72
    }
    return clamped(1 - hidden * 0.36)
  }
}
