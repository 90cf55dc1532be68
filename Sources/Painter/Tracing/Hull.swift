/// An open boat: pointed at the bow (+x), cut off at the stern, hollow above its deck.
struct Hull {
  /// The middle of the boat at the water line.
  var center: Vector
  /// Toward the bow, level.
  var forward: Vector
  var length: Float
  var beam: Float
  /// How high the side stands above the water amidships.
  var freeboard: Float
  /// How far the deck lies below the rim.
  var depth: Float
  var surface: Surface

  private static let draft: Float = 0.45

  /// The rim's height above the water, `along` the boat from -1 (stern) to 1 (bow).
  func rim(_ along: Float) -> Float {
    let rise = along > 0 ? 0.55 * along * along : 0.16 * along * along
    return freeboard * (1 + rise)
  }

  /// Half the boat's width at a height; negative beyond the bow.
  private func halfWidth(_ along: Float, _ y: Float) -> Float {
    let flare = clamped((y + Self.draft) / (rim(along) + Self.draft), 0.02, 1).squareRoot()
    // The stem leans forward: the bow is longer at the rim than at the water.
    let reach = along / (0.86 + 0.14 * flare)
    let plan = reach > 0 ? 1 - reach * reach * reach.squareRoot() : 1 - 0.32 * reach * reach
    return 0.5 * beam * plan * (0.3 + 0.7 * flare)
  }

  /// Below 0 within the boat's planks.
  private func depth(at p: Vector) -> Float {
    let along = 2 * p.x / length
    let top = rim(along)
    let outside = max(
      max(abs(p.z) - halfWidth(along, p.y), p.y - top),
      max(abs(p.x) - length / 2, -p.y - Self.draft))
    let hollow = max(
      max(abs(p.z) + 0.09 - halfWidth(along, p.y), top - depth - p.y), abs(p.x) - length / 2 + 0.14)
    return max(outside, -hollow)
  }

  func meet(_ ray: Ray, _ nearest: inout Hit) {
    let aside = Vector(-forward.z, 0, forward.x)
    let o = local(ray.origin - center, aside)
    let d = local(ray.direction, aside)
    // A little larger than the boat, so that the search starts outside even on its flat stern.
    let low = Vector(-length / 2, -Self.draft, -beam / 2) - 0.02
    let high = Vector(length / 2, rim(1), beam / 2) + 0.02
    var near: Float = 1e-3
    var far = nearest.distance
    for axis in 0..<3 {
      if abs(d[axis]) < 1e-9 {
        if o[axis] < low[axis] || o[axis] > high[axis] { return }
        continue
      }
      let a = (low[axis] - o[axis]) / d[axis]
      let b = (high[axis] - o[axis]) / d[axis]
      near = max(near, min(a, b))
      far = min(far, max(a, b))
    }
    guard near < far else { return }
    let steps = 56
    let step = (far - near) / Float(steps)
    if depth(at: o + near * d) < 0 { return }
    for i in 1...steps where depth(at: o + (near + Float(i) * step) * d) < 0 {
      var before = near + Float(i - 1) * step
      var after = before + step
      for _ in 0..<10 {
        let middle = (before + after) / 2
        if depth(at: o + middle * d) < 0 { after = middle } else { before = middle }
      }
      let p = o + before * d
      let e: Float = 0.004
      let n = normalized(
        Vector(
          depth(at: p + Vector(e, 0, 0)) - depth(at: p - Vector(e, 0, 0)),
          depth(at: p + Vector(0, e, 0)) - depth(at: p - Vector(0, e, 0)),
          depth(at: p + Vector(0, 0, e)) - depth(at: p - Vector(0, 0, e))))
      nearest = Hit(
        distance: before, normal: n.x * forward + Vector(0, n.y, 0) + n.z * aside, local: p,
        half: Vector(length, rim(2 * p.x / length), beam), face: n.y > 0.7 ? 1 : 2,
        surface: surface)
      return
    }
  }

  private func local(_ v: Vector, _ aside: Vector) -> Vector {
    Vector(dot(v, forward), v.y, dot(v, aside))
  }
}
