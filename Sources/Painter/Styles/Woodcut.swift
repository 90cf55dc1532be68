import Tensors

extension Sample {
  /// Lines carved into a plank: black ink, a tone from a second block, and the paper's white.
  static let woodcut = Sample(
    name: "woodcut", kind: .style, width: 896, height: 672,
    title: "A boat under a great sun, cut in wood", quality: 80
  ) { width, height, workers in
    let cut = Woodcut()
    return rendered(width: width, height: height, side: 4, seed: 31, on: workers) { place, _ in
      cut.color(place / Float(width), aspect: Float(height) / Float(width))
    }
  }
}

/// Two blocks printed on one another; places are in widths of the picture, y down.
struct Woodcut: Sendable {
  private static let hand = Noise(seed: 401)
  private static let sun = Point(0.645, 0.262)
  private static let radius: Float = 0.098

  private static let paper = pigment(0xF1E7D0)
  private static let ink = pigment(0x17130F)

  func color(_ place: Point, aspect: Float) -> Vector {
    let grain = Self.hand.fractal(place.x * 260, place.y * 260, octaves: 3)
    var color = Self.paper * (1 + 0.05 * grain)
    let margin = Outline.box(
      place, Point(0.5, aspect / 2), Point(0.472, aspect / 2 - 0.028), round: 0.004)
    guard margin + 0.0016 * Self.hand(place.x * 40, place.y * 40) < 0 else { return shown(color) }
    // The hand that guides the knife is not a machine's.
    let wander = Point(
      Self.hand.fractal(place.x * 26, place.y * 26, octaves: 2),
      Self.hand.fractal(place.x * 26 + 50, place.y * 26, octaves: 2))
    let p = place + wander * 0.0021
    // The tone's block sits a hair beside the key block.
    let tone = tone(p + Point(0.0022, 0.0012))
    let worn = 1 - 0.35 * smoothstep(0.15, 0.5, Self.hand(place.x * 9, place.y * 160) + 0.5 * grain)
    color = mix(color, tone.color, tone.amount * worn)
    if isBlack(p) {
      // Ink lies unevenly; the plank's fibers show where there is much of it.
      let fiber = Self.hand.fractal(place.x * 14, place.y * 190, octaves: 3)
      let bare = smoothstep(0.30, 0.62, fiber + 0.45 * grain)
      color = mix(Self.ink, color, 0.5 * bare)
    }
    return shown(color)
  }

  /// The second block: a warm sky that fades upward, a cool sea; sails, foam and sun left white.
  private func tone(_ p: Point) -> (color: Vector, amount: Float) {
    if inBoat(p) != nil { return (Self.paper, 0) }
    if let wave = wave(p) {
      return wave.depth < 0.007 + 0.004 * Self.hand(p.x * 60, 3)
        ? (Self.paper, 0) : (pigment(0x7E9C96), 0.80)
    }
    let away = length(p - Self.sun)
    if away < Self.radius { return (pigment(0xD9532C), 0.95) }
    if cloud(p) < 0 { return (Self.paper, 0) }
    return (mix(pigment(0xE7A94E), pigment(0xD8BE88), smoothstep(0.42, 0.05, p.y)), 0.85)
  }

  private func isBlack(_ p: Point) -> Bool {
    if let black = inBoat(p) { return black }
    if let wave = wave(p) { return carved(wave, p) }
    let away = length(p - Self.sun)
    if abs(away - Self.radius) < 0.0026 { return true }
    if away < Self.radius { return false }
    if isGull(p) { return true }
    let cloud = cloud(p)
    if cloud < 0 {
      // Contours within the cloud's lower half.
      if cloud > -0.0036 { return true }
      let shade = smoothstep(-0.015, -0.06, cloud) * 0.30 + 0.46 * smoothstep(0, 0.03, under(p))
      return line(cloud * 105, share: shade, p)
    }
    return rays(p, away)
  }

