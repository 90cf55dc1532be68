import Tensors
import Testing

@testable import Painter

/// What the pictures are like, at a size at which painting all of them takes a moment.
struct SampleLooksTests {
  private static let small: [String: [Float]] = Dictionary(
    uniqueKeysWithValues: Sample.all.map { sample in
      let (width, height) = sample.dimensions(longerSide: 64)
      return (sample.name, sample.paint(width, height, Workers()).elements)
    })

  @Test(arguments: Sample.all)
  func `a sample has many tones and many edges`(sample: Sample) throws {
    let elements = try #require(Self.small[sample.name])
    let tones = Set(elements.map { Int($0 * 31) })
    #expect(tones.count > 20)
    let width = sample.dimensions(longerSide: 64).width
    var luma: [Float] = []
    for pixel in stride(from: 0, to: elements.count, by: 3) {
      let (red, green, blue) = (elements[pixel], elements[pixel + 1], elements[pixel + 2])
      luma.append(0.3 * red + 0.6 * green + 0.1 * blue)
    }
    var edges = 0
    for pixel in luma.indices where pixel % width > 0 {
      if abs(luma[pixel] - luma[pixel - 1]) > 0.05 { edges += 1 }
    }
    #expect(Float(edges) > 0.06 * Float(luma.count))
  }

  @Test func `styles differ in their colors`() {
    let styles = Sample.all.filter { $0.kind == .style }
    let histograms = styles.map { sample in
      var counts = [Float](repeating: 0, count: 64)
      let elements = Self.small[sample.name] ?? []
      for pixel in stride(from: 0, to: elements.count, by: 3) {
        let bins = (0..<3).map { min(3, Int(elements[pixel + $0] * 4)) }
        counts[bins[0] * 16 + bins[1] * 4 + bins[2]] += 3 / Float(elements.count)
      }
      return counts
    }
    for (index, one) in histograms.enumerated() {
      for other in histograms[..<index] {
        let distance = zip(one, other).reduce(0) { $0 + abs($1.0 - $1.1) } / 2
        #expect(distance > 0.25)
      }
    }
  }

  @Test func `there are six scenes and eight styles`() {
    #expect(Sample.all.filter { $0.kind == .content }.count == 6)
    #expect(Sample.all.filter { $0.kind == .style }.count == 8)
  }
}
