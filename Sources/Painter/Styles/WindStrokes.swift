import Tensors

extension Sample {
  /// Long, separate strokes that follow a swirling wind, in light and broken color.
  static let windStrokes = Sample(
    name: "wind-strokes", kind: .style, width: 832, height: 640,
    title: "Olive trees in the wind, in swirling brush strokes", quality: 82
  ) { width, height, workers in
    var canvas = OilCanvas(width: width * 2, height: height * 2, ground: pigment(0xB8A888))
    let grove = OliveGrove(aspect: Float(width) / Float(height))
    let unit = Float(canvas.height)
    for layer in layers {
      var random = SeededRandom(seed: UInt64(layer.width * 1e5) + 7)
      let count = Int(layer.coverage * grove.aspect / (layer.width * layer.length))
      let strokes = (0..<count).compactMap { _ -> Stroke? in
        let place = Point(random.within(-0.05...grove.aspect + 0.05), random.within(-0.05...1.05))
        guard random.unit() > layer.selective * (1 - grove.detail(place)) else { return nil }
        let touch = grove.touch(at: place, &random)
        let length = layer.length * random.within(0.6...1.3) * touch.reach
        let path = grove.path(from: place, length: length, step: max(layer.width / 5, 0.003))
        guard path.count > 2 else { return nil }
        return Stroke(
          path: path.map { $0 * unit }, width: layer.width * random.within(0.75...1.2) * unit,
          body: touch.body, streak: touch.streak, thickness: layer.thickness,
          dryness: random.unit() < 0.3 ? random.within(0.2...0.6) : 0, bristle: 1,
          seed: UInt32(truncatingIfNeeded: random.next()))
      }
      canvas.apply(strokes, on: workers)
    }
    canvas.apply(grove.outlines(unit: unit), on: workers)
    return canvas.photographed(reducedBy: 2, on: workers)
  }

  /// One round of painting; sizes are shares of the picture's height.
  private struct Layer {
    var width: Float
    var length: Float
    var coverage: Float
    var selective: Float
    var thickness: Float
  }

  private static let layers = [
    Layer(width: 0.050, length: 0.20, coverage: 6, selective: 0, thickness: 0.4),
    Layer(width: 0.024, length: 0.15, coverage: 3.2, selective: 0.1, thickness: 0.8),
    Layer(width: 0.0165, length: 0.105, coverage: 1.9, selective: 0.25, thickness: 1),
    Layer(width: 0.0125, length: 0.075, coverage: 0.7, selective: 0.6, thickness: 1.1),
  ]
}

/// What the wind strokes show: a pale rolling sky, lilac hills, olive trees, a meadow with a path.
///
/// Places are in heights of the picture: x from 0 to `aspect`, y from 0 (top) to 1.
struct OliveGrove: Sendable {
  struct Touch {
    var body: Vector
    var streak: Vector
    var reach: Float
  }

  private enum Part { case sky, cloud, hill, crown, trunk, meadow, path }

  let aspect: Float

  private static let forms = Noise(seed: 331)

  /// The crowns of the trees: middle and radii.
  private static let crowns: [(Point, Point)] = [
    (Point(0.20, 0.55), Point(0.185, 0.150)), (Point(0.33, 0.47), Point(0.150, 0.130)),
    (Point(0.09, 0.47), Point(0.130, 0.120)), (Point(0.785, 0.600), Point(0.095, 0.075)),
    (Point(0.865, 0.565), Point(0.075, 0.065)), (Point(1.17, 0.57), Point(0.120, 0.100)),
    (Point(1.255, 0.515), Point(0.085, 0.085)),
  ]
  private static let trunks: [[Point]] = [
    [Point(0.16, 0.90), Point(0.185, 0.80), Point(0.165, 0.70), Point(0.215, 0.60)],
    [Point(0.185, 0.80), Point(0.235, 0.72), Point(0.32, 0.58)],
    [Point(0.80, 0.745), Point(0.81, 0.69), Point(0.80, 0.63)],
    [Point(1.165, 0.785), Point(1.185, 0.72), Point(1.165, 0.64), Point(1.22, 0.57)],
  ]

  private static let air = FlowField(
    eddies: [
      .init(center: Point(0.66, 0.225), radius: 0.25, spin: 1),
      .init(center: Point(1.03, 0.155), radius: 0.17, spin: -1),
      .init(center: Point(0.30, 0.16), radius: 0.19, spin: -1),
      .init(center: Point(1.26, 0.31), radius: 0.13, spin: 1),
      .init(center: Point(0.02, 0.27), radius: 0.14, spin: 1),
    ]
  ) { p in
    Point(1, 0.42 * sine(turns: p.x * 0.9 + 0.35) + 0.4 * forms(p.x * 2.5, p.y * 3))
  }

