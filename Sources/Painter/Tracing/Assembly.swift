/// Solids that stand close together, such as a house, and a ball around them.
struct Assembly {
  private(set) var blocks: [Block] = []
  private(set) var rods: [Rod] = []
  private(set) var hulls: [Hull] = []
  private var low = Vector(repeating: .infinity)
  private var high = Vector(repeating: -.infinity)
  private(set) var center = Vector.zero
  private(set) var radius: Float = 0

  mutating func add(_ block: Block) {
    blocks.append(block)
    let (x, y, z) = block.axes
    let axes = [x * block.half.x, y * block.half.y, z * block.half.z]
    cover(block.center, axes.reduce(.zero) { $0 + pointwiseMax($1, -$1) })
  }

  mutating func add(_ rod: Rod) {
    rods.append(rod)
    cover(rod.from, Vector(repeating: rod.radius))
    cover(rod.to, Vector(repeating: rod.radius))
  }

  mutating func add(_ hull: Hull) {
    hulls.append(hull)
    let along = hull.forward * (hull.length / 2)
    let size = pointwiseMax(along, -along) + hull.beam / 2
    cover(hull.center, Vector(size.x, hull.rim(1), size.z))
  }

  private mutating func cover(_ point: Vector, _ reach: Vector) {
    low = pointwiseMin(low, point - reach)
    high = pointwiseMax(high, point + reach)
    center = (low + high) / 2
    radius = length(high - low) / 2
  }

  /// Replaces the hit so far by a nearer one.
  func meet(_ ray: Ray, _ nearest: inout Hit) {
    for block in blocks { block.meet(ray, &nearest) }
    for rod in rods { rod.meet(ray, &nearest) }
    for hull in hulls { hull.meet(ray, &nearest) }
  }
}
