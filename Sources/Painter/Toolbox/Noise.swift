/// Gradient noise: smooth, without preferred places, the same on every machine.
///
/// Perlin, "Improving noise", 2002, with hashed instead of tabled gradients. Values lie in -1...1.
struct Noise: Sendable {
  let seed: UInt32

  init(seed: UInt32) { self.seed = seed }

  /// Evenly distributed bits for a lattice point.
  @inline(__always)
  func bits(_ x: Int32, _ y: Int32, _ z: Int32 = 0) -> UInt32 {
    var h = seed &* 0x27d4_eb2f ^ UInt32(bitPattern: x) &* 0x85eb_ca6b
    h ^= UInt32(bitPattern: y) &* 0xc2b2_ae35 ^ UInt32(bitPattern: z) &* 0x1656_67b1
    h = (h ^ (h >> 16)) &* 0x7feb_352d
    h = (h ^ (h >> 15)) &* 0x846c_a68b
    return h ^ (h >> 16)
  }

  /// A number in 0..<1 for a lattice point.
  @inline(__always)
  func unit(_ x: Int32, _ y: Int32, _ z: Int32 = 0) -> Float { Float(bits(x, y, z) >> 8) * 0x1p-24 }

  func callAsFunction(_ x: Float, _ y: Float) -> Float {
    let floorX = x.rounded(.down)
    let floorY = y.rounded(.down)
    let i = Int32(truncatingIfNeeded: Int(floorX))
    let j = Int32(truncatingIfNeeded: Int(floorY))
    let fx = x - floorX
    let fy = y - floorY
    let u = fade(fx)
    let v = fade(fy)
    let top = mix(slope(bits(i, j), fx, fy), slope(bits(i &+ 1, j), fx - 1, fy), u)
    let bottom = mix(
      slope(bits(i, j &+ 1), fx, fy - 1), slope(bits(i &+ 1, j &+ 1), fx - 1, fy - 1), u)
    return mix(top, bottom, v)
  }

  func callAsFunction(_ p: Vector) -> Float {
    let base = p.rounded(.down)
    let i = Int32(truncatingIfNeeded: Int(base.x))
    let j = Int32(truncatingIfNeeded: Int(base.y))
    let k = Int32(truncatingIfNeeded: Int(base.z))
    let f = p - base
    let u = fade(f.x)
    let v = fade(f.y)
    let w = fade(f.z)
    func row(_ dy: Int32, _ dz: Int32) -> Float {
      let y = f.y - Float(dy)
      let z = f.z - Float(dz)
      return mix(
        slope(bits(i, j &+ dy, k &+ dz), f.x, y, z),
        slope(bits(i &+ 1, j &+ dy, k &+ dz), f.x - 1, y, z), u)
    }
    return mix(mix(row(0, 0), row(1, 0), v), mix(row(0, 1), row(1, 1), v), w)
  }

  /// Octaves of noise, each at half the size and half the weight; turned so that no grid shows.
  func fractal(_ x: Float, _ y: Float, octaves: Int, gain: Float = 0.5) -> Float {
    var sum: Float = 0
    var weight: Float = 1
    var total: Float = 0
    var p = Point(x, y)
    for _ in 0..<octaves {
      sum += weight * self(p.x, p.y)
      total += weight
      weight *= gain
      p = Point(1.6 * p.x - 1.2 * p.y + 7.3, 1.2 * p.x + 1.6 * p.y - 3.1)
    }
    return sum / total
  }

  /// Octaves of noise in space, as `fractal` in the plane.
  func fractal(_ p: Vector, octaves: Int, gain: Float = 0.5) -> Float {
    var sum: Float = 0
    var weight: Float = 1
    var total: Float = 0
    var p = p
    for _ in 0..<octaves {
      sum += weight * self(p)
      total += weight
      weight *= gain
      p = Vector(1.63 * p.x + 1.2 * p.y, 1.6 * p.y - 1.2 * p.x, 2.03 * p.z) + Vector(5.1, 2.7, 9.2)
    }
    return sum / total
  }

  /// Octaves of sharp crests, as mountains have them, in 0...1; details gather on the crests.
  ///
  /// Musgrave's ridged multifractal, *Texturing and Modeling*, 2003, chapter 16.
  func ridged(_ x: Float, _ y: Float, octaves: Int) -> Float {
    var sum: Float = 0
    var weight: Float = 1
    var total: Float = 0
    var crest: Float = 1
    var p = Point(x, y)
    for _ in 0..<octaves {
      let fold = 1 - abs(self(p.x, p.y)) * 1.4
      let value = max(0, fold) * max(0, fold) * crest
      crest = clamped(value * 1.9)
      sum += weight * value
      total += weight
      weight *= 0.5
      p = Point(1.6 * p.x - 1.2 * p.y + 7.3, 1.2 * p.x + 1.6 * p.y - 3.1)
    }
    return sum / total
  }

  private func fade(_ t: Float) -> Float { t * t * t * (t * (t * 6 - 15) + 10) }

  /// The height at (x, y) of a plane through the lattice point, leaning one of eight ways.
  private func slope(_ bits: UInt32, _ x: Float, _ y: Float) -> Float {
    let long = bits & 1 == 0 ? x : y
    let short = bits & 1 == 0 ? y : x
    let a = bits & 2 == 0 ? long : -long
    let b = bits & 4 == 0 ? short : -short
    return 1.2 * a + 0.6 * b
  }

  /// The same in space, leaning one of twelve ways.
  private func slope(_ bits: UInt32, _ x: Float, _ y: Float, _ z: Float) -> Float {
    let h = bits & 15
    let u = h < 8 ? x : y
    let v = h < 4 ? y : (h == 12 || h == 14 ? x : z)
    return (h & 1 == 0 ? u : -u) + (h & 2 == 0 ? v : -v)
  }
}