  private func skyline(_ x: Float) -> Float {
    0.545 - 0.085 * bell(x - 0.62, radius: 0.34) - 0.055 * bell(x - 1.12, radius: 0.3)
      + 0.012 * Self.forms(x * 8, 4)
  }

  private func meadowEdge(_ x: Float) -> Float { 0.655 + 0.025 * sine(turns: x * 0.6 + 0.1) }

  private func pathSide(_ p: Point) -> Float {
    let near = smoothstep(0.66, 1, p.y)
    let middle = 0.70 - 0.16 * sine(turns: near * 0.55) + 0.10 * near
    return abs(p.x - middle) - (0.012 + 0.105 * near)
  }

  private func part(_ p: Point) -> Part {
    for trunk in Self.trunks {
      for (from, to) in zip(trunk, trunk.dropFirst())
      where Outline.bar(p, from, to, from.x > 0.7 && from.x < 1 ? 0.009 : 0.016) < 0 {
        return .trunk
      }
    }
    let ragged = 1 + 0.22 * Self.forms(p.x * 13, p.y * 13)
    for (center, radii) in Self.crowns where length((p - center) / radii) < ragged { return .crown }
    if p.y > meadowEdge(p.x) { return pathSide(p) < 0 ? .path : .meadow }
    if p.y > skyline(p.x) { return .hill }
    return cloudiness(p) > 0.5 ? .cloud : .sky
  }

  /// The clouds ride on the eddies.
  private func cloudiness(_ p: Point) -> Float {
    var sum: Float = 0.20 + 0.5 * Self.forms(p.x * 2.1 + 4, p.y * 4.5)
    for eddy in Self.air.eddies {
      let q = p - eddy.center
      let away = length(q) / eddy.radius
      let arm = sine(turns: turns(of: q) * eddy.spin + away * 1.15 + eddy.center.x)
      sum += bell(away, radius: 1.1) * (0.45 + 0.75 * arm)
    }
    return sum
  }

  func detail(_ p: Point) -> Float {
    switch part(p) {
    case .sky, .cloud: 0.35
    case .hill: 0.5
    case .crown, .trunk: 1
    case .meadow, .path: 0.55
    }
  }

  private func field(_ part: Part) -> FlowField {
    switch part {
    case .sky, .cloud: Self.air
    case .hill:
      FlowField { p in
        let e: Float = 0.01
        let rise = (skyline(p.x + e) - skyline(p.x - e)) / (2 * e)
        return Point(1, rise * 1.5 + 0.5 * Self.forms(p.x * 8, p.y * 8))
      }
    case .crown:
      FlowField { p in
        // Around each clump, and upward at its edge.
        var nearest = Self.crowns[0]
        for crown in Self.crowns
        where length((p - crown.0) / crown.1) < length((p - nearest.0) / nearest.1) {
          nearest = crown
        }
        let q = (p - nearest.0) / nearest.1
        return Point(
          -q.y + 0.55 * Self.forms(p.x * 11, p.y * 11),
          q.x - 0.35 + 0.5 * Self.forms(p.y * 12, p.x * 12))
      }
    case .trunk: FlowField { p in Point(0.5 * Self.forms(p.x * 9, p.y * 9), -1) }
    case .meadow:
      FlowField { p in
        let lean = 0.75 * Self.forms(p.x * 3.4, p.y * 5.2) + 0.35
        return Point(lean + 0.45, -0.62 + 0.5 * Self.forms(p.x * 2 + 5, p.y * 6))
      }
    case .path:
      FlowField { p in
        Point(1, -0.25 + 0.5 * sine(turns: p.y * 2.2) + 0.3 * Self.forms(p.x * 7, p.y * 9))
      }
    }
  }

  func path(from start: Point, length: Float, step: Float) -> [Point] {
    let home = part(start)
    let isAir = home == .sky || home == .cloud
    return field(home).path(from: start, length: length, step: step) { p in
      let here = part(p)
      return here == home || isAir && (here == .sky || here == .cloud)
    }
  }

