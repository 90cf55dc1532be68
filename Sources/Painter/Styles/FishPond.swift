import Tensors

/// What the mosaic shows: two fish that circle each other, waves, a border; over the unit square.
struct FishPond: Sendable {
  private static let drift = Noise(seed: 711)

  /// A fish in its own frame: about 1 long, its head at +x.
  private struct Fish: Sendable {
    var center: Point
    var turn: Float
    var size: Float
    /// -1 for a fish that swims to the left, so that its belly is below.
    var flip: Float

    func frame(_ p: Point) -> Point {
      let q = turned(p - center, turns: -turn) / size
      return Point(q.x, q.y * flip)
    }
  }

  private static let fish = [
    Fish(center: Point(0.50, 0.345), turn: 0.03, size: 0.50, flip: 1),
    Fish(center: Point(0.50, 0.665), turn: 0.53, size: 0.50, flip: -1),
  ]

  /// The parts, from the ground up.
  private enum Part: Int {
    case rim, gold, wave, sea, foam, tail, body, belly, head, gill, eye, pupil, star, shell
  }

  private func frame(_ p: Point) -> Float {
    Outline.box(p, Point(0.5, 0.5), Point(0.5, 0.5))
  }

  /// Every outline at a place, in the order in which parts cover one another.
  private func outlines(_ p: Point, _ visit: (Part, Int, Float) -> Void) {
    let frame = frame(p)
    visit(.gold, 0, frame + 0.026)
    visit(.wave, 0, frame + 0.052)
    visit(.sea, 0, frame + 0.112)
    guard frame < -0.10 else { return }
    for (index, fish) in Self.fish.enumerated() {
      let q = fish.frame(p)
      let y = q.y - 0.22 * (q.x * q.x - 0.12)  // bent
      let b = Point(q.x, y)
      guard abs(q.x) < 0.9, abs(y) < 0.6 else { continue }
      let scale = fish.size
      func fin(_ corners: [Point]) -> Float { (Outline.polygon(b, corners) - 0.015) * scale }
      let tail = min(
        Outline.leaf(b, Point(-0.36, 0), Point(-0.66, -0.25), 0.085, bend: 0.03),
        Outline.leaf(b, Point(-0.36, 0), Point(-0.66, 0.25), 0.085, bend: -0.03))
      visit(.tail, index, tail * scale)
      visit(
        .tail, index,
        fin([Point(0.16, -0.12), Point(-0.05, -0.31), Point(-0.24, -0.25), Point(-0.22, -0.06)]))
      visit(
        .tail, index,
        fin([Point(0.06, 0.12), Point(-0.06, 0.26), Point(-0.17, 0.25), Point(-0.14, 0.08)]))
      let x = clamped((b.x + 0.45) / 0.9)
      let half = 0.62 * (x * (1 - x)).squareRoot() * (0.42 + 0.55 * x) + 0.015
      let body = max(abs(y) - half * 0.82, abs(b.x) - 0.45) * scale * 0.9
      visit(.body, index, body)
      visit(.belly, index, max(body, (0.055 - y) * scale))
      let cheek = (Outline.disc(b, Point(0.44, 0), 0.235)) * scale
      visit(.gill, index, max(body, cheek - 0.013))
      visit(.head, index, max(body, cheek))
      let eye = Outline.disc(b, Point(0.305, -0.06), 0.056) * scale
      visit(.eye, index, eye)
      visit(.pupil, index, eye + 0.013)
    }
    for (center, size, turn) in [
      (Point(0.205, 0.215), Float(0.075), Float(0.02)), (Point(0.80, 0.80), 0.068, 0.07),
    ] {
      let q = p - center
      guard length(q) < 0.14 else { continue }
      let arm = cosine(turns: (turns(of: q) + turn) * 5)
      visit(.star, 0, (length(q) - size * (0.62 + 0.34 * arm)) * 0.72)
    }
    for center in [Point(0.80, 0.205), Point(0.20, 0.795)] {
      let q = p - center
      guard length(q) < 0.12 else { continue }
      visit(.shell, 0, abs(length(q) - 0.043) - 0.013)
      visit(.shell, 1, length(q) - 0.013)
    }
  }

  /// The part that shows at a place; parts of another fish are other parts.
  func part(_ p: Point) -> Int {
    var found = Part.rim.rawValue
    outlines(p) { part, index, distance in
      if distance < 0 { found = part.rawValue + index * 32 }
    }
    return found
  }

