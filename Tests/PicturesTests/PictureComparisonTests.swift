import Tensors
import Testing

@testable import Pictures

/// Agreement with scikit-image, whose values were computed of the same pictures.
@Suite struct PictureComparisonTests {
  private static func pictures(height: Int, width: Int) -> (Picture, Picture) {
    var (first, second): ([UInt8], [UInt8]) = ([], [])
    for y in 0..<height {
      for x in 0..<width {
        for c in 0..<3 {
          let a = (x * 7 + y * 13 + c * 50 + (x * y) % 17 * 5) % 256
          let b = a + ((x * 3 + y * 5 + c * 11) % 23 - 11) * 2
          first.append(UInt8(a))
          second.append(UInt8(min(max(b, 0), 255)))
        }
      }
    }
    return (
      Picture(width: width, height: height, rgb: first),
      Picture(width: width, height: height, rgb: second)
    )
  }

  @Test(arguments: [
    (11, 11, 25.91210076521903, 0.9683504393175455),
    (40, 29, 25.871149037768223, 0.972954046303524),
    (150, 70, 25.886055912174967, 0.9740104669562241),
    (64, 200, 25.876754953278294, 0.9740809207397608),
  ])
  func `both measures agree with scikit-image`(
    height: Int, width: Int, signalToNoise: Double, similarity: Double
  ) {
    let (a, b) = Self.pictures(height: height, width: width)
    #expect(abs(a.peakSignalToNoise(to: b) - signalToNoise) < 1e-9)
    for threads in [1, 3] {
      let own = a.structuralSimilarity(to: b, on: Workers(threads: threads))
      #expect(abs(own - similarity) < 1e-9)
    }
  }

  @Test func `equal pictures are as near as can be`() {
    let (a, b) = Self.pictures(height: 23, width: 31)
    #expect(a.peakSignalToNoise(to: a) == .infinity)
    #expect(abs(a.structuralSimilarity(to: a, on: Workers(threads: 2)) - 1) < 1e-12)
    #expect(a.structuralSimilarity(to: b, on: Workers(threads: 2)) < 0.99)
  }

  @Test(arguments: [(1, 1), (1, 40), (10, 3), (6, 11)])
  func `pictures narrower than a window have a similarity too`(height: Int, width: Int) {
    let (a, b) = Self.pictures(height: height, width: width)
    let workers = Workers(threads: 2)
    #expect(abs(a.structuralSimilarity(to: a, on: workers) - 1) < 1e-12)
    let similarity = a.structuralSimilarity(to: b, on: workers)
    #expect(similarity == b.structuralSimilarity(to: a, on: workers))
    #expect((-1...1).contains(similarity))
  }

  @Test func `a negative is less similar than noise`() {
    let (a, _) = Self.pictures(height: 60, width: 60)
    let negative = Picture(width: 60, height: 60, rgb: a.rgb.map { 255 - $0 })
    #expect(a.structuralSimilarity(to: negative, on: Workers(threads: 2)) < 0)
  }
}
