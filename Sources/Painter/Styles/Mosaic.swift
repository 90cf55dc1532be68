import Tensors

extension Sample {
  /// Small stones laid along contours, with mortar between them.
  static let mosaic = Sample(
    name: "mosaic", kind: .style, width: 800, height: 800,
    title: "Two fish in the sea, laid in stone and glass", quality: 80
  ) { width, height, workers in
    let floor = MosaicFloor(motif: FishPond(), on: workers)
    return rendered(width: width, height: height, side: 3, seed: 63, on: workers) { place, _ in
      floor.color(place / Float(width))
    }
  }
}

/// Tesserae over the unit square, shifted until each lies in the middle of its place and along the
/// motif's contours.
///
/// Hausner, "Simulating decorative mosaics", 2001: Lloyd's method with squares for circles.
struct MosaicFloor {
  private struct Stone {
    var center: Point
    /// The direction of one side.
    var axis: Point
    var part: Int
    var color: Vector
    /// How it leans, as the mason pressed it in.
    var tilt: Point
  }

  private static let spacing: Float = 1 / 78
  private static let grain = Noise(seed: 702)

  private let motif: FishPond
  private var stones: [Stone] = []
  /// The stones near each cell of a grid.
  private var buckets: [[Int32]] = []
  private let side = 78

  init(motif: FishPond, on workers: Workers) {
    self.motif = motif
    var random = SeededRandom(seed: 71)
    for row in 0..<side {
      for column in 0..<side {
        let cell = Point(Float(column), Float(row)) + 0.5
        let jitter = Point(random.within(-0.4...0.4), random.within(-0.4...0.4))
        let center = (cell + jitter) * Self.spacing
        stones.append(
          Stone(
            center: center, axis: motif.axis(center), part: motif.part(center), color: .zero,
            tilt: Point(random.within(-1...1), random.within(-1...1))))
      }
    }
    for _ in 0..<14 { settle(on: workers) }
    sort()
    for index in stones.indices {
      stones[index].color = motif.color(stones[index].center, part: stones[index].part, &random)
    }
  }

  private func bucket(_ p: Point) -> (Int, Int) {
    (
      Int(clamped(p.x / Self.spacing, 0, Float(side - 1))),
      Int(clamped(p.y / Self.spacing, 0, Float(side - 1)))
    )
  }

  private mutating func sort() {
    buckets = Array(repeating: [], count: side * side)
    for (index, stone) in stones.enumerated() {
      let (i, j) = bucket(stone.center)
      buckets[j * side + i].append(Int32(index))
    }
  }

  /// Moves each stone to the middle of the points nearest to it.
  private mutating func settle(on workers: Workers) {
    sort()
    let points = side * 6
    let nearest = filled(rows: points, columns: points, repeating: Int32(-1), on: workers) {
      column, row in
      let p = (Point(Float(column), Float(row)) + 0.5) / Float(points)
      return Int32(self.nearest(p, part: motif.part(p)).stone)
    }
    var sums = [Vector](repeating: .zero, count: stones.count)
    for row in 0..<points {
      for column in 0..<points {
        let stone = nearest[row * points + column]
        if stone >= 0 { sums[Int(stone)] += Vector(Float(column) + 0.5, Float(row) + 0.5, 1) }
      }
    }
    for (index, sum) in sums.enumerated() where sum.z > 0 {
      stones[index].center = Point(sum.x, sum.y) / (sum.z * Float(points))
      stones[index].axis = motif.axis(stones[index].center)
    }
  }

  /// The nearest stone of a part, and by how much the next one is farther.
  private func nearest(_ p: Point, part: Int) -> (stone: Int, margin: Float, offset: Point) {
    let (i, j) = bucket(p)
    var best = (stone: -1, distance: Float(9), offset: Point.zero)
    var second: Float = 9
    for row in max(0, j - 2)...min(side - 1, j + 2) {
      for column in max(0, i - 2)...min(side - 1, i + 2) {
        for index in buckets[row * side + column] {
          let stone = stones[Int(index)]
          guard stone.part == part else { continue }
          let q = p - stone.center
          let along = dot(q, stone.axis)
          let across = q.y * stone.axis.x - q.x * stone.axis.y
          let distance = max(abs(along), abs(across)) + 0.15 * min(abs(along), abs(across))
          if distance < best.distance {
            second = best.distance
            best = (Int(index), distance, Point(along, across))
          } else {
            second = min(second, distance)
          }
        }
      }
    }
    return (best.stone, second - best.distance, best.offset)
  }

  func color(_ p: Point) -> Vector {
    let rough = Self.grain.fractal(p.x * 190, p.y * 190, octaves: 3)
    let mortar = pigment(0x4B4640) * (1 + 0.35 * rough)
    let found = nearest(p, part: motif.part(p))
    guard found.stone >= 0 else { return shown(mortar) }
    let stone = stones[found.stone]
    let wobble = 0.0005 * Self.grain(p.x * 150 + 3, p.y * 150)
    let half = Self.spacing * 0.56
    let outer = half - max(abs(found.offset.x), abs(found.offset.y))
    let margin = min(min(found.margin, outer), motif.edge(p) * 1.5) / 2 - 0.00085 + wobble
    guard margin > 0 else { return shown(mortar) }
    // A rounded rim that catches the light above left, and a face that leans.
    let rim = smoothstep(0.0017, 0, margin)
    let toward = normalized(Point(-0.6, -0.8))
    let axis = stone.axis
    let out =
      abs(found.offset.x) > abs(found.offset.y)
      ? axis * (found.offset.x > 0 ? 1 : -1)
      : Point(-axis.y, axis.x) * (found.offset.y > 0 ? 1 : -1)
    let light = 1 + 0.34 * rim * dot(out, toward) + 0.10 * dot(stone.tilt, toward) - 0.12 * rim
    let veins = 1 + 0.10 * Self.grain.fractal(p.x * 70 + stone.tilt.x * 90, p.y * 70, octaves: 3)
    let glint = smoothstep(0.80, 1.0, dot(stone.tilt, toward)) * 0.16
    return shown(stone.color * (light * veins) + glint * (1 - rim) + 0.015 * rough)
  }
}
