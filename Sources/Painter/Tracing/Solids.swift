struct Ray {
  var origin: Vector
  var direction: Vector

  func at(_ distance: Float) -> Vector { origin + distance * direction }

  /// The distance, to a 128th of the interval, at which the ray goes below a ground.
  ///
  /// - Parameters:
  ///   - above: a distance at which it is above.
  ///   - below: a farther one, at which it is below.
  ///   - height: the ground's, of x and z.
  func crossing(_ above: Float, _ below: Float, of height: (Float, Float) -> Float) -> Float {
    var (low, high) = (above, below)
    for _ in 0..<7 {
      let middle = (low + high) / 2
      let p = at(middle)
      if p.y < height(p.x, p.z) { high = middle } else { low = middle }
    }
    return low
  }
}

/// What a surface is made of, and so how it is drawn.
enum Material {
  case clapboard, roof, brick, planks, painted, hull, metal, stone, glass
}

/// How a solid looks.
struct Surface {
  var material: Material
  var color: Vector
  var seed: UInt32 = 0
}

/// Where a ray meets a solid.
struct Hit {
  var distance: Float
  var normal: Vector
  /// The point in the solid's own frame, in meters.
  var local: Vector
  /// Half the solid's extents in its own frame.
  var half: Vector
  /// The axis of the solid's frame that the normal follows.
  var face: Int
  var surface: Surface

  /// Nothing yet, and nothing wanted from `limit` on.
  static func none(before limit: Float) -> Hit {
    Hit(
      distance: limit, normal: .zero, local: .zero, half: .zero, face: -1,
      surface: Surface(material: .painted, color: .zero))
  }
}

/// An oriented box, its top cut to a gable, or to a pyramid, if `pitch` is not 0.
struct Block {
  var center: Vector
  var axes: (Vector, Vector, Vector)
  var half: Vector
  /// How steeply the top falls from the middle to ±x and to ±z.
  var pitch = Point.zero
  var surface: Surface

  /// The distance at which the ray enters, if that is nearer than the hit so far.
  func meet(_ ray: Ray, _ nearest: inout Hit) {
    let o = inFrame(ray.origin - center)
    let d = inFrame(ray.direction)
    // A tiny number in place of zero: zero times infinity would be no number at all.
    let inverse = 1 / d.replacing(with: 1e-12, where: d .== 0)
    let middle = -o * inverse
    let reach = half * pointwiseMax(inverse, -inverse)
    let entry = middle - reach
    let exit = middle + reach
    var far = min(min(exit.x, exit.y), min(exit.z, nearest.distance))
    var near = max(max(entry.x, entry.y), entry.z)
    guard near < far, far > 0 else { return }
    var face = near == entry.x ? 0 : near == entry.y ? 1 : 2
    var normal = Vector.zero
    normal[face] = d[face] > 0 ? -1 : 1
    for (axis, pitch) in [(0, pitch.x), (2, pitch.y)] where pitch > 0 {
      let steepness = (1 + pitch * pitch).squareRoot()
      for side: Float in [-1, 1] {
        var leaning = Vector(0, 1, 0)
        leaning[axis] = side * pitch
        leaning /= steepness
        let room = half.y / steepness - dot(o, leaning)
        let speed = dot(d, leaning)
        if speed < 0 {
          if room / speed > near {
            near = room / speed
            normal = leaning
            face = 1
          }
        } else if speed > 0 {
          far = min(far, room / speed)
        } else if room < 0 {
          return
        }
      }
    }
    guard near > 1e-3, near < far else { return }
    nearest = Hit(
      distance: near, normal: outOfFrame(normal), local: o + near * d, half: half, face: face,
      surface: surface)
  }

  private func inFrame(_ v: Vector) -> Vector {
    Vector(dot(v, axes.0), dot(v, axes.1), dot(v, axes.2))
  }

  private func outOfFrame(_ v: Vector) -> Vector { v.x * axes.0 + v.y * axes.1 + v.z * axes.2 }
}

/// A round bar with round ends; a ball if both ends are one point.
struct Rod {
  var from: Vector
  var to: Vector
  var radius: Float
  var surface: Surface

  func meet(_ ray: Ray, _ nearest: inout Hit) {
    let axis = to - from
    let extent = dot(axis, axis)
    let o = ray.origin - from
    if extent > 1e-9 {
      let along = dot(axis, ray.direction)
      let a = extent - along * along
      let b = extent * dot(o, ray.direction) - dot(axis, o) * along
      let c = extent * dot(o, o) - dot(axis, o) * dot(axis, o) - radius * radius * extent
      let root = b * b - a * c
      if root >= 0, a > 1e-9 {
        let t = (-b - root.squareRoot()) / a
        let place = (dot(axis, o) + t * along) / extent
        if place > 0, place < 1 {
          record(ray, t, from + place * axis, &nearest)
          return
        }
      }
    }
    for end in [from, to] {
      let o = ray.origin - end
      let b = dot(o, ray.direction)
      let root = b * b - dot(o, o) + radius * radius
      if root >= 0 { record(ray, -b - root.squareRoot(), end, &nearest) }
    }
  }

  private func record(_ ray: Ray, _ t: Float, _ core: Vector, _ nearest: inout Hit) {
    guard t > 1e-3, t < nearest.distance else { return }
    let normal = (ray.at(t) - core) / radius
    nearest = Hit(
      distance: t, normal: normal, local: ray.at(t) - from, half: Vector(repeating: radius),
      face: 0, surface: surface)
  }
}
