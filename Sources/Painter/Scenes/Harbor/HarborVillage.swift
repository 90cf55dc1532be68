import Tensors

/// Wooden houses along the quay and up the slope, a church above them.
enum HarborVillage {
  struct House {
    var x: Float
    var z: Float
    var width: Float
    var depth: Float
    var eaves: Float
    var pitch: Float
    /// The direction of the ridge, in turns from +x.
    var turn: Float
    var wall: Vector
    var roof: Vector
    var floor: Float
    var seed: UInt32
  }

  static let walls: [Vector] = [
    pigment(0x84362A), pigment(0xCFA047), pigment(0xE9E2D3), pigment(0x96503C), pigment(0x7391A3),
    pigment(0xE2D0A6), pigment(0x5F7D66), pigment(0xB9714C), pigment(0xEDE8DE), pigment(0x466680),
  ]
  static let roofs: [Vector] = [
    pigment(0x4A4C54), pigment(0x8E4630), pigment(0x5B4A42), pigment(0xA2543A), pigment(0x3D4249),
  ]

  static let houses: [House] = placed()

  /// Whether a tree there would grow through a house.
  static func stands(near x: Float, _ z: Float) -> Bool {
    houses.contains { abs($0.x - x) < $0.width * 0.5 + 3.5 && abs($0.z - z) < $0.depth * 0.5 + 3.5 }
      || abs(x - church.x) < 14 && abs(z - church.y) < 12
  }

  static let church = Point(-17, 158)

  private static func placed() -> [House] {
    var random = SeededRandom(seed: 23)
    var houses: [House] = []
    var last = 0
    for (row, inland) in [Float(8), 24, 41, 60, 80].enumerated() {
      var x: Float = -66 - 8 * Float(row) + random.within(0...6)
      let end: Float = row == 0 ? 33 : 44 + 3 * Float(row)
      while x < end {
        let width = random.within(row == 0 ? 8.5...12.5 : 7.5...11)
        let along = random.unit() < 0.45
        var color = Int(random.unit() * Float(walls.count)) % walls.count
        if color == last { color = (color + 3) % walls.count }
        last = color
        let center = x + width / 2
        let shore = 88 - HarborLand.inland(center, 88)
        let z = shore + inland + random.within(-2.5...2.5)
        let house = House(
          x: center, z: z, width: along ? width : width * 1.05, depth: random.within(6.5...8.5),
          eaves: random.unit() < 0.55 ? 5.2 : 3.4, pitch: random.within(0.72...1.05),
          turn: (along ? 0 : 0.25) + random.within(-0.028...0.028), wall: walls[color],
          roof: roofs[Int(random.unit() * 5) % 5], floor: HarborLand.ground(center, z, octaves: 4),
          seed: UInt32(houses.count))
        let gap = row == 0 ? random.within(0.8...3) : random.within(2...9) + 1.5 * Float(row)
        x += (along ? width : house.depth + 1) + gap
        let crowds = abs(center - church.x) < 16 && abs(z - church.y) < 16
        if !crowds, !(row > 2 && random.unit() < 0.3) { houses.append(house) }
      }
    }
    return houses
  }

  static func assemblies() -> [Assembly] {
    houses.map(assembly) + [steeple()] + quay() + cabins()
  }

  static func assembly(_ house: House) -> Assembly {
    var parts = Assembly()
    let ridge = Vector(cosine(turns: house.turn), 0, sine(turns: house.turn))
    let aside = Vector(-ridge.z, 0, ridge.x)
    let up = Vector(0, 1, 0)
    let base: Float = 1.6
    let gable = house.depth / 2 * house.pitch
    let top = house.eaves + gable
    let middle = Vector(house.x, house.floor + (top - base) / 2, house.z)
    parts.add(
      Block(
        center: middle, axes: (ridge, up, aside),
        half: Vector(house.width / 2, (top + base) / 2, house.depth / 2),
        pitch: Point(0, house.pitch),
        surface: Surface(material: .clapboard, color: house.wall, seed: house.seed)))
    let peak = Vector(house.x, house.floor + top, house.z)
    let steep = (1 + house.pitch * house.pitch).squareRoot()
    let run = house.depth / 2 + 0.55
    for side: Float in [-1, 1] {
      let down = (side * aside - house.pitch * up) / steep
      let outward = (house.pitch * side * aside + up) / steep
      parts.add(
        Block(
          center: peak + down * (run * steep / 2) + outward * 0.10, axes: (ridge, outward, down),
          half: Vector(house.width / 2 + 0.4, 0.12, run * steep / 2),
          surface: Surface(material: .roof, color: house.roof, seed: house.seed)))
    }
    let chimney = peak + ridge * (house.width * (house.seed % 2 == 0 ? 0.22 : -0.18)) + up * 0.25
    parts.add(
      Block(
        center: chimney, axes: (ridge, up, aside), half: Vector(0.45, 1.1, 0.4),
        surface: Surface(material: .brick, color: pigment(0x9A5A44), seed: house.seed)))
    return parts
  }

