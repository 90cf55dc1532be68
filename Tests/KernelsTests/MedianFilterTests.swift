import Kernels
import Tensors
import TestSupport
import Testing

@Suite struct MedianFilterTests {
  @Test(arguments: [[1, 1, 3], [5, 1, 1], [1, 9, 3], [13, 17, 3], [4, 6, 8]])
  func `agrees with the definition`(extents: [Int]) {
    var random = SeededRandom(seed: 6)
    let image = random.uniform(Shape(extents))
    let (height, width, channels) = (extents[0], extents[1], extents[2])
    var expected: [Float] = []
    for y in 0..<height {
      for x in 0..<width {
        for c in 0..<channels {
          var window: [Float] = []
          for i in -1...1 {
            for j in -1...1 {
              let (row, column) = (min(max(y + i, 0), height - 1), min(max(x + j, 0), width - 1))
              window.append(image[(row * width + column) * channels + c])
            }
          }
          expected.append(window.sorted()[4])
        }
      }
    }
    #expect(MedianFilter.three(image, on: Workers(threads: 2)).elements == expected)
  }
}
