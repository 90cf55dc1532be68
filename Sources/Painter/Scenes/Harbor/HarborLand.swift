import Tensors

/// The land around the harbor: a shore that climbs to wooded hills and, far off, snowy mountains.
struct HarborLand {
  private static let forms = Noise(seed: 7)
  private static let trees = Noise(seed: 8)

  private let near: HeightGrid
  private let far: HeightGrid

  /// - Parameter detail: 1 for the full number of grid points, less for a sketch.
  init(detail: Float, on workers: Workers) {
    near = HeightGrid(
      from: Point(-330, 44), to: Point(330, 520), cell: 0.42 / detail, on: workers
    ) { x, z in
      let ground = Self.ground(x, z, octaves: 9)
      return ground + Self.canopy(x, z, over: ground)
    }
    far = HeightGrid(
      from: Point(-5600, 400), to: Point(5600, 8600), cell: 6 / detail, on: workers
    ) { x, z in
      // The view is narrower than the grid.
      abs(x) < 0.7 * z + 500 ? Self.ground(x, z, octaves: 11) : 0
    }
  }

  /// How far inland a place lies, in meters; below 0 in the water.
  static func inland(_ x: Float, _ z: Float) -> Float {
    let point = 38 * smoothstep(24, 62, x)
    return z - (88 + 5 * forms(x / 34, 3.3) + 2 * forms(x / 9, 8.1) - point)
  }

  /// The height of the bare ground.
  static func ground(_ x: Float, _ z: Float, octaves: Int) -> Float {
    let d = inland(x, z)
    if d < 0 { return max(-6, d * 0.3) + 0.5 * forms(x / 2, z / 2) * smoothstep(-4, 0, d) }
    let u = x / max(z, 1)
    var height = 1.5 * smoothstep(0, 1.6, d) + 15 * smoothstep(8, 95, d)
    height += forms.fractal(x / 40, z / 40, octaves: min(octaves, 5)) * 3 * smoothstep(10, 80, d)
    if d > 45 {
      let roll = forms.fractal(x / 260 + 4, z / 260, octaves: min(octaves, 7))
      let sides = 0.35 + 1.5 * smoothstep(0.10, 0.55, u) + 1.1 * smoothstep(-0.18, -0.6, u)
      height += smoothstep(45, 420, d) * (26 + 42 * roll) * sides
    }
    if d > 350 {
      let warp = 620 * forms(x / 2300 + 2, z / 2300)
      let ridge = forms.ridged((x + warp) / 2700 + 0.31, (z - warp) / 2700 + 0.72, octaves: octaves)
      // One main peak right of the middle, a gap left of it.
      let stage =
        0.42 + 0.85 * bell(u - 0.17, radius: 0.30) + 0.55 * bell(u + 0.48, radius: 0.34)
      let gullies = forms.ridged(x / 620 + 0.3, (z + warp) / 620, octaves: 7) - 0.4
      let climb = smoothstep(600, 4300, d) * stage
      let massif = climb * (ridge * 1500 + gullies * 210)
      height += massif - 0.5 * max(0, massif - 780)  // blunter peaks than the ridges alone make
      height += smoothstep(350, 1300, d) * (0.5 + forms.fractal(x / 700, z / 700, octaves: 6)) * 120
    }
    return height
  }

  /// How densely trees stand, 0...1.
  static func wood(_ x: Float, _ z: Float) -> Float {
    let d = inland(x, z)
    let patches = forms.fractal(x / 70, z / 70, octaves: 3)
    let village = smoothstep(58, 80, d + 22 * patches + 60 * smoothstep(34, 60, x))
    return clamped(village * (0.75 + 1.1 * patches) + 0.10) * smoothstep(7, 12, d)
  }

  /// The height of the trees above the ground: firs and round trees, one at most in each cell.
  static func canopy(_ x: Float, _ z: Float, over ground: Float) -> Float {
    let side: Float = 4.6
    let i = Int32((x / side).rounded(.down))
    let j = Int32((z / side).rounded(.down))
    var tallest: Float = 0
    for dj in Int32(-1)...1 {
      for di in Int32(-1)...1 {
        let centerX = (Float(i + di) + trees.unit(i + di, j + dj, 1)) * side
        let centerZ = (Float(j + dj) + trees.unit(i + di, j + dj, 2)) * side
        let away = length(Point(x - centerX, z - centerZ))
        let size = 0.6 + 0.5 * trees.unit(i + di, j + dj, 3)
        let radius = 3.1 * size
        guard away < radius, trees.unit(i + di, j + dj, 4) < wood(centerX, centerZ) else {
          continue
        }
        guard !HarborVillage.stands(near: centerX, centerZ) else { continue }
        let out = away / radius
        let ragged = 0.34 * trees(x * 1.1, z * 1.1) + 0.2 * trees(x * 2.3, z * 2.3)
        let round = trees.unit(i + di, j + dj, 5) < 0.34
        let profile = round ? 0.62 * (1 - out * out).squareRoot() : 1 - out * (0.86 + 0.14 * out)
        tallest = max(tallest, 11.5 * size * max(0, profile + ragged * (1 - out)))
      }
    }
    return tallest
  }

