import Tensors

extension Sample {
  /// A woman in a blue shawl, eyes closed, turned to a window: soft light, skin, hair, cloth.
  static let portrait = Sample(
    name: "portrait", kind: .content, width: 768, height: 960,
    title: "A woman in a blue shawl by a window", quality: 92
  ) { width, height, workers in
    let camera = Camera(eye: Vector(0, -0.35, 8.4), target: Vector(0.04, -0.62, 0), span: 0.415)
    let atelier = Atelier(
      subject: Portrait(),
      window: (Vector(-6.0, 2.2, 4.2), Vector(1.2, 0, 1.7), Vector(0, 1.9, 0)),
      daylight: Vector(1.0, 0.90, 0.78) * 92, above: Vector(0.36, 0.40, 0.48),
      below: Vector(0.40, 0.27, 0.20), reach: 16)
    return rendered(width: width, height: height, side: 4, seed: 12, on: workers) { place, chance in
      let mirrored = Point(place.x / Float(width), place.y / Float(width))
      let ray = camera.ray(mirrored, aspect: Float(height) / Float(width))
      return filmed(atelier.incoming(ray, &chance), exposure: 0.82, saturation: 1)
    }
  }
}

/// The sitter; y up, z toward the viewer, the head's middle at 0 and about 1 in radius.
struct Portrait: Sculpture {
  private enum Part { case skin, hair, shawl, dress, gold }

  private static let grain = Noise(seed: 203)

  func distance(_ p: Vector) -> Float { nearest(p).distance }

  /// A place in the frame of the head, which is turned and bowed a little.
  private func inHead(_ p: Vector) -> Vector {
    (p - Vector(0, -1.0, -0.1)).leaned(turns: 0.014).turned(turns: -0.070).tipped(turns: -0.022)
      + Vector(0, -0.9, -0.1)
  }

  private func nearest(_ p: Vector) -> (distance: Float, part: Part) {
    var best: (distance: Float, part: Part) = (bust(p), .shawl)
    func offer(_ distance: Float, _ part: Part) {
      if distance < best.distance { best = (distance, part) }
    }
    let q = inHead(p)
    let around = Form.ellipsoid(q, Vector(0, 0.12, -0.2), Vector(1.15, 1.5, 1.55))
    if around > 0.3 {
      offer(around, .skin)
    } else {
      let head = head(q)
      offer(head, .skin)
      offer(hair(q), .hair)
      for side: Float in [-1, 1] {
        let lobe = Vector(side * 0.745, -0.44, 0.02)
        offer(Form.bar(q, lobe, lobe - Vector(0, 0.13, 0), 0.018), .gold)
        offer(Form.ball(q, lobe - Vector(0, 0.2, 0), 0.068), .gold)
      }
    }
    let neck = Form.bar(p, Vector(0, -0.75, -0.22), Vector(0, -1.95, -0.36), 0.385, 0.45)
    let chest = Form.ellipsoid(p, Vector(0, -2.55, -0.22), Vector(1.0, 0.74, 0.5))
    let throat = smoothMin(neck, chest, 0.4)
    // Two cords run from behind the ears to the pit of the throat.
    let cords = min(
      Form.bar(p, Vector(-0.38, -0.85, -0.1), Vector(-0.07, -1.72, 0.12), 0.055),
      Form.bar(p, Vector(0.38, -0.85, -0.1), Vector(0.07, -1.72, 0.12), 0.055))
    let bare = smoothMin(throat, cords, 0.24)
    if best.part == .skin {
      best.distance = smoothMin(best.distance, bare, 0.10)
    } else {
      offer(bare, .skin)
    }
    return best
  }

  // MARK: The head

