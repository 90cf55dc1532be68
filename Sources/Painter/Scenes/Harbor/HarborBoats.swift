import Tensors

/// The boats, and the jetty they lie at.
enum HarborBoats {
  static func assemblies() -> [Assembly] {
    [
      trawler(at: Vector(7.2, 0, 26), heading: Vector(-0.93, 0, -0.37), hull: pigment(0x1F4E79)),
      sailboat(
        at: Vector(-6.5, 0, 47), heading: Vector(0.96, 0, -0.28), scale: 1, cover: pigment(0x27548A)
      ),
      sailboat(
        at: Vector(21.5, 0, 58), heading: Vector(-0.8, 0, 0.6), scale: 1.1, cover: pigment(0xA33A2A)
      ),
      sailboat(
        at: Vector(4.5, 0, 72), heading: Vector(0.9, 0, 0.43), scale: 0.95, cover: pigment(0x49514F)
      ),
      trawler(at: Vector(-21.5, 0, 64), heading: Vector(0.6, 0, -0.8), hull: pigment(0x9B2F22)),
      trawler(at: Vector(27, 0, 47), heading: Vector(-0.75, 0, -0.66), hull: pigment(0x3F6B52)),
      rowboat(
        at: Vector(-4.5, 0, 17.5), heading: Vector(-0.35, 0, 0.937), color: pigment(0xE9E3D2)),
      rowboat(
        at: Vector(-6.0, 0, 24.5), heading: Vector(-0.16, 0, 0.987), color: pigment(0xC24A2C)),
      rowboat(at: Vector(13.5, 0, 38), heading: Vector(0.87, 0, 0.5), color: pigment(0xD9A441)),
    ] + buoys() + jetty()
  }

  private static let up = Vector(0, 1, 0)

  private static func frame(_ heading: Vector) -> (forward: Vector, aside: Vector) {
    let forward = normalized(heading)
    return (forward, Vector(-forward.z, 0, forward.x))
  }

  static func rowboat(at place: Vector, heading: Vector, color: Vector) -> Assembly {
    let (forward, aside) = frame(heading)
    var parts = Assembly()
    parts.add(
      Hull(
        center: place, forward: forward, length: 4.4, beam: 1.65, freeboard: 0.48, depth: 0.38,
        surface: Surface(material: .hull, color: color, seed: 3)))
    for along: Float in [-1.25, -0.1, 0.95] {
      parts.add(
        Block(
          center: place + forward * along + up * 0.40, axes: (forward, up, aside),
          half: Vector(0.15, 0.025, 0.66),
          surface: Surface(material: .planks, color: pigment(0xB08A5A), seed: 9)))
    }
    for side: Float in [-1, 1] {
      parts.add(
        Rod(
          from: place + forward * -1.3 + aside * (side * 0.3) + up * 0.46,
          to: place + forward * 1.2 + aside * (side * 0.42) + up * 0.52, radius: 0.03,
          surface: Surface(material: .painted, color: pigment(0xCDA06A))))
    }
    return parts
  }

  static func trawler(at place: Vector, heading: Vector, hull: Vector) -> Assembly {
    let (forward, aside) = frame(heading)
    func at(_ along: Float, _ height: Float, _ side: Float = 0) -> Vector {
      place + forward * along + up * height + aside * side
    }
    var parts = Assembly()
    let white = Surface(material: .painted, color: pigment(0xEFEAE0), seed: 2)
    let wood = Surface(material: .painted, color: pigment(0xB9813F), seed: 4)
    let dark = Surface(material: .metal, color: pigment(0x2B2F33))
    parts.add(
      Hull(
        center: place, forward: forward, length: 10, beam: 3.3, freeboard: 1.15, depth: 0.55,
        surface: Surface(material: .hull, color: hull, seed: 1)))
    parts.add(
      Block(
        center: at(-1.9, 1.9), axes: (forward, up, aside), half: Vector(1.25, 1.25, 0.98),
        surface: Surface(material: .glass, color: pigment(0xF1EDE4), seed: 6)))
    parts.add(
      Block(
        center: at(-1.85, 3.2), axes: (forward, up, aside), half: Vector(1.5, 0.09, 1.18),
        surface: Surface(material: .painted, color: pigment(0xC2452D), seed: 2)))
    parts.add(
      Block(
        center: at(1.35, 0.95), axes: (forward, up, aside), half: Vector(0.8, 0.42, 0.7),
        surface: white))
    parts.add(Rod(from: at(0.1, 0.6), to: at(0.05, 7.2), radius: 0.085, surface: wood))
    parts.add(Rod(from: at(0.15, 2.1), to: at(3.6, 3.7), radius: 0.06, surface: wood))
    parts.add(Rod(from: at(-3.4, 0.6), to: at(-3.5, 4.9), radius: 0.06, surface: wood))
    let stays: [(Vector, Vector)] = [
      (at(0.05, 7), at(4.9, 1.75)), (at(0.05, 7), at(-3.5, 4.8)),
      (at(0.05, 6.6), at(-0.8, 1.2, 1.5)),
      (at(0.05, 6.6), at(-0.8, 1.2, -1.5)), (at(0.05, 6.6), at(0.8, 1.2, 1.5)),
      (at(0.05, 6.6), at(0.8, 1.2, -1.5)), (at(3.6, 3.7), at(0.05, 6.4)),
      (at(-3.5, 4.8), at(-4.8, 1.3)),
    ]
    for (from, to) in stays { parts.add(Rod(from: from, to: to, radius: 0.018, surface: dark)) }
    for (index, along) in [Float(-3.2), -1.4, 0.6, 2.3].enumerated() {
      let fender = at(along, 0.55, index == 3 ? 1.45 : 1.72)
      parts.add(
        Rod(
          from: fender, to: fender, radius: 0.27,
          surface: Surface(material: .painted, color: pigment(index % 2 == 0 ? 0xE2662A : 0xEDE6D6))
        ))
    }
    parts.add(Rod(from: at(-1.0, 3.3), to: at(-1.0, 3.95), radius: 0.13, surface: dark))
    parts.add(Rod(from: at(2.6, 0.8, 0.7), to: at(2.6, 1.2, -0.7), radius: 0.22, surface: dark))
    return parts
  }

