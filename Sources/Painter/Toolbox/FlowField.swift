/// A direction at each place: a wind that bends around eddies.
struct FlowField: Sendable {
  /// A place that the wind turns around, over a radius; `inward` bends the rings to a spiral.
  struct Eddy: Sendable {
    var center: Point
    var radius: Float
    /// 1 or -1, for the way round.
    var spin: Float
    var inward: Float = 0.25
  }

  var eddies: [Eddy] = []
  /// The wind away from all eddies.
  var wind: @Sendable (Point) -> Point

  func direction(_ p: Point) -> Point {
    var direction = normalized(wind(p))
    for eddy in eddies {
      let offset = p - eddy.center
      let pull = smoothstep(0, 0.5, bell(length(offset), radius: eddy.radius))
      guard pull > 0 else { continue }
      let around = Point(
        -offset.y * eddy.spin - eddy.inward * offset.x,
        offset.x * eddy.spin - eddy.inward * offset.y)
      direction = direction * (1 - pull) + normalized(around) * pull
    }
    return normalized(direction)
  }

  /// The way of a brush from a place along the field, while `stays` holds.
  func path(
    from start: Point, length: Float, step: Float, while stays: (Point) -> Bool
  ) -> [Point] {
    var place = start
    var path = [start]
    var heading = direction(start)
    for _ in 0..<max(1, Int(length / step)) {
      let next = direction(place)
      heading = normalized(heading * 0.4 + (dot(next, heading) < 0 ? -next : next))
      place += heading * step
      guard stays(place) else { break }
      path.append(place)
    }
    return path
  }
}