  private func head(_ q: Vector) -> Float {
    let m = Vector(abs(q.x), q.y, q.z)  // both halves are alike
    let skull = Form.ellipsoid(m, Vector(0, 0.30, -0.14), Vector(0.77, 0.82, 0.92))
    let face = Form.ellipsoid(m, Vector(0, -0.24, 0.20), Vector(0.61, 0.80, 0.63))
    var d = smoothMin(skull, face, 0.22)
    d = smoothMin(d, Form.bar(m, Vector(0, -0.93, 0.56), Vector(0.10, -0.92, 0.54), 0.145), 0.24)
    d = smoothMin(d, Form.bar(m, Vector(0.18, -0.86, 0.42), Vector(0.56, -0.48, -0.06), 0.12), 0.26)
    d = smoothMin(d, Form.ball(m, Vector(0.36, -0.20, 0.56), 0.19), 0.26)
    d = smoothMin(d, Form.bar(m, Vector(0.13, 0.20, 0.77), Vector(0.46, 0.20, 0.56), 0.065), 0.16)
    d = smoothMax(d, -Form.ellipsoid(m, Vector(0.29, 0.03, 0.93), Vector(0.19, 0.12, 0.19)), 0.16)
    d = smoothMin(
      d, Form.ellipsoid(m, Vector(0.285, 0.005, 0.635), Vector(0.175, 0.135, 0.135)), 0.05)
    d = smoothMin(d, nose(m), 0.10)
    d = smoothMin(d, lips(m), 0.05)
    let ear = Form.ellipsoid(m, Vector(0.735, -0.12, -0.06), Vector(0.075, 0.27, 0.16))
    d = smoothMin(d, ear, 0.06)
    // The seam of the closed lids, and of the mouth.
    let seam = lidSeam(m)
    d +=
      0.016 * bell(seam, radius: 0.03) * smoothstep(0.20, 0.15, abs(m.x - 0.285))
      * (q.z > 0.4 ? 1 : 0)
    let mouth = abs(q.y - mouthLine(m.x))
    d += 0.010 * bell(mouth, radius: 0.03) * smoothstep(0.25, 0.17, m.x) * (q.z > 0.5 ? 1 : 0)
    return d * 0.86
  }

  private func nose(_ m: Vector) -> Float {
    let bridge = Form.bar(m, Vector(0, 0.16, 0.735), Vector(0, -0.27, 0.93), 0.060, 0.085)
    let tip = Form.ball(m, Vector(0, -0.295, 0.915), 0.105)
    let wing = Form.ellipsoid(m, Vector(0.105, -0.325, 0.83), Vector(0.065, 0.06, 0.09))
    return smoothMin(smoothMin(bridge, tip, 0.07), wing, 0.06)
  }

  private func lips(_ m: Vector) -> Float {
    let upper = Form.bar(m, Vector(0.05, -0.540, 0.792), Vector(0.19, -0.572, 0.715), 0.052, 0.026)
    let lower = Form.bar(m, Vector(0, -0.632, 0.772), Vector(0.155, -0.602, 0.718), 0.064, 0.032)
    return smoothMin(upper, lower, 0.02)
  }

  private func mouthLine(_ x: Float) -> Float {
    -0.580 + 0.010 * bell(x - 0.06, radius: 0.08) + 0.10 * x * x
  }

  /// How far above the line where the lids meet; it hangs in the middle.
  private func lidSeam(_ m: Vector) -> Float {
    let x = (m.x - 0.285) / 0.17
    return m.y + 0.070 - 0.045 * x * x - 0.012 * x
  }

  // MARK: Hair

