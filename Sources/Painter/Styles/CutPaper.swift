import Tensors

extension Sample {
  /// Colored paper, cut and laid in layers: flat shapes, clean edges, soft shadows.
  static let cutPaper = Sample(
    name: "cut-paper", kind: .style, width: 768, height: 960,
    title: "Leaves, hills and birds cut from paper", quality: 90
  ) { width, height, workers in
    let collage = CutPaper()
    return rendered(width: width, height: height, side: 3, seed: 44, on: workers) { place, _ in
      collage.color(place / Float(width))
    }
  }
}

/// Sheets of paper, each over the last; places are in widths of the picture, y down to 1.25.
struct CutPaper: Sendable {
  /// A sheet: what is cut from it, its color, and how high it lies over the sheet below.
  private struct Sheet: Sendable {
    var color: Vector
    var height: Float
    var shape: @Sendable (Point) -> Float
  }

  private static let fiber = Noise(seed: 511)
  private static let lamp = Point(-0.62, -0.78)

  private let sheets: [Sheet]

  init() {
    sheets = Self.sky() + Self.hills() + Self.plants()
  }

  func color(_ place: Point) -> Vector {
    // Scissors turn a little at each bite.
    let p =
      place + 0.0012
      * Point(Self.fiber(place.x * 22, place.y * 22), Self.fiber(place.y * 22, place.x * 22 + 9))
    var color = pigment(0xF3E9D4)
    for (index, sheet) in sheets.enumerated() {
      let d = sheet.shape(p)
      if d < 0 {
        let grain = Self.fiber.fractal(place.x * 210 + Float(index) * 31, place.y * 210, octaves: 3)
        let mottle = Self.fiber.fractal(place.x * 7, place.y * 7 + Float(index) * 13, octaves: 3)
        // The cut edge catches the lamp on its side, and lies in shade on the other.
        let e: Float = 0.0014
        let edge = smoothstep(-0.0032, -0.0004, d)
        var rim: Float = 0
        if edge > 0 {
          let facing = sheet.shape(p + Self.lamp * e) - sheet.shape(p - Self.lamp * e)
          rim = edge * clamped(facing / (2 * e), -1, 1) * 0.16
        }
        color = sheet.color * (1 + 0.055 * grain + 0.06 * mottle + rim)
      } else {
        // Two shadows: one close and sharp, one wide and soft.
        let near = sheet.shape(p + Self.lamp * sheet.height * 0.35)
        let far = sheet.shape(p + Self.lamp * sheet.height)
        let close = smoothstep(sheet.height * 0.30, -sheet.height * 0.30, near)
        let soft = smoothstep(sheet.height * 1.1, -sheet.height * 1.1, far)
        color *= mix(
          Vector(repeating: 1), Vector(0.52, 0.50, 0.60), clamped(0.55 * close + 0.55 * soft))
      }
    }
    return shown(color)
  }

  private static func sky() -> [Sheet] {
    let sun = Point(0.60, 0.40)
    // Rings around the sun, each cut from the sheet in front of it.
    let rings: [(Float, UInt32)] = [
      (0.66, 0x14344F), (0.53, 0x1F5068), (0.41, 0x2F7F86), (0.30, 0x6FB3A0),
    ]
    var sheets = [Sheet(color: pigment(0xF6D9A0), height: 0.01) { _ in -1 }]
    sheets.append(Sheet(color: pigment(0xF0B24A), height: 0.012) { Outline.disc($0, sun, 0.20) })
    sheets.append(Sheet(color: pigment(0xE8573C), height: 0.012) { Outline.disc($0, sun, 0.135) })
    for (radius, color) in rings.reversed() {
      sheets.append(
        Sheet(color: pigment(color), height: 0.016) { p in
          let turn = turns(of: p - sun)
          let wave =
            0.020 * sine(turns: turn * 7 + radius * 5) + 0.012 * fiber(turn * 5 + 9, radius * 9)
          return radius + wave - length(p - sun)
        })
    }
    for (center, size, color) in [
      (Point(0.30, 0.29), Float(0.115), UInt32(0xF7EFDD)), (Point(0.47, 0.175), 0.075, 0xF7EFDD),
      (Point(0.80, 0.245), 0.085, 0xF2D8C2),
    ] {
      sheets.append(
        Sheet(color: pigment(color), height: 0.014) { bird((($0 - center) / size)) * size })
    }
    return sheets
  }

  /// A bird in flight, about 1 from beak to tail.
  private static func bird(_ q: Point) -> Float {
    let body = Outline.leaf(q, Point(-0.95, 0.16), Point(0.85, -0.10), 0.15)
    let wing = Outline.leaf(q, Point(0.30, -0.02), Point(-0.42, -0.92), 0.19, bend: -0.10)
    let far = Outline.leaf(q, Point(0.20, 0.02), Point(0.16, 0.66), 0.13, bend: 0.08)
    let tail = Outline.leaf(q, Point(-0.62, 0.10), Point(-1.2, -0.02), 0.09)
    return min(min(body, wing), min(far, tail))
  }

  private static func hills() -> [Sheet] {
    let ridges: [(Float, Float, Float, UInt32)] = [
      (0.705, 0.060, 1.3, 0x8C6BA0), (0.775, 0.050, 1.9, 0xC9577A), (0.845, 0.055, 1.1, 0xEE8A4F),
      (0.925, 0.045, 1.7, 0xF2C14E), (1.005, 0.050, 1.2, 0x3E8F7C),
    ]
    return ridges.enumerated().map { index, ridge in
      let (level, swing, pitch, color) = ridge
      let shift = Float(index) * 0.31
      return Sheet(color: pigment(color), height: 0.020) { p in
        let wave =
          sine(turns: p.x * pitch * 0.62 + shift) + 0.4 * sine(turns: p.x * pitch * 1.7 + shift * 3)
        return (level + swing * wave - p.y) * 0.85
      }
    }
  }

