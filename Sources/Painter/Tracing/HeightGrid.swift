import Tensors

/// Ground as heights over a level grid, in meters, read between its points.
struct HeightGrid {
  let low: Point
  let high: Point
  private let cell: Float
  private let columns: Int
  private let heights: [Float]
  let highest: Float

  /// Samples `height` over `low...high` every `cell` meters.
  init(
    from low: Point, to high: Point, cell: Float, on workers: Workers,
    height: (_ x: Float, _ z: Float) -> Float
  ) {
    let columns = Int((high.x - low.x) / cell) + 2
    let rows = Int((high.y - low.y) / cell) + 2
    self.low = low
    self.high = high
    self.cell = cell
    self.columns = columns
    heights = filled(rows: rows, columns: columns, repeating: 0, on: workers) { column, row in
      height(low.x + Float(column) * cell, low.y + Float(row) * cell)
    }
    highest = heights.max() ?? 0
  }

  func covers(_ x: Float, _ z: Float) -> Bool {
    x >= low.x && x < high.x && z >= low.y && z < high.y
  }

  /// The height there.
  ///
  /// - Precondition: `covers(x, z)`.
  func height(_ x: Float, _ z: Float) -> Float {
    let u = (x - low.x) / cell
    let v = (z - low.y) / cell
    let i = Int(u)
    let j = Int(v)
    let fx = u - Float(i)
    let fz = v - Float(j)
    let k = j * columns + i
    let near = mix(heights[k], heights[k + 1], fx)
    let far = mix(heights[k + columns], heights[k + columns + 1], fx)
    return mix(near, far, fz)
  }
}
