/// A point, a direction or a linear color.
typealias Vector = SIMD3<Float>

/// A point of the picture plane, or a direction in it.
typealias Point = SIMD2<Float>

func dot(_ a: Vector, _ b: Vector) -> Float { a.x * b.x + a.y * b.y + a.z * b.z }

func dot(_ a: Point, _ b: Point) -> Float { a.x * b.x + a.y * b.y }

func cross(_ a: Vector, _ b: Vector) -> Vector {
  Vector(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x)
}

func length(_ v: Vector) -> Float { dot(v, v).squareRoot() }

func length(_ v: Point) -> Float { dot(v, v).squareRoot() }

func normalized(_ v: Vector) -> Vector { v / max(length(v), .leastNormalMagnitude) }

func normalized(_ v: Point) -> Point { v / max(length(v), .leastNormalMagnitude) }

func mirrored(_ direction: Vector, at normal: Vector) -> Vector {
  direction - 2 * dot(direction, normal) * normal
}
