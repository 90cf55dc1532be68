import Tensors
import Testing

@testable import Painter

struct StrokeTests {
  private func stroke(_ path: [Point], width: Float = 12) -> Stroke {
    Stroke(
      path: path, width: width, body: pigment(0xFF0000), streak: pigment(0xFF8800), thickness: 1,
      dryness: 0.4, bristle: 1, seed: 4)
  }

  private func changed(by stroke: Stroke) -> [(x: Int, y: Int)] {
    let workers = Workers()
    let blank = OilCanvas(width: 128, height: 96, ground: pigment(0x404040))
    var painted = blank
    painted.apply([stroke], on: workers)
    let before = blank.photographed(reducedBy: 1, on: workers).elements
    let after = painted.photographed(reducedBy: 1, on: workers).elements
    let places = (0..<128 * 96).filter { before[3 * $0] != after[3 * $0] }
    return places.map { (x: $0 % 128, y: $0 / 128) }
  }

  @Test func `a stroke marks its path and nothing far from it`() {
    let marks = changed(by: stroke([Point(30, 40), Point(60, 40), Point(90, 40)]))
    #expect(marks.contains { $0.x == 45 && $0.y == 40 })
    // Half its width, and the reach of the shadows and hollows of its relief.
    #expect(marks.allSatisfy { (10...110).contains($0.x) && (18...64).contains($0.y) })
  }

  @Test func `a stroke that leaves the canvas is cut at its edge`() {
    #expect(!changed(by: stroke([Point(100, 80), Point(140, 110), Point(200, 150)])).isEmpty)
    #expect(!changed(by: stroke([Point(-30, -20), Point(10, 8)], width: 40)).isEmpty)
  }

  @Test func `a stroke beside the canvas leaves it as it was`() {
    #expect(changed(by: stroke([Point(-90, 20), Point(-50, 40)])).isEmpty)
    #expect(changed(by: stroke([Point(300, 300), Point(340, 310)])).isEmpty)
  }

  @Test func `later strokes cover earlier ones`() {
    let workers = Workers()
    var canvas = OilCanvas(width: 64, height: 64, ground: .zero)
    var blue = stroke([Point(32, 8), Point(32, 56)], width: 24)
    blue.body = pigment(0x0000FF)
    blue.streak = blue.body
    blue.dryness = 0
    canvas.apply([stroke([Point(8, 32), Point(56, 32)], width: 24), blue], on: workers)
    let picture = canvas.photographed(reducedBy: 1, on: workers)
    let middle = (32 * 64 + 32) * 3
    #expect(picture[middle + 2] > picture[middle])
  }
}
