import Tensors

/// A canvas with wet paint on it: a color and a height at each pixel.
struct OilCanvas {
  let width: Int
  let height: Int
  /// Linear light.
  private var colors: [Vector]
  /// How high the paint stands, in pixels.
  private var relief: [Float]

  private static let noise = Noise(seed: 19)
  private static let bandHeight = 64

  /// A primed canvas; the weave shows where paint is thin.
  init(width: Int, height: Int, ground: Vector) {
    self.width = width
    self.height = height
    colors = Array(repeating: ground, count: width * height)
    relief = (0..<width * height).map { index in
      let x = Float(index % width)
      let y = Float(index / width)
      return 0.4 + 0.25 * sine(turns: x / 6) * sine(turns: y / 6) + 0.5 * Self.noise(x / 4, y / 4)
    }
  }

  /// Lays strokes on one another in their order; bands of rows are independent of one another.
  mutating func apply(_ strokes: [Stroke], on workers: Workers) {
    let width = width
    let height = height
    let bounds = strokes.map { $0.bounds(width: width, height: height) }
    colors.withUnsafeMutableBufferPointer { colors in
      relief.withUnsafeMutableBufferPointer { relief in
        let colors = colors
        let relief = relief
        workers.forEachRange(of: height, grain: Self.bandHeight) { band, _ in
          for (stroke, bounds) in zip(strokes, bounds) {
            let rows = bounds.y.clamped(to: band)
            guard !rows.isEmpty, !bounds.x.isEmpty else { continue }
            Self.lay(stroke, rows: rows, columns: bounds.x, width: width, colors, relief)
          }
        }
      }
    }
  }

  private static func lay(
    _ stroke: Stroke, rows: Range<Int>, columns: Range<Int>, width: Int,
    _ colors: UnsafeMutableBufferPointer<Vector>, _ relief: UnsafeMutableBufferPointer<Float>
  ) {
    let brush = BrushTrack(stroke, rows: rows, columns: columns)
    for y in rows {
      for x in columns {
        guard let (along, across) = brush.place(x, y) else { continue }
        let mark = stroke.mark(along: along, across: across, extent: brush.extent, noise)
        guard mark.cover > 0 else { continue }
        let index = y * width + x
        colors[index] = mix(colors[index], mark.paint, mark.cover)
        let below = relief[index]
        let laid = below * 0.55 + mark.relief * stroke.thickness * (1.6 + stroke.width * 0.055)
        relief[index] = mix(below, laid, mark.cover)
      }
    }
  }

  /// The canvas under a lamp at the upper left, as `(height, width, 3)` sRGB.
  ///
  /// - Parameter factor: the canvas is this many times as large as the picture.
  func photographed(reducedBy factor: Int, on workers: Workers) -> Tensor {
    let smooth = blurred(relief, radius: 9, on: workers)
    let lit = filled(rows: height, columns: width, repeating: Vector.zero, on: workers) { x, y in
      light(x, y, smooth)
    }
    let wide = width / factor
    let high = height / factor
    var picture = Tensor(uninitialized: [high, wide, 3])
    picture.withMutableFloats { pixels in
      workers.forEach(high) { y, _ in
        for x in 0..<wide {
          var sum = Vector.zero
          for j in 0..<factor {
            for i in 0..<factor { sum += lit[(y * factor + j) * width + x * factor + i] }
          }
          let mean = sum / Float(factor * factor)
          for channel in 0..<3 { pixels[(y * wide + x) * 3 + channel] = displayed(mean[channel]) }
        }
      }
    }
    return picture
  }

  private func light(_ x: Int, _ y: Int, _ smooth: [Float]) -> Vector {
    func stands(_ x: Int, _ y: Int) -> Float {
      relief[min(max(y, 0), height - 1) * width + min(max(x, 0), width - 1)]
    }
    let here = stands(x, y)
    let slope = Point(
      (stands(x + 1, y) - stands(x - 1, y)) * 0.34 + (stands(x + 2, y) - stands(x - 2, y)) * 0.1,
      (stands(x, y + 1) - stands(x, y - 1)) * 0.34 + (stands(x, y + 2) - stands(x, y - 2)) * 0.1)
    let normal = normalized(Vector(-slope.x, -slope.y, 1.25))
    let lamp = normalized(Vector(-0.55, -0.62, 0.78))
    var shadow: Float = 0
    for step in 1...7 {
      let rise = stands(x - step * 2, y - step * 2) - here - Float(step) * 2.1
      shadow = max(shadow, rise)
    }
    let open = 1 - 0.62 * smoothstep(0, 3, shadow)
    let hollow = clamped(1 + (here - smooth[y * width + x]) * 0.055, 0.62, 1.18)
    let facing = max(0, dot(normal, lamp)) / lamp.z
    let half = normalized(lamp + Vector(0, 0, 1))
    var gloss = max(0, dot(normal, half))
    for _ in 0..<5 { gloss *= gloss }
    let color = colors[y * width + x]
    let diffuse = color * ((0.30 + 0.70 * facing * open) * hollow)
    return diffuse + Vector(1, 0.97, 0.9) * (gloss * 0.13 * open)
  }

  /// A box blur both ways.
  private func blurred(_ values: [Float], radius: Int, on workers: Workers) -> [Float] {
    let across = filled(rows: height, columns: width, repeating: Float(0), on: workers) { x, y in
      let columns = max(0, x - radius)...min(width - 1, x + radius)
      return columns.reduce(0) { $0 + values[y * width + $1] } / Float(columns.count)
    }
    return filled(rows: height, columns: width, repeating: Float(0), on: workers) { x, y in
      let rows = max(0, y - radius)...min(height - 1, y + radius)
      return rows.reduce(0) { $0 + across[$1 * width + x] } / Float(rows.count)
    }
  }
}