  func touch(at p: Point, _ random: inout SeededRandom) -> Touch {
    let chance = random.unit()
    func pick(_ pairs: [(UInt32, UInt32)], _ place: Float) -> (Vector, Vector) {
      let pair = pairs[min(pairs.count - 1, Int(clamped(place, 0, 0.999) * Float(pairs.count)))]
      return (pigment(pair.0), pigment(pair.1))
    }
    switch part(p) {
    case .sky:
      let tone =
        smoothstep(0.62, 0.0, p.y) * 0.55 + (chance - 0.5) * 0.5 + 0.22 + 0.5
        * Self.forms(p.x * 3, p.y * 6)
      let (body, streak) = pick(
        [
          (0xF2D9B8, 0xF0B8A0), (0xCFE0C8, 0xF0E6C8), (0x9FCBC4, 0xD8E8D0), (0x6FB0BE, 0xA8D4C8),
          (0x4A8FB4, 0x86BFC8), (0x3A6FA8, 0x5FA0BC),
        ], tone)
      return Touch(body: body, streak: streak, reach: 1.1)
    case .cloud:
      let (body, streak) = pick(
        [
          (0xFAF4E2, 0xF4DCC8), (0xF6E8D0, 0xFFFFF4), (0xE9EFE0, 0xF8F4E4), (0xEBC4B8, 0xF8ECD8),
          (0xD4D8E4, 0xF4F0E8), (0xBFD8D0, 0xF0F0DC),
        ],
        clamped(cloudiness(p) < 0.8 ? chance * 0.5 + 0.5 : chance))
      return Touch(body: body, streak: streak, reach: 1.0)
    case .hill:
      let depth = smoothstep(skyline(p.x), meadowEdge(p.x), p.y)
      let (body, streak) = pick(
        [
          (0x6A7CB8, 0x9AA4D0), (0x8F86C0, 0xC0A8CC), (0x55689C, 0x8F86C0), (0x4F8A8C, 0x8FB89A),
          (0x7FA870, 0xC8C878),
        ],
        depth * 0.65 + chance * 0.45)
      return Touch(body: body, streak: streak, reach: 0.7)
    case .crown:
      let light = clamped(0.45 + 2.2 * Self.forms(p.x * 9, p.y * 9) + (chance - 0.5) * 0.6)
      let (body, streak) = pick(
        [
          (0x1F4A4C, 0x2F5F6C), (0x2F6650, 0x4A7F58), (0x4F8258, 0x7FA870), (0x86A868, 0xB8C48C),
          (0xB4C68C, 0xE0DCA8), (0x8FB8A0, 0xD0DCC0),
        ],
        light)
      return Touch(body: body, streak: streak, reach: 0.55)
    case .trunk:
      let (body, streak) = pick(
        [(0x4A3348, 0x7A5A60), (0x6A4A4A, 0xA88878), (0x33304A, 0x5A6080)], chance)
      return Touch(body: body, streak: streak, reach: 0.7)
    case .meadow:
      let band = Self.forms.fractal(p.x * 3.2, p.y * 9, octaves: 3)
      let (body, streak) = pick(
        [
          (0x3F7A52, 0x6FA05C), (0x6FA04A, 0xA8BE58), (0x9AB84A, 0xD8D068), (0xD2C44E, 0xF0E088),
          (0xE6CC62, 0xF6E8A8), (0xC8A0A0, 0xECC8B0),
        ], 0.45 + 1.1 * band + (chance - 0.5) * 0.65)
      return Touch(body: body, streak: streak, reach: mix(0.5, 0.95, smoothstep(0.66, 1, p.y)))
    case .path:
      let (body, streak) = pick(
        [(0xE4C8A4, 0xF4E4C4), (0xD8A88C, 0xECCCA8), (0xC8A8B8, 0xE8D0C4), (0xF0DCB4, 0xFAF0D8)],
        chance)
      return Touch(body: body, streak: streak, reach: 0.6)
    }
  }

  /// Contours in dark blue, broken as the brush runs dry: trunks, crowns, hills, the path.
  func outlines(unit: Float) -> [Stroke] {
    var random = SeededRandom(seed: 91)
    let dark = pigment(0x1C2B52)
    var strokes: [Stroke] = []
    func add(_ points: [Point], _ width: Float) {
      strokes.append(
        Stroke(
          path: points.map { $0 * unit }, width: width * unit, body: dark,
          streak: pigment(0x35548C),
          thickness: 0.9, dryness: random.within(0.2...0.7), bristle: 1,
          seed: UInt32(truncatingIfNeeded: random.next())))
    }
    for start in stride(from: Float(-0.02), to: aspect, by: 0.125) {
      let line = (0...8).map { step -> Point in
        let x = start + Float(step) * 0.0145
        return Point(x, skyline(x))
      }
      if line.allSatisfy({ part($0 + Point(0, 0.012)) == .hill }) { add(line, 0.0105) }
    }
    for trunk in Self.trunks {
      for side: Float in [-1, 1] {
        add(trunk.map { $0 + Point(side * ($0.x > 0.7 && $0.x < 1 ? 0.009 : 0.016), 0) }, 0.009)
      }
    }
    for (center, radii) in Self.crowns {
      for arc in 0..<5 where random.unit() < 0.8 {
        let first = Float(arc) / 5 + random.within(0...0.05)
        let points = (0...9).map { step -> Point in
          let turn = first + Float(step) * 0.015
          let out = 0.98 + 0.10 * Self.forms(turn * 9, center.x * 20)
          return center + radii * Point(cosine(turns: turn), sine(turns: turn)) * out
        }
        let outer = points[4] + (points[4] - center) * 0.12
        if part(outer) != .crown { add(points, 0.0095) }
      }
    }
    return strokes
  }
}