  private func hair(_ q: Vector) -> Float {
    let m = Vector(abs(q.x), q.y, q.z)
    let cap = Form.ellipsoid(m, Vector(0, 0.30, -0.20), Vector(0.885, 0.925, 1.0))
    // The face is left free: a parting, and waves to both sides that cover the ears' tops.
    let opening = Form.ellipsoid(
      m, Vector(0, -0.42, 0.92), Vector(0.70, 1.12, 0.86))
    var d = smoothMax(cap, -opening, 0.07)
    let wave = Form.bar(m, Vector(0.30, 0.76, 0.48), Vector(0.78, 0.10, 0.06), 0.12, 0.16)
    let behind = Form.bar(m, Vector(0.78, 0.10, 0.0), Vector(0.50, -0.42, -0.62), 0.17, 0.22)
    d = smoothMin(d, smoothMin(wave, behind, 0.1), 0.14)
    d += 0.045 * bell(q.x, radius: 0.045) * (q.y > 0.3 && q.z > -0.5 ? 1 : 0)
    let bun = Form.ellipsoid(q, Vector(0, 0.50, -1.18), Vector(0.50, 0.48, 0.42))
    d = smoothMin(d, bun, 0.05)
    guard d < 0.06 else { return d * 0.8 }
    return (d - 0.012 * strands(q)) * 0.72
  }

  /// Waves across the hair's fall, as combed from the parting.
  private func strands(_ q: Vector) -> Float {
    let fall = turns(of: Point(q.z + 0.25, q.y - 0.1)) * 30
    let wander = 1.6 * Self.grain(q * 1.7)
    return Self.grain(fall * 1.2 + wander, abs(q.x) * 1.4) + 0.6
      * Self.grain(fall * 3.4 + wander, q.x * 2)
  }

  // MARK: Clothes

  private func bust(_ p: Vector) -> Float {
    let around = Form.ellipsoid(p, Vector(0, -2.9, -0.3), Vector(2.4, 1.75, 1.35))
    if around > 0.3 { return around }
    let m = Vector(abs(p.x), p.y, p.z)
    let shoulders = Form.bar(m, Vector(0.25, -2.12, -0.36), Vector(1.42, -2.42, -0.36), 0.46, 0.52)
    let arm = Form.bar(m, Vector(1.45, -2.5, -0.34), Vector(1.75, -4.2, -0.1), 0.52, 0.6)
    let breast = Form.ellipsoid(m, Vector(0, -3.4, -0.1), Vector(1.5, 1.25, 0.86))
    var d = smoothMin(smoothMin(shoulders, arm, 0.3), breast, 0.4)
    // The shawl lies open in a V, and folds run from the shoulders to where it crosses.
    let opening = (m.x - 0.10) * 0.80 - (p.y + 2.75) * 0.36
    d = smoothMax(d, -opening * 0.9, 0.08)
    guard d < 0.3 else { return d * 0.7 }
    let along = opening * 2.4 + 0.45 * Self.grain(p * 0.9)
    let fold = sine(turns: along) * 0.6 + 0.4 * sine(turns: along * 2.3 + p.y * 0.3)
    let depth = 0.075 * smoothstep(-0.2, 0.4, opening)
    let roll = 0.10 * bell(opening - 0.13, radius: 0.16)
    return (d - depth * fold - roll) * 0.60
  }

  func finish(_ p: Vector, _ normal: Vector) -> Finish {
    let q = inHead(p)
    switch nearest(p).part {
    case .skin: return skin(q, p)
    case .hair:
      let tone = strands(q)
      let brown = mix(pigment(0x1E110B), pigment(0x5A3620), clamped(0.42 + 0.5 * tone))
      return Finish(albedo: brown, mirror: 0.02, roughness: 0.4)
    case .gold: return Finish(albedo: pigment(0xC08A2C), mirror: 0.3, roughness: 0.12)
    case .dress, .shawl:
      let m = abs(p.x)
      let opening = (m - 0.10) * 0.80 - (p.y + 2.75) * 0.36
      let weave = 1 + 0.10 * Self.grain(p * 26) + 0.12 * Self.grain(p * 4)
      let blue = pigment(0x2A4F92)
      let inHem = abs(opening - 0.24) < 0.022 || abs(opening - 0.31) < 0.01
      return Finish(albedo: (inHem ? pigment(0xD9A441) : blue) * weave, softness: 0.2)
    }
  }

