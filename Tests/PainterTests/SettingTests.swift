import Testing

@testable import Painter

struct SettingTests {
  private let plain = Surface(material: .painted, color: .one)
  private let level = (Vector(1, 0, 0), Vector(0, 1, 0), Vector(0, 0, 1))
  private let ahead = Ray(origin: .zero, direction: Vector(0, 0, 1))

  private func setting(_ fill: (inout Assembly) -> Void) -> Setting {
    var assembly = Assembly()
    fill(&assembly)
    return Setting([assembly])
  }

  @Test func `a ray meets the near face of a block`() throws {
    let setting = setting {
      $0.add(Block(center: Vector(0.2, 0, 10), axes: level, half: Vector(1, 1, 2), surface: plain))
    }
    let hit = try #require(setting.meet(ahead))
    #expect(hit.distance == 8)
    #expect(hit.normal == Vector(0, 0, -1))
    #expect(hit.face == 2)
    #expect(setting.blocks(ahead, limit: 8.1))
    #expect(!setting.blocks(ahead, limit: 7.9))
    #expect(setting.meet(Ray(origin: .zero, direction: Vector(0, 0, -1))) == nil)
  }

  @Test func `a gable is met on its slope and missed above it`() throws {
    let setting = setting {
      $0.add(
        Block(
          center: Vector(0, 0, 10), axes: level, half: Vector(1, 2, 2), pitch: Point(0, 1),
          surface: plain))
    }
    let high = Ray(origin: Vector(0, 1.5, 0), direction: Vector(0, 0, 1))
    let hit = try #require(setting.meet(high))
    #expect(abs(hit.distance - 9.5) < 1e-5)
    #expect(abs(hit.normal.y - Float(0.5).squareRoot()) < 1e-5)
    #expect(setting.meet(Ray(origin: Vector(0, 2.01, 0), direction: Vector(0, 0, 1))) == nil)
  }

  @Test func `a rod is met on its side and a ball on its pole`() throws {
    let side = setting {
      $0.add(Rod(from: Vector(0, -3, 5), to: Vector(0, 3, 5), radius: 0.5, surface: plain))
    }
    #expect(try #require(side.meet(ahead)).distance == 4.5)
    let ball = setting {
      $0.add(Rod(from: Vector(0, 0, 5), to: Vector(0, 0, 5), radius: 1, surface: plain))
    }
    #expect(try #require(ball.meet(ahead)).distance == 4)
  }

  @Test func `a boat is open above its deck and closed at its side`() throws {
    let setting = setting {
      $0.add(
        Hull(
          center: Vector(0, 0, 10), forward: Vector(1, 0, 0), length: 6, beam: 2, freeboard: 1,
          depth: 0.5, surface: plain))
    }
    let side = try #require(
      setting.meet(Ray(origin: Vector(0, 0.8, 0), direction: Vector(0, 0, 1))))
    #expect((9...9.1).contains(side.distance))
    #expect(side.normal.z < -0.8)
    let above = Ray(origin: Vector(0, 5, 10), direction: Vector(0, -1, 0))
    let deck = try #require(setting.meet(above))
    #expect(abs(deck.distance - 4.5) < 0.02)
    #expect(deck.face == 1)
  }
}
