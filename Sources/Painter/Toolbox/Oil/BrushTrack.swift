/// Which part of the brush passes over each pixel of a stroke.
struct BrushTrack {
  /// The length of the path in pixels.
  let extent: Float

  private let rows: Range<Int>
  private let columns: Range<Int>
  /// For each pixel: along, across, and the distance to the nearest piece of the path.
  private var places: [Vector]

  init(_ stroke: Stroke, rows: Range<Int>, columns: Range<Int>) {
    self.rows = rows
    self.columns = columns
    extent = zip(stroke.path, stroke.path.dropFirst()).reduce(0) { $0 + length($1.1 - $1.0) }
    places = Array(
      repeating: Vector(0, 0, .infinity), count: rows.count * columns.count)
    let radius = stroke.width / 2
    let overshoot = stroke.width * 0.5
    var along: Float = 0
    for index in 1..<stroke.path.count {
      let from = stroke.path[index - 1]
      let to = stroke.path[index]
      let piece = length(to - from)
      guard piece > 0 else { continue }
      // The first and the last piece reach beyond their ends, for the ragged ends of the mark.
      let before = index == 1 ? overshoot : 0
      let after = index == stroke.path.count - 1 ? overshoot : 0
      cover(
        from, (to - from) / piece, along: along, reach: (-before)...(piece + after), radius: radius)
      along += piece
    }
  }

  private mutating func cover(
    _ from: Point, _ direction: Point, along: Float, reach: ClosedRange<Float>, radius: Float
  ) {
    let first = from + direction * reach.lowerBound
    let last = from + direction * reach.upperBound
    let low = pointwiseMin(first, last) - radius
    let high = pointwiseMax(first, last) + radius
    for y in (Int(low.y)..<Int(high.y) + 2).clamped(to: rows) {
      for x in (Int(low.x)..<Int(high.x) + 2).clamped(to: columns) {
        let offset = Point(Float(x), Float(y)) + 0.5 - from
        let ahead = dot(offset, direction)
        let side = offset.y * direction.x - offset.x * direction.y
        let inside = clamped(ahead, reach.lowerBound, reach.upperBound)
        let distance = abs(side) + abs(ahead - inside) * 2
        guard distance < radius else { continue }
        let index = (y - rows.lowerBound) * columns.count + x - columns.lowerBound
        if distance < places[index].z {
          places[index] = Vector(along + inside, side / radius, distance)
        }
      }
    }
  }

  /// Where in the mark a pixel lies; nothing if the brush does not pass over it.
  func place(_ x: Int, _ y: Int) -> (along: Float, across: Float)? {
    let place = places[(y - rows.lowerBound) * columns.count + x - columns.lowerBound]
    return place.z.isFinite ? (place.x, place.y) : nil
  }
}