  /// How far the nearest outline that shows is, and on which side of it the place lies.
  private func contour(_ p: Point) -> Float {
    var nearest = abs(frame(p))
    var covered: Float = .infinity
    outlines(p) { part, _, distance in
      // Outlines beneath a part that covers them do not show.
      if distance < -0.004 { covered = min(covered, -distance) }
      if distance < 0, part != .sea, part != .gold, part != .wave {
        nearest = -distance
      } else {
        nearest = min(nearest, abs(distance))
      }
    }
    return nearest
  }

  func edge(_ p: Point) -> Float { contour(p) }

  /// The direction in which stones lie: across the way to the nearest contour.
  func axis(_ p: Point) -> Point {
    let e: Float = 0.004
    let slope = Point(
      contour(p + Point(e, 0)) - contour(p - Point(e, 0)),
      contour(p + Point(0, e)) - contour(p - Point(0, e)))
    return length(slope) > 1e-5 ? normalized(slope) : Point(1, 0)
  }

  func color(_ p: Point, part number: Int, _ random: inout SeededRandom) -> Vector {
    let part = Part(rawValue: number % 32) ?? .sea
    let index = number / 32
    let fish = Self.fish[index % 2]
    let q = fish.frame(p)
    let chance = random.unit()
    let jitter = random.within(0.80...1.16)
    let warm = index == 0
    func pick(_ colors: [UInt32]) -> Vector {
      pigment(colors[min(colors.count - 1, Int(chance * Float(colors.count)))])
    }
    let color: Vector
    switch part {
    case .rim: color = pick([0x6E2B22, 0x83352A, 0x5E241F])
    case .gold: color = pick([0xD8A63A, 0xE9C25A, 0xC48C28])
    case .wave:
      // A running scroll of two colors.
      let around = frame(p)
      let horizontal = min(p.y, 1 - p.y) < min(p.x, 1 - p.x)
      let along = horizontal ? p.x : p.y
      let wave = around + 0.082 + 0.018 * sine(turns: along * 13)
      color =
        wave > 0 ? pick([0xEFE3C6, 0xE4D3AE, 0xF5EDD8]) : pick([0x1E3A5C, 0x27496E, 0x16304C])
    case .sea, .foam:
      let flow = Self.drift.fractal(p.x * 3.2, p.y * 3.2, octaves: 3)
      let depth = length(p - Point(0.5, 0.5)) * 1.3
      let halo = contour(p)
      if halo < 0.017 { return pick([0xD9EBE0, 0xC4E0DA, 0xE8F0E2]) * jitter }
      color =
        mix(
          gradient(
            [
              pigment(0x8FD0C6), pigment(0x45A6AE), pigment(0x1F7F9B), pigment(0x1B5C86),
              pigment(0x19406A),
            ], 0.06 + depth * 0.8 + 1.1 * flow), pick([0x2FA39A, 0x1C6E8F, 0x67BEBB]), 0.22)
    case .body:
      let row = cosine(turns: q.x * 7)
      let stripe = row > 0.45 && q.y < 0.12
      if warm {
        color =
          stripe ? pick([0xF4E6C8, 0xF0D9A8]) : pick([0xD9482B, 0xE4602E, 0xC23A24, 0xEE8A3A])
      } else {
        color =
          stripe ? pick([0x2F5D8C, 0x3E78A0]) : pick([0xE9A82F, 0xF0C04A, 0xDB8E22, 0xE07A2A])
      }
    case .belly:
      color = warm ? pick([0xF2B25A, 0xF6CF86, 0xEFA04A]) : pick([0xF5E7BE, 0xEFD894, 0xF8F0D8])
    case .tail:
      let rays = sine(turns: q.y * 9 + q.x * 3)
      color =
        warm
        ? (rays > 0 ? pick([0x8E1F24, 0xA82A28]) : pick([0xE4602E, 0xD9482B]))
        : (rays > 0 ? pick([0xB5551E, 0xC96A22]) : pick([0xE9A82F, 0xDB8E22]))
    case .head:
      color = warm ? pick([0xB2302A, 0xC9442E, 0x9C2626]) : pick([0xD0752A, 0xDE8A2E, 0xC2661F])
    case .gill: color = pick([0xF6EBD2, 0xEBD9B0])
    case .eye: color = pick([0xF8F2E2, 0xF2E8D0])
    case .pupil: color = pick([0x141618, 0x1E2124])
    case .star: color = pick([0xE38A86, 0xD96A74, 0xEEB0A0])
    case .shell: color = pick([0xEFE3C6, 0xE0B89A, 0xF6EEDC])
    }
    return color * jitter
  }
}