  private static func steeple() -> Assembly {
    let floor = HarborLand.ground(church.x, church.y, octaves: 4)
    var parts = assembly(
      House(
        x: church.x + 6.5, z: church.y, width: 17, depth: 9, eaves: 6, pitch: 1.1, turn: -0.02,
        wall: pigment(0xF2EEE6), roof: pigment(0x3F4248), floor: floor, seed: 77))
    let up = Vector(0, 1, 0)
    let axes = (Vector(0.992, 0, -0.125), up, Vector(0.125, 0, 0.992))
    let foot = Vector(church.x - 4, floor, church.y - 0.5)
    parts.add(
      Block(
        center: foot + up * 6, axes: axes, half: Vector(2.4, 8, 2.4),
        surface: Surface(material: .clapboard, color: pigment(0xF2EEE6), seed: 78)))
    parts.add(
      Block(
        center: foot + up * 18.2, axes: axes, half: Vector(2.75, 4.6, 2.75), pitch: Point(3.3, 3.3),
        surface: Surface(material: .roof, color: pigment(0x4B6A63), seed: 79)))
    parts.add(
      Rod(
        from: foot + up * 22, to: foot + up * 24.4, radius: 0.12,
        surface: Surface(material: .metal, color: pigment(0xE0B64C))))
    return parts
  }

  /// The stone edge that the first row stands on, in pieces that follow the shore.
  private static func quay() -> [Assembly] {
    stride(from: Float(-75), to: 33, by: 6).map { x in
      var parts = Assembly()
      let z = 88 - HarborLand.inland(x + 3, 88)
      parts.add(
        Block(
          center: Vector(x + 3, 0.45, z + 1.6),
          axes: (Vector(1, 0, 0), Vector(0, 1, 0), Vector(0, 0, 1)), half: Vector(3.02, 1.25, 2.6),
          surface: Surface(material: .stone, color: pigment(0x8C867C), seed: 1)))
      return parts
    }
  }

  /// Red fishermen's cabins on stilts over the water.
  private static func cabins() -> [Assembly] {
    var random = SeededRandom(seed: 61)
    return [(-44, 0x8E2B1F), (-33, 0xA33A26), (-2.5, 0x8E2B1F), (9, 0xC98D33), (20, 0x8E2B1F)].map {
      (x: Float, color: UInt32) in
      let z = 82.5 - HarborLand.inland(x, 88)
      var parts = assembly(
        House(
          x: x, z: z, width: 7.5, depth: 6, eaves: 3, pitch: 0.95,
          turn: 0.25 + random.within(-0.02...0.02), wall: pigment(color), roof: pigment(0x4A4C54),
          floor: 3.2, seed: UInt32(random.unit() * 90) * 2))
      let up = Vector(0, 1, 0)
      parts.add(
        Block(
          center: Vector(x, 1.5, z - 0.8), axes: (Vector(1, 0, 0), up, Vector(0, 0, 1)),
          half: Vector(4.3, 0.13, 5),
          surface: Surface(material: .planks, color: pigment(0x8A7760), seed: 5)))
      for stilt in 0..<10 {
        let foot = Vector(
          x - 3.9 + Float(stilt % 5) * 1.95, -1,
          z + (stilt < 5 ? -5.2 : -1.5) + random.within(-0.1...0.1))
        parts.add(
          Rod(
            from: foot, to: foot + up * 2.5, radius: 0.15,
            surface: Surface(material: .planks, color: pigment(0x5E5145))))
      }
      return parts
    }
  }
}