  /// Whether ink stays between gouges that run along `phase`: a `share` of each unit, ragged at its ends.
  private func line(_ phase: Float, share: Float, _ p: Point) -> Bool {
    let index = phase.rounded(.down)
    let across = abs(phase - index - 0.5) * 2
    let ragged = 0.30 * Self.hand(p.x * 15 + index * 3.7, p.y * 15 + index * 1.9)
    return across < share + ragged * min(1, 4 * share)
  }

  private func rays(_ p: Point, _ away: Float) -> Bool {
    let turn = turns(of: p - Self.sun) + 0.5
    let wobble = 0.012 * Self.hand(away * 20, turn * 40)
    // Twice the rays where they have drifted apart.
    let fork = away + 0.05 * Self.hand(turn * 90, 7)
    let count: Float = fork < 0.19 ? 54 : fork < 0.40 ? 108 : 216
    let band = 0.5 + 0.5 * sine(turns: away * 4.4 + 0.22 * Self.hand(p.x * 3, p.y * 3))
    let share =
      0.16 + 0.42 * smoothstep(0.12, 0.75, away) + 0.30 * band * smoothstep(0.13, 0.25, away)
    let edge = 0.30 * smoothstep(0.018, 0, cloud(p))
    return line(turn * count + wobble * count / 54, share: share - edge, p)
  }

  // MARK: Clouds and gulls

  private static let puffs: [(Point, Float)] = [
    (Point(0.16, 0.235), 0.048), (Point(0.215, 0.20), 0.062), (Point(0.285, 0.215), 0.052),
    (Point(0.335, 0.243), 0.034), (Point(0.105, 0.25), 0.032), (Point(0.865, 0.165), 0.042),
    (Point(0.92, 0.15), 0.054), (Point(0.815, 0.186), 0.026), (Point(0.43, 0.095), 0.030),
    (Point(0.475, 0.083), 0.038), (Point(0.525, 0.1), 0.024),
  ]

  private func cloud(_ p: Point) -> Float {
    var d = Float.infinity
    for (center, radius) in Self.puffs {
      d = smoothMin(min(d, 9), Outline.disc(p, center, radius), 0.008)
    }
    // Flat below.
    let floor: Float = p.x > 0.7 ? 0.187 : p.x > 0.38 ? 0.112 : 0.26
    return max(d, p.y - floor - 0.004 * Self.hand(p.x * 30, 1))
  }

  private func under(_ p: Point) -> Float {
    p.y - (p.x > 0.7 ? 0.165 : p.x > 0.38 ? 0.095 : 0.228)
  }

  private func isGull(_ p: Point) -> Bool {
    for (center, size) in [
      (Point(0.40, 0.205), Float(0.038)), (Point(0.47, 0.165), 0.024), (Point(0.345, 0.145), 0.019),
    ] {
      let q = (p - center) / size
      guard abs(q.x) < 1 else { continue }
      let x = abs(q.x)
      let wing = -0.62 * x * (1.5 - x * 1.15) - 0.18 * q.x
      if abs(q.y - wing) < 0.13 * (1 - x) + 0.025 { return true }
    }
    return false
  }

  // MARK: Waves

  private struct Wave {
    var index: Int
    /// How far below the crest, in widths of the picture.
    var depth: Float
    var slope: Float
  }

  private static let horizon: Float = 0.425

  private func crest(_ index: Int, _ x: Float) -> Float {
    let near = Float(index) / 7
    let pitch = 9.5 - 7.2 * near
    let phase = x * pitch + Float(index) * 0.37 + 0.13 * Self.hand(x * 3, Float(index) * 7)
    // Crests are sharper than troughs, and lean.
    let s = sine(turns: phase + 0.07 * sine(turns: phase))
    let swell = 1 - abs(s)
    return Self.horizon + 0.012 + 0.285 * near * (0.55 + 0.45 * near)
      - (0.004 + 0.058 * near) * swell * swell
  }