  private func skin(_ q: Vector, _ p: Vector) -> Finish {
    let m = Vector(abs(q.x), q.y, q.z)
    let mottle = Self.grain.fractal(p * 4, octaves: 4)
    var color = pigment(0xB9825F) * (1 + 0.07 * mottle)
    let rosy = mix(Vector(repeating: 1), Vector(1.12, 0.80, 0.74), 0.75)
    let warm = max(
      bell(length(m - Vector(0.40, -0.24, 0.68)), radius: 0.34),
      0.8 * bell(length(m - Vector(0, -0.32, 1.0)), radius: 0.2))
    color = mix(color, color * rosy, warm)
    guard q.z > 0.45 else {
      return Finish(albedo: color, mirror: 0.02, roughness: 0.4, softness: 1)
    }
    // Lips: a soft edge, darker where they meet.
    let up = q.y - mouthLine(m.x)
    let reach = smoothstep(0.235, 0.06, m.x)
    let high = 0.066 * reach - 0.016 * bell(m.x, radius: 0.05)
    let low = 0.100 * reach
    let lip = smoothstep(0.02, -0.02, up > 0 ? up - high : -up - low) * (m.x < 0.235 ? 1 : 0)
    color = mix(color, pigment(0xA2584C), lip * 0.75)
    color *= 1 - 0.55 * bell(up, radius: 0.022) * smoothstep(0.23, 0.15, m.x)
    // Brows, thinner toward the temples; lashes along the seam of the lids; a shade on the lids.
    let x = (m.x - 0.12) / 0.40
    let arch = 0.205 + 0.085 * x * (1.55 - 1.25 * x) - m.y
    let thick = 0.034 * smoothstep(-0.02, 0.12, x) * smoothstep(1.05, 0.3, x)
    let hairs = 0.75 + 0.5 * Self.grain(q.x * 50, q.y * 18)
    let brow =
      smoothstep(thick + 0.012, thick - 0.014, abs(arch)) * hairs * (x > -0.02 && x < 1.05 ? 1 : 0)
    color = mix(color, pigment(0x2A170E), clamped(brow) * 0.78)
    let lid = bell(length(Point((m.x - 0.285) / 0.2, (m.y - 0.01) / 0.11)), radius: 1)
    color = mix(color, color * Vector(0.80, 0.66, 0.66), lid * 0.6)
    let lash = bell(lidSeam(m), radius: 0.024) * smoothstep(0.185, 0.15, abs(m.x - 0.290))
    color = mix(color, pigment(0x1C0E0A), lash * 0.9)
    return Finish(albedo: color, mirror: 0.022, roughness: 0.35, softness: 1)
  }

  // MARK: Behind the sitter

  /// A wall in window light, and the blurred leaves of a plant.
  func backdrop(_ ray: Ray) -> Vector {
    let d = ray.direction / max(-ray.direction.z, 0.1)
    let tone = Self.grain.fractal(d.x * 9, d.y * 9, octaves: 5)
    let glow = bell(length(Point(d.x - 0.13, d.y + 0.02)), radius: 0.46)
    var wall = mix(pigment(0x2E3B33), pigment(0xB88A4C), clamped(glow * 0.95 + 0.12 * tone))
    for (index, leaf) in Self.leaves.enumerated() {
      let away = Outline.leaf(Point(d.x, d.y), leaf.0, leaf.1, 0.030)
      let color = mix(pigment(0x1F3B2A), pigment(0x4F6B35), Self.grain.unit(Int32(index), 3))
      wall = mix(wall, color * 0.8, smoothstep(0.007, -0.007, away))
    }
    return wall * 0.62
  }

  private static let leaves: [(Point, Point)] = [
    (Point(-0.155, -0.20), Point(-0.215, -0.02)), (Point(-0.165, -0.15), Point(-0.10, 0.03)),
    (Point(-0.175, -0.09), Point(-0.235, 0.08)), (Point(-0.170, -0.04), Point(-0.115, 0.12)),
    (Point(-0.180, 0.02), Point(-0.225, 0.17)), (Point(-0.178, 0.06), Point(-0.145, 0.21)),
  ]
}
