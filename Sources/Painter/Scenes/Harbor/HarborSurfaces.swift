/// How the materials of the harbor look close up: boards, windows, tiles, stains.
enum HarborSurfaces {
  private static let grain = Noise(seed: 90)

  /// The color of the surface, and how much of the sky it mirrors.
  static func look(_ hit: Hit, at point: Vector) -> (albedo: Vector, mirror: Float) {
    let color = hit.surface.color
    let rough = grain.fractal(point * 2.3, octaves: 4)
    let worn = 1 + 0.22 * rough
    switch hit.surface.material {
    case .clapboard: return clapboard(hit, worn)
    case .roof: return (roof(hit, color, rough), 0)
    case .brick:
      let course = fraction(hit.local.y / 0.16)
      return (color * (course < 0.2 ? 0.7 : 1) * (1 + 0.5 * rough), 0)
    case .planks: return (planks(hit, color), 0)
    case .stone:
      let course = (hit.local.y / 0.5).rounded(.down)
      let joint = fraction(point.x / 1.1 + course * 0.37)
      let block = Float(
        grain.unit(Int32(course), Int32((point.x / 1.1 + course * 0.37).rounded(.down))))
      let line: Float = joint < 0.05 || fraction(hit.local.y / 0.5) < 0.1 ? 0.55 : 1
      let wet = mix(0.28, 1, smoothstep(0.2, 0.75, point.y + 0.2 * rough))
      return (color * line * wet * (0.75 + 0.4 * block) * (1 + 0.5 * rough), 0)
    case .hull: return hull(hit, color, rough)
    case .glass: return wheelhouse(hit, worn)
    case .painted: return (color * worn, 0.03)
    case .metal: return (color * worn, 0.12)
    }
  }

  private static func fraction(_ x: Float) -> Float { x - x.rounded(.down) }

  private static func clapboard(_ hit: Hit, _ worn: Float) -> (Vector, Float) {
    let across = hit.face == 0 ? hit.local.z : hit.local.x
    let half = hit.face == 0 ? hit.half.z : hit.half.x
    // Above the floor; the walls reach below the ground.
    let height = hit.local.y + hit.half.y - 1.6
    if height < 0.15 { return (Vector(0.20, 0.19, 0.18) * worn, 0) }
    let trim = Vector(0.72, 0.70, 0.66) * worn
    if half - abs(across) < 0.17 { return (trim, 0) }
    let count = max(1, (2 * half / 2.5).rounded(.down))
    let pane = 2 * half / count
    let column = ((across + half) / pane).rounded(.down)
    let x = abs(across + half - (column + 0.5) * pane)
    let story = (height / 2.75).rounded(.down)
    let y = height - story * 2.75 - 1.55
    // Windows under the slope of a gable keep to its middle.
    let room = hit.face == 0 ? half - abs(across) : .infinity
    let wide: Float = 0.46
    let tall: Float = 0.68
    let roomy = story == 0 || room > 1.1 && (hit.face == 0 || height < 5.4)
    if roomy, x < wide + 0.14, abs(y) < tall + 0.14 {
      if x > wide || abs(y) > tall { return (trim, 0) }
      if x < 0.035 || abs(y - 0.1) < 0.03 { return (trim, 0) }
      let tone = grain.unit(Int32(column), Int32(story), Int32(hit.surface.seed))
      return (Vector(0.035, 0.045, 0.06) * (0.5 + tone), 0.28)
    }
    let board = fraction(height / 0.2)
    let shadow: Float = board < 0.16 ? 0.72 : 1
    let stain = 1 + 0.14 * grain(across * 3, height * 0.35)
    return (hit.surface.color * shadow * worn * stain, 0)
  }

  private static func roof(_ hit: Hit, _ color: Vector, _ rough: Float) -> Vector {
    let row = (hit.local.z / 0.36).rounded(.down)
    let shift = hit.local.x / 0.3 + 0.5 * row
    let tile = grain.unit(Int32(shift.rounded(.down)), Int32(row), Int32(hit.surface.seed))
    let lap: Float = fraction(hit.local.z / 0.36) > 0.82 ? 0.6 : 1
    let side = 0.86 + 0.28 * fraction(shift)
    let moss = smoothstep(0.05, 0.5, rough) * 0.35
    return mix(color * lap * side * (0.72 + 0.5 * tile), Vector(0.10, 0.11, 0.05), moss)
  }

  private static func planks(_ hit: Hit, _ color: Vector) -> Vector {
    if hit.face != 1 {
      let streak = grain(hit.local.x * 6 + hit.local.z * 5, hit.local.y * 1.2)
      return color * (0.85 + 0.4 * streak)
    }
    let board = (hit.local.x / 0.21).rounded(.down)
    let tone = grain.unit(Int32(board), Int32(hit.surface.seed))
    let gap: Float = fraction(hit.local.x / 0.21) < 0.1 ? 0.25 : 1
    let streak = grain(hit.local.x * 30, hit.local.z * 1.6 + 9 * board)
    return color * gap * (0.68 + 0.5 * tone + 0.3 * streak)
  }

  private static func hull(_ hit: Hit, _ color: Vector, _ rough: Float) -> (Vector, Float) {
    let height = hit.local.y
    let rim = hit.half.y
    let inside = hit.face == 1 && height < rim - 0.04
    if inside { return (planks(hit, pigment(0xA98A62)), 0) }
    if height > rim - 0.07 { return (pigment(0x8A5A30) * (1 + 0.3 * rough), 0.03) }
    if height > rim - 0.20 { return (pigment(0xEFE9DC) * (1 + 0.15 * rough), 0.04) }
    if height < 0.12 { return (pigment(0x6E2A20) * (1 + 0.5 * rough), 0.03) }
    if height < 0.17 { return (pigment(0xEFE9DC) * (1 + 0.3 * rough), 0.03) }
    let run = grain(hit.local.x * 5, height * 0.8)  // rust and rain run down the side
    let stain = smoothstep(0.15, 0.7, run + 0.6 * rough) * 0.4
    return (mix(color * (1 + 0.12 * rough), pigment(0x6B4A32), stain * 0.5), 0.06)
  }

  private static func wheelhouse(_ hit: Hit, _ worn: Float) -> (Vector, Float) {
    let across = hit.face == 0 ? hit.local.z : hit.local.x
    let half = hit.face == 0 ? hit.half.z : hit.half.x
    let place = hit.local.y / hit.half.y
    let bay = 2 * half / max(1, (2 * half / 0.8).rounded())
    let x = fraction((across + half) / bay)
    if hit.face != 1, place > 0.12, place < 0.74, x > 0.12, x < 0.88 {
      return (Vector(0.02, 0.03, 0.04), 0.14)
    }
    return (hit.surface.color * worn, 0.04)
  }
}