  /// A frond: leaflets on both sides of a bent stem.
  private static func frond(
    _ p: Point, _ root: Point, _ tip: Point, bend: Float, leaflets: Int, size: Float, half: Float
  ) -> Float {
    let axis = tip - root
    let aside = Point(-axis.y, axis.x)
    func spine(_ t: Float) -> Point { root + axis * t + aside * (bend * t * (1 - t) * 4) }
    let middle = spine(0.5)
    let reach = length(axis) * 0.5 + size * 1.1
    let away = length(p - middle) - reach
    if away > 0.09 { return away }
    var d = Float.infinity
    var last = root
    for step in 1...8 {
      let next = spine(Float(step) / 8)
      d = min(d, Outline.bar(p, last, next, 0.0085 * (1.1 - Float(step) / 9)))
      last = next
    }
    for index in 0..<leaflets {
      let t = 0.16 + 0.80 * Float(index) / Float(leaflets)
      let at = spine(t)
      let along = normalized(spine(t + 0.02) - at)
      let scale = size * (0.50 + 0.9 * sine(turns: t * 0.46)) * (1.12 - 0.55 * t)
      for side: Float in [-1, 1] {
        let out = normalized(along * 0.72 + Point(-along.y, along.x) * side)
        d = min(
          d,
          Outline.leaf(
            p, at + along * (side * 0.006), at + out * scale, half * scale,
            bend: -side * 0.05 * scale))
      }
    }
    return min(
      d, Outline.leaf(p, spine(0.93), spine(1) + normalized(axis) * size * 0.6, half * size * 0.7))
  }

  /// A broad leaf with slits along its veins.
  private static func broad(_ p: Point, _ root: Point, _ tip: Point, half: Float, bend: Float)
    -> Float
  {
    let axis = tip - root
    let extent = length(axis)
    if length(p - root - axis / 2) > extent * 0.9 {
      return length(p - root - axis / 2) - extent * 0.8
    }
    var d = Outline.leaf(p, root, tip, half, bend: bend)
    let forward = axis / extent
    let aside = Point(-forward.y, forward.x)
    for index in 0..<6 {
      let t = 0.16 + Float(index) * 0.125
      let at = root + axis * t + aside * (bend * t * (1 - t) * 4)
      for side: Float in [-1, 1] {
        let out = at + (forward * 0.55 + aside * side) * half * 1.1
        let start = mix2(at, out, 0.16)
        d = max(d, -Outline.bar(p, start, out, 0.0022, 0.0075))
      }
    }
    return d
  }

  private static func mix2(_ a: Point, _ b: Point, _ t: Float) -> Point { a + (b - a) * t }

  private static func plants() -> [Sheet] {
    func frondSheet(
      _ color: UInt32, _ root: Point, _ tip: Point, _ bend: Float, _ count: Int, _ size: Float,
      _ half: Float
    ) -> Sheet {
      Sheet(color: pigment(color), height: 0.026) {
        frond($0, root, tip, bend: bend, leaflets: count, size: size, half: half)
      }
    }
    func broadSheet(_ color: UInt32, _ root: Point, _ tip: Point, _ half: Float, _ bend: Float)
      -> Sheet
    {
      Sheet(color: pigment(color), height: 0.030) { broad($0, root, tip, half: half, bend: bend) }
    }
    func flower(_ color: UInt32, _ heart: UInt32, _ center: Point, _ size: Float) -> [Sheet] {
      [
        Sheet(color: pigment(color), height: 0.022) { p in
          let q = p - center
          let petal = abs(sine(turns: turns(of: q) * 4 + 0.1))
          return (length(q) - size * (0.52 + 0.48 * petal.squareRoot())) * 0.7
        },
        Sheet(color: pigment(heart), height: 0.012) { Outline.disc($0, center, size * 0.34) },
      ]
    }
    return [
      frondSheet(0x2C6E63, Point(0.90, 1.27), Point(0.93, 0.55), 0.10, 11, 0.17, 0.17),
      frondSheet(0x174A52, Point(0.12, 1.27), Point(0.05, 0.52), -0.10, 10, 0.18, 0.17),
      broadSheet(0x5C9E5A, Point(0.72, 1.30), Point(0.60, 0.86), 0.105, 0.04),
      frondSheet(0xE9A23B, Point(0.40, 1.30), Point(0.36, 0.80), 0.07, 9, 0.115, 0.19),
      broadSheet(0x1E6B57, Point(0.20, 1.32), Point(0.28, 0.88), 0.115, -0.05),
    ] + flower(0xE8573C, 0xF6D9A0, Point(0.545, 1.035), 0.085)
      + [
        broadSheet(0x14344F, Point(0.98, 1.34), Point(0.80, 0.93), 0.12, 0.05),
        frondSheet(0xD4476A, Point(0.66, 1.34), Point(0.70, 0.98), -0.06, 8, 0.10, 0.2),
        broadSheet(0x0E2A3C, Point(-0.02, 1.34), Point(0.13, 1.00), 0.11, -0.04),
      ] + flower(0xF7EFDD, 0xE9A23B, Point(0.27, 1.135), 0.075)
      + [broadSheet(0x3E8F7C, Point(0.42, 1.36), Point(0.50, 1.10), 0.08, 0.02)]
  }
}
