/// Signed distances in space: how far a point lies outside a form, below 0 within it.
enum Form {
  static func ball(_ p: Vector, _ center: Vector, _ radius: Float) -> Float {
    length(p - center) - radius
  }

  /// An ellipsoid with level axes; right at its surface, near enough around it.
  static func ellipsoid(_ p: Vector, _ center: Vector, _ radii: Vector) -> Float {
    let q = (p - center) / radii
    let slope = length(q / radii)
    return slope > 1e-5 ? length(q) * (length(q) - 1) / slope : -radii.min()
  }

  /// A bar with round ends whose radius may change along it.
  static func bar(
    _ p: Vector, _ from: Vector, _ to: Vector, _ radius: Float, _ end: Float? = nil
  ) -> Float {
    let axis = to - from
    let along = clamped(dot(p - from, axis) / max(dot(axis, axis), 1e-12))
    return length(p - from - along * axis) - mix(radius, end ?? radius, along)
  }

  static func box(_ p: Vector, _ center: Vector, _ half: Vector, round: Float) -> Float {
    let offset = p - center
    let q = pointwiseMax(offset, -offset) - half + round
    return length(pointwiseMax(q, .zero)) + min(q.max(), 0) - round
  }

  /// A ring that lies level.
  static func ring(_ p: Vector, _ center: Vector, _ radius: Float, _ thickness: Float) -> Float {
    let q = p - center
    return length(Point(length(Point(q.x, q.z)) - radius, q.y)) - thickness
  }

  /// What a lathe turns: a profile of (radius, height) from bottom to top, as straight pieces.
  static func turned(_ p: Vector, _ foot: Vector, _ profile: [Point], round: Float) -> Float {
    let q = p - foot
    return Outline.polygon(Point(length(Point(q.x, q.z)), q.y), profile) - round
  }
}

extension Vector {
  /// Turned about the vertical, from x toward z.
  func turned(turns: Float) -> Vector {
    let c = cosine(turns: turns)
    let s = sine(turns: turns)
    return Vector(c * x - s * z, y, s * x + c * z)
  }

  /// Nodding about the x axis, from y toward z.
  func tipped(turns: Float) -> Vector {
    let c = cosine(turns: turns)
    let s = sine(turns: turns)
    return Vector(x, c * y - s * z, s * y + c * z)
  }

  /// Leaning about the z axis, from x toward y.
  func leaned(turns: Float) -> Vector {
    let c = cosine(turns: turns)
    let s = sine(turns: turns)
    return Vector(c * x - s * y, s * x + c * y, z)
  }
}

/// Where the eye is, and what it looks at.
struct Camera {
  let eye: Vector
  private let forward: Vector
  private let right: Vector
  private let up: Vector
  /// The width of the view, at distance 1.
  private let span: Float

  init(eye: Vector, target: Vector, span: Float) {
    self.eye = eye
    self.span = span
    forward = normalized(target - eye)
    right = normalized(cross(Vector(0, 1, 0), forward))
    up = cross(forward, right)
  }

  /// The ray through a place of the picture; both axes in widths of the picture, y down.
  func ray(_ place: Point, aspect: Float) -> Ray {
    let across = (place.x - 0.5) * span
    let rise = (aspect / 2 - place.y) * span
    return Ray(origin: eye, direction: normalized(forward + across * right + rise * up))
  }
}