  static func sailboat(at place: Vector, heading: Vector, scale: Float, cover: Vector) -> Assembly {
    let (forward, aside) = frame(heading)
    func at(_ along: Float, _ height: Float, _ side: Float = 0) -> Vector {
      place + scale * (forward * along + up * height + aside * side)
    }
    var parts = Assembly()
    let spar = Surface(material: .metal, color: pigment(0xD9D6CE))
    let wire = Surface(material: .metal, color: pigment(0x5A5E62))
    parts.add(
      Hull(
        center: place, forward: forward, length: 9.2 * scale, beam: 2.9 * scale,
        freeboard: 0.95 * scale, depth: 0.12,
        surface: Surface(material: .hull, color: pigment(0xF0EDE6), seed: 8)))
    parts.add(
      Block(
        center: at(0.5, 1.1), axes: (forward, up, aside), half: scale * Vector(1.7, 0.3, 0.8),
        surface: Surface(material: .glass, color: pigment(0xF3F0EA), seed: 7)))
    parts.add(Rod(from: at(0.7, 1), to: at(0.6, 12.4), radius: 0.085, surface: spar))
    parts.add(
      Rod(
        from: at(0.5, 2.2), to: at(-3.4, 2.1), radius: 0.23 * scale,
        surface: Surface(material: .painted, color: cover)))
    let stays: [(Vector, Vector)] = [
      (at(0.6, 12.2), at(4.6, 1.4)), (at(0.6, 12.2), at(-4.4, 1.1)), (at(0.6, 11), at(0.4, 1, 1.4)),
      (at(0.6, 11), at(0.4, 1, -1.4)), (at(0.62, 7, 1), at(0.62, 7, -1)),
    ]
    for (from, to) in stays { parts.add(Rod(from: from, to: to, radius: 0.022, surface: wire)) }
    return parts
  }

  private static func buoys() -> [Assembly] {
    [(Vector(2.4, 0.12, 17.2), UInt32(0xE5602A)), (Vector(15, 0.15, 31), 0xE5602A)].map {
      place, color in
      var parts = Assembly()
      parts.add(
        Rod(
          from: place, to: place, radius: 0.34,
          surface: Surface(material: .painted, color: pigment(color))))
      return parts
    }
  }

  /// A wooden jetty that leads the eye from the lower left corner to the quay.
  private static func jetty() -> [Assembly] {
    let start = Vector(-7.2, 1.25, 9)
    let end = Vector(-14.5, 1.25, 62)
    let forward = normalized(end - start)
    let aside = Vector(-forward.z, 0, forward.x)
    let count = 9
    let piece = length(end - start) / Float(count)
    var random = SeededRandom(seed: 71)
    return (0..<count).map { index in
      var parts = Assembly()
      let from = start + forward * (piece * Float(index))
      parts.add(
        Block(
          center: from + forward * (piece / 2), axes: (forward, up, aside),
          half: Vector(piece / 2, 0.07, 1.35),
          surface: Surface(material: .planks, color: pigment(0xA08D74), seed: UInt32(index))))
      for side: Float in [-1, 1] {
        parts.add(
          Block(
            center: from + forward * (piece / 2) + aside * (side * 1.15) - up * 0.2,
            axes: (forward, up, aside), half: Vector(piece / 2, 0.13, 0.09),
            surface: Surface(material: .planks, color: pigment(0x6E5E4D), seed: 40)))
        for step: Float in [0.25, 0.75] {
          let foot = from + forward * (piece * step) + aside * (side * 1.42)
          let rise: Float = step > 0.5 ? 0.75 : 0.1
          parts.add(
            Rod(
              from: foot - up * 2.2, to: foot + up * (rise + random.within(-0.06...0.1)),
              radius: 0.15, surface: Surface(material: .planks, color: pigment(0x6B5B4A), seed: 41))
          )
        }
      }
      return parts
    }
  }
}
