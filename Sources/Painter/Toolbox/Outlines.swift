/// Signed distances in the plane: how far a point lies outside a shape, below 0 within it.
enum Outline {
  static func disc(_ p: Point, _ center: Point, _ radius: Float) -> Float {
    length(p - center) - radius
  }

  /// An ellipse with level axes; right at its rim, near enough around it.
  static func ellipse(_ p: Point, _ center: Point, _ radii: Point) -> Float {
    let q = (p - center) / radii
    let slope = length(q / radii)
    return slope > 1e-6 ? length(q) * (length(q) - 1) / slope : -min(radii.x, radii.y)
  }

  static func box(_ p: Point, _ center: Point, _ half: Point, round: Float = 0) -> Float {
    let offset = p - center
    let q = pointwiseMax(offset, -offset) - half + round
    return length(pointwiseMax(q, .zero)) + min(max(q.x, q.y), 0) - round
  }

  /// A bar with round ends whose radius may change along it.
  static func bar(
    _ p: Point, _ from: Point, _ to: Point, _ radius: Float, _ end: Float? = nil
  ) -> Float {
    let axis = to - from
    let along = clamped(dot(p - from, axis) / max(dot(axis, axis), 1e-12))
    return length(p - from - along * axis) - mix(radius, end ?? radius, along)
  }

  /// A leaf: pointed at both ends, widest a little before the middle, `half` wide there.
  static func leaf(_ p: Point, _ from: Point, _ to: Point, _ half: Float, bend: Float = 0) -> Float
  {
    let axis = to - from
    let extent = length(axis)
    let forward = axis / max(extent, 1e-6)
    let along = dot(p - from, forward) / extent
    let side = (p.y - from.y) * forward.x - (p.x - from.x) * forward.y
    let inside = clamped(along)
    let profile = 2.6 * inside * (1 - inside) * (1.35 - 0.7 * inside)
    let away = abs(side - bend * inside * (1 - inside) * 4) - half * profile
    let beyond = abs(along - inside) * extent
    return beyond > 0 ? max(away, beyond) : away * 0.8
  }

  /// A polygon, whichever way round its corners go.
  static func polygon(_ p: Point, _ corners: [Point]) -> Float {
    guard var previous = corners.last else { return .infinity }
    var nearest = Float.infinity
    var inside = false
    for corner in corners {
      let edge = previous - corner
      let offset = p - corner
      let along = clamped(dot(offset, edge) / max(dot(edge, edge), 1e-12))
      let away = offset - along * edge
      nearest = min(nearest, dot(away, away))
      if (corner.y > p.y) != (previous.y > p.y),
        offset.x < edge.x * offset.y / edge.y
      {
        inside.toggle()
      }
      previous = corner
    }
    return nearest.squareRoot() * (inside ? -1 : 1)
  }
}

/// A point turned about the origin, from x toward y.
func turned(_ p: Point, turns: Float) -> Point {
  let c = cosine(turns: turns)
  let s = sine(turns: turns)
  return Point(c * p.x - s * p.y, s * p.x + c * p.y)
}

/// The direction of a vector in turns, -0.5...0.5, from x toward y; within 1e-5.
func turns(of v: Point) -> Float {
  let wide = abs(v.x)
  let high = abs(v.y)
  let ratio = min(wide, high) / max(max(wide, high), .leastNormalMagnitude)
  let s = ratio * ratio
  let arc =
    ratio
    * (0.159_151_33 + s
      * (-0.052_938_68 + s
        * (0.030_803_41 + s * (-0.018_530_87 + s * (0.008_380_03 - s * 0.001_865_49)))))
  let octant = high > wide ? 0.25 - arc : arc
  let half = v.x < 0 ? 0.5 - octant : octant
  return v.y < 0 ? -half : half
}

/// The smaller of two distances, with a fillet of about `blend` where they are alike.
///
/// Quilez's polynomial smooth minimum.
func smoothMin(_ a: Float, _ b: Float, _ blend: Float) -> Float {
  let h = max(blend - abs(a - b), 0) / blend
  return min(a, b) - h * h * blend * 0.25
}

/// The larger of two distances, with a fillet.
func smoothMax(_ a: Float, _ b: Float, _ blend: Float) -> Float { -smoothMin(-a, -b, blend) }
