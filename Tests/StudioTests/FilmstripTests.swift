import Pictures
import Terminal
import Testing

@testable import Studio

@Suite struct FilmstripTests {
  private func frame(_ iteration: Int, side: Int = 1) -> Filmstrip.Frame {
    let picture = Picture(
      width: side, height: side, rgb: Array(repeating: 0, count: 3 * side * side))
    return .init(iteration: iteration, picture: IdentifiedPicture(picture), total: 1)
  }

  @Test func `a long run keeps its first and latest pictures and thins out those between`() {
    var strip = Filmstrip()
    for iteration in 0..<5000 {
      strip.append(frame(iteration))
      #expect(strip.frames.count <= 49)
      #expect(strip.frames.first?.iteration == 0 && strip.frames.last?.iteration == iteration)
    }
    let gaps = zip(strip.frames.dropFirst(), strip.frames).map { $0.iteration - $1.iteration }
    #expect(gaps.dropLast().allSatisfy { $0 >= 64 && $0 <= 512 }, "evenly spread: \(gaps)")
  }

  @Test func `large pictures stay within the budget`() {
    var strip = Filmstrip()
    for iteration in 0..<40 { strip.append(frame(iteration, side: 2048)) }
    let bytes = strip.frames.count * 3 * 2048 * 2048
    #expect(bytes <= 192 << 20 && strip.frames.count >= 3)
    #expect(strip.frames.first?.iteration == 0 && strip.frames.last?.iteration == 39)
  }

  @Test func `the frame that is looked at stays in view while the run goes on`() {
    var strip = Filmstrip()
    for iteration in 0..<10 { strip.append(frame(iteration)) }
    strip.scrub(by: -3)
    #expect(strip.selected?.iteration == 6)
    for iteration in 10..<14 { strip.append(frame(iteration)) }
    #expect(strip.selected?.iteration == 6)
    strip.scrub(by: 100)
    #expect(strip.selected == nil, "beyond the end follows the run")
    strip.scrub(by: -100)
    #expect(strip.selected?.iteration == 0)
  }

  @Test func `going on from an earlier picture drops the later ones`() {
    var strip = Filmstrip()
    for iteration in 0..<10 { strip.append(frame(iteration)) }
    strip.cut(after: 4)
    #expect(strip.frames.map(\.iteration) == Array(0...4))
    strip.append(frame(3))
    #expect(strip.frames.map(\.iteration) == [0, 1, 2, 3])
  }
}