  /// The nearest wave that covers a place.
  private func wave(_ p: Point) -> Wave? {
    guard p.y > Self.horizon - 0.05 else { return nil }
    for index in (1...7).reversed() {
      let top = crest(index, p.x)
      if p.y > top {
        let slope = (crest(index, p.x + 0.004) - crest(index, p.x - 0.004)) / 0.008
        return Wave(index: index, depth: p.y - top, slope: slope)
      }
    }
    guard p.y > Self.horizon else { return nil }
    return Wave(index: 0, depth: p.y - Self.horizon, slope: 0)
  }

  private func carved(_ wave: Wave, _ p: Point) -> Bool {
    let near = Float(wave.index) / 7
    if wave.depth < 0.0014 + 0.0016 * near { return true }
    let foam = 0.006 + 0.016 * near
    if wave.depth < foam + 0.006 * Self.hand(p.x * 55, Float(wave.index)) {
      return line(wave.depth * 150, share: 0.10, p)
    }
    // The sun's path over the water stays light.
    let path = bell(p.x - Self.sun.x + 0.03 * Self.hand(p.x, p.y * 30), radius: 0.11 + 0.1 * near)
    let lee = smoothstep(-0.4, 0.7, wave.slope)
    let share = 0.36 + 0.34 * lee + 0.25 * smoothstep(foam, foam + 0.05, wave.depth) - 0.34 * path
    let spacing = 190 - 92 * near
    return line((wave.depth + 0.010 * Self.hand(p.x * 7, p.y * 12)) * spacing, share: share, p)
  }

  // MARK: The boat

  /// Whether the boat is black there; nothing where it is not.
  private func inBoat(_ place: Point) -> Bool? {
    let p = turned(place - Point(0.30, 0.515), turns: 0.022) / 0.94
    guard abs(p.x) < 0.2, p.y > -0.37, p.y < 0.09 else { return nil }
    let keel = 0.062 - 0.9 * p.x * p.x
    let rim = -0.004 - 0.34 * p.x * p.x - 0.012 * (p.x > 0 ? p.x / 0.15 : 0)
    if p.y > rim, p.y < keel, p.x > -0.135, p.x < 0.165 {
      // In front of the hull a wave.
      if p.y > 0.034 + 0.012 * sine(turns: p.x * 6) { return nil }
      let down = (p.y - rim) / 0.012
      if down < 0.9 { return down < 0.25 }
      return !line(down + 0.5, share: 0.14, place) || down < 1.3
    }
    for (index, sail) in Self.sails.enumerated() {
      let bulge = Point(p.x - 0.022 * sine(turns: clamped((p.y + 0.34) / 0.33) * 0.5), p.y)
      let d = Outline.polygon(bulge, sail)
      if d < 0 {
        if d > -0.0028 { return true }
        let curve = p.x + 0.25 * p.y * p.y * 3
        let shade = index == 0 ? smoothstep(-0.02, 0.11, curve) : smoothstep(-0.04, -0.11, curve)
        return line(
          (p.x * 0.9 - p.y * 0.28 + (index == 0 ? 0.9 : -0.6) * p.y * p.y) * 118,
          share: shade * 0.62, place)
      }
    }
    if Outline.bar(p, Point(0.004, 0), Point(0.004, -0.345), 0.0042, 0.0024) < 0 { return true }
    let flag = Outline.polygon(
      p,
      [
        Point(0.004, -0.352), Point(0.06, -0.338 - 0.006 * sine(turns: p.x * 22)),
        Point(0.004, -0.325),
      ])
    if flag < 0 { return true }
    // Two men at the oars and the helm.
    for x: Float in [-0.085, 0.088] {
      let body = Outline.bar(p, Point(x, 0), Point(x + 0.004, -0.026), 0.011, 0.0085)
      if min(body, Outline.disc(p, Point(x + 0.006, -0.044), 0.0085)) < 0 { return true }
    }
    return nil
  }

  private static let sails: [[Point]] = [
    [Point(0.012, -0.318), Point(0.012, -0.024), Point(0.148, -0.035)],
    [Point(-0.004, -0.318), Point(-0.004, -0.030), Point(-0.125, -0.030)],
  ]
}
