/// The solids of a scene.
struct Setting {
  private let assemblies: [Assembly]
  /// The ball around each: its center, and the square of its radius.
  ///
  /// Apart from the assemblies, since most rays need no more than these.
  private let balls: [SIMD4<Float>]

  init(_ assemblies: [Assembly]) {
    self.assemblies = assemblies
    balls = assemblies.map { SIMD4($0.center, $0.radius * $0.radius) }
  }

  /// The nearest solid before `limit`.
  func meet(_ ray: Ray, limit: Float = .infinity) -> Hit? {
    var nearest = Hit.none(before: limit)
    for (index, ball) in balls.enumerated() where touches(ball, ray, nearest.distance) {
      assemblies[index].meet(ray, &nearest)
    }
    return nearest.face < 0 ? nil : nearest
  }

  /// Whether any solid stands before `limit`.
  func blocks(_ ray: Ray, limit: Float) -> Bool {
    var nearest = Hit.none(before: limit)
    for (index, ball) in balls.enumerated() where touches(ball, ray, nearest.distance) {
      assemblies[index].meet(ray, &nearest)
      if nearest.face >= 0 { return true }
    }
    return false
  }

  @inline(__always)
  private func touches(_ ball: SIMD4<Float>, _ ray: Ray, _ limit: Float) -> Bool {
    let x = ball.x - ray.origin.x
    let y = ball.y - ray.origin.y
    let z = ball.z - ray.origin.z
    let along = x * ray.direction.x + y * ray.direction.y + z * ray.direction.z
    let away = x * x + y * y + z * z
    guard away - along * along < ball.w else { return false }
    return away < ball.w
      || along > 0 && (along < limit || (along - limit) * (along - limit) < ball.w)
  }
}