  func height(_ x: Float, _ z: Float) -> Float {
    if near.covers(x, z) { return near.height(x, z) }
    if far.covers(x, z) { return far.height(x, z) }
    return -50
  }

  /// The distance at which a ray meets the land, if nearer than `limit`.
  func meet(_ ray: Ray, limit: Float, reach: Float = 1) -> Float? {
    let ceiling = max(near.highest, far.highest)
    var t: Float = 0.2
    if ray.origin.z < 44 {
      guard ray.direction.z > 0 else { return nil }
      t = (44 - ray.origin.z) / ray.direction.z
    }
    var before = t
    for _ in 0..<260 {
      guard t < limit else { return nil }
      let p = ray.at(t)
      guard p.z >= 44, p.y < ceiling || ray.direction.y < 0 else { return nil }
      let gap = p.y - height(p.x, p.z)
      if gap < 0 { return ray.crossing(before, t, of: height) }
      before = t
      t += max(gap * 0.47, 0.08 + 0.0018 * t) * reach
    }
    return nil
  }

  /// The direction that the ground faces, smoothed over what a pixel covers at that distance.
  func normal(_ p: Vector, distance: Float) -> Vector {
    let e = max(0.3, distance * 0.0011)
    return normalized(
      Vector(
        height(p.x - e, p.z) - height(p.x + e, p.z), 2 * e,
        height(p.x, p.z - e) - height(p.x, p.z + e)))
  }

  /// The color of the ground or of the trees on it.
  func albedo(_ p: Vector, normal: Vector) -> Vector {
    let bare = Self.ground(p.x, p.z, octaves: 6)
    let grain = Self.forms.fractal(p.x * 0.9, p.z * 0.9, octaves: 4)
    let patch = Self.forms.fractal(p.x / 55 + 9, p.z / 55, octaves: 5)
    let steep = 1 - normal.y
    if p.z < 519, abs(p.x) < 329, p.y - bare > 0.5 {
      let i = Int32((p.x / 4.6).rounded(.down))
      let j = Int32((p.z / 4.6).rounded(.down))
      let kind = Self.trees.unit(i, j, 6)
      let fir = mix(Vector(0.030, 0.062, 0.030), Vector(0.060, 0.088, 0.028), kind)
      let autumn = Vector(0.20, 0.12, 0.022)
      let leaf = mix(fir, autumn, smoothstep(0.80, 0.97, kind) * 0.8)
      let light = 0.35 + 0.65 * smoothstep(0.5, 8, p.y - bare)
      return leaf * (1 + 1.1 * grain) * light
    }
    let grass = mix(
      Vector(0.105, 0.125, 0.038), Vector(0.20, 0.165, 0.062), clamped(0.5 + 1.3 * patch))
    let rock = mix(
      Vector(0.085, 0.085, 0.095), Vector(0.17, 0.155, 0.145), clamped(0.5 + grain + 0.8 * patch))
    let fine = 1 + 0.45 * grain
    if p.y < 1.2 { return rock * fine * mix(0.35, 1, smoothstep(0.1, 0.8, p.y)) }
    var color = mix(grass, rock, smoothstep(0.16, 0.34, steep + 0.08 * grain)) * fine
    let distant = smoothstep(330, 480, p.z)
    if distant > 0 {
      let scrub = Self.forms.fractal(p.x / 38, p.z / 38, octaves: 5)
      let line = 420 + 190 * patch
      let wooded =
        distant * smoothstep(line + 90, line - 90, p.y) * smoothstep(-0.30, 0.05, scrub + 0.25)
      color = mix(color, Vector(0.036, 0.058, 0.032) * (1 + 0.9 * scrub), wooded * 0.93)
      let snowline = 560 + 170 * patch + 240 * Self.forms.fractal(p.x / 420, p.z / 420, octaves: 4)
      let snow =
        smoothstep(snowline - 40, snowline + 120, p.y)
        * smoothstep(0.60, 0.34, steep + 0.12 * grain)
      color = mix(color, Vector(0.80, 0.83, 0.88), snow)
    }
    return color
  }
}
