import Tensors

/// The sky over the harbor: late sun from the left, behind the viewer; heaps of lit clouds.
struct HarborSky {
  static let sun = normalized(Vector(-0.72, 0.40, -0.42))
  static let sunlight = Vector(1, 0.79, 0.54) * 3.3

  private static let base: Float = 1300
  private static let top: Float = 2700
  private static let shapes = Noise(seed: 41)

  // The clouds, seen from the harbor, over (x/z, y/z) of the direction: light and what shines through.
  private static let span: Float = 1.36
  private static let rise: Float = 0.62
  private let columns: Int
  private let rows: Int
  private let clouds: [SIMD4<Float>]

  /// - Parameter resolution: points a unit of x/z.
  init(resolution: Int, on workers: Workers) {
    let columns = Int(Self.span * Float(resolution))
    let rows = Int(Self.rise * Float(resolution))
    self.columns = columns
    self.rows = rows
    let sampled = filled(rows: rows, columns: columns, repeating: .zero, on: workers) {
      column, row in
      let u = (Float(column) + 0.5) / Float(resolution) - Self.span / 2
      let v = (Float(row) + 0.5) / Float(resolution)
      var random = SeededRandom(seed: 5, column, row)
      return Self.cloud(toward: normalized(Vector(u, v, 1)), offset: random.unit())
    }
    // Each direction took its steps at places of its own; neighbors together are free of that grain.
    clouds = filled(rows: rows, columns: columns, repeating: .zero, on: workers) { column, row in
      var sum = SIMD4<Float>.zero
      for j in [row, row, max(0, row - 1), min(rows - 1, row + 1)] {
        for i in [column, column, max(0, column - 1), min(columns - 1, column + 1)] {
          sum += sampled[j * columns + i]
        }
      }
      return sum / 16
    }
  }

  /// The light that comes from a direction.
  func light(_ direction: Vector) -> Vector {
    let clear = Self.clear(direction)
    guard direction.z > 0.05, direction.y > 0 else { return clear }
    let u = (direction.x / direction.z / Self.span + 0.5) * Float(columns) - 0.5
    let v = direction.y / direction.z / Self.rise * Float(rows) - 0.5
    let i = Int(clamped(u, 0, Float(columns - 2)))
    let j = Int(clamped(v, 0, Float(rows - 2)))
    let fx = SIMD4<Float>(repeating: clamped(u - Float(i)))
    let fy = SIMD4<Float>(repeating: clamped(v - Float(j)))
    let k = j * columns + i
    let low = clouds[k] + (clouds[k + 1] - clouds[k]) * fx
    let high = clouds[k + columns] + (clouds[k + columns + 1] - clouds[k + columns]) * fx
    let cloud = low + (high - low) * fy
    return clear * cloud.w + Vector(cloud.x, cloud.y, cloud.z)
  }

  /// The sky without clouds.
  static func clear(_ direction: Vector) -> Vector {
    let y = max(0, direction.y)
    let high = mix(Vector(0.085, 0.21, 0.50), Vector(0.30, 0.50, 0.80), exponential(-4.2 * y))
    let band = exponential(-9 * y)
    let left = clamped(0.5 - 0.9 * direction.x)
    let glow = mix(Vector(0.98, 0.70, 0.62), Vector(1.10, 0.86, 0.58), left)
    return mix(high, glow * 0.92, band)
  }

  /// Light scattered by a cloud (x, y, z) and the share of the sky's that passes it (w).
  private static func cloud(toward direction: Vector, offset: Float) -> SIMD4<Float> {
    guard direction.y > 0.035 else { return SIMD4(0, 0, 0, 1) }
    let steps = 34
    let entry = base / direction.y
    let stride = (top - base) / direction.y / Float(steps)
    let width = min(stride, 160)
    var transmitted: Float = 1
    var light = Vector.zero
    for step in 0..<steps where transmitted > 0.02 {
      let p = (entry + (Float(step) + offset) * stride) * direction
      let thick = density(p, octaves: 6)
      guard thick > 0 else { continue }
      var shade: Float = 0
      for i in 1...4 {
        shade += density(p + sun * (Float(i * i) * 38), octaves: 3) * Float(2 * i) * 38
      }
      let sunny = exponential(-0.0036 * shade) * 0.78 + exponential(-0.0011 * shade) * 0.22
      let height = (p.y - base) / (top - base)
      let sky = mix(Vector(0.47, 0.50, 0.60), Vector(0.58, 0.67, 0.84), height)
      let scattered = sunlight * 0.46 * sunny + sky * 0.56
      let kept = exponential(-0.011 * thick * width)
      light += scattered * (transmitted * (1 - kept))
      transmitted *= kept
    }
    // Far clouds sink into the haze of the horizon.
    let haze = exponential(-entry / 15000)
    let air = clear(direction)
    light = light * haze + air * ((1 - transmitted) * (1 - haze))
    return SIMD4(light.x, light.y, light.z, transmitted)
  }

  private static func density(_ p: Vector, octaves: Int) -> Float {
    let height = (p.y - base) / (top - base)
    guard height > 0, height < 1 else { return 0 }
    let q = (p + Vector(2350, 0, 1900)) / Vector(1350, 900, 1350)
    let cover = shapes(p.x / 6200 + 1.4, p.z / 6200 + 2.7) * 0.5 - 0.15
    let profile = smoothstep(0, 0.08, height) * smoothstep(1, 0.22, height)
    // No octave beyond the second lifts the sum by more than this; most of the sky ends here.
    guard profile > 0, shapes.fractal(q, octaves: 2, gain: 0.54) + cover > -0.3 else { return 0 }
    let shape = shapes.fractal(q, octaves: octaves, gain: 0.54)
    return clamped((shape + cover) * 3.9 * profile - (1 - profile) * 0.45)
  }
}
