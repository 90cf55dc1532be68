import Pictures
import Tensors
import Testing

@Suite struct PictureShrinkingTests {
  @Test(arguments: [(203, 101), (100, 207), (640, 480), (64, 64), (31, 7)])
  func `a quick small copy is close to the careful one`(width: Int, height: Int) {
    let workers = Workers(threads: 1)
    // Smooth waves with a step and an opacity.
    var rgb: [UInt8] = []
    for row in 0..<height {
      for column in 0..<width {
        let (x, y) = (column * 255 / width, row * 255 / height)
        rgb += [UInt8(x), UInt8(y), column > width / 2 ? 220 : 30]
      }
    }
    let alpha = (0..<width * height).map { UInt8($0 % width * 255 / width) }
    let picture = Picture(width: width, height: height, rgb: rgb, alpha: alpha)
    let quick = picture.thumbnail(longerSide: 16, on: workers)
    let careful = picture.resized(longerSide: 16, on: workers)
    #expect(max(quick.width, quick.height) == 16)
    #expect(abs(quick.width - careful.width) <= 1 && abs(quick.height - careful.height) <= 1)
    guard quick.width == careful.width, quick.height == careful.height else { return }
    let differences = zip(quick.rgb, careful.rgb).map { abs(Int($0) - Int($1)) }
    #expect(differences.reduce(0, +) < 3 * differences.count)
    let alphas = zip(quick.alpha ?? [], careful.alpha ?? []).map { abs(Int($0) - Int($1)) }
    #expect(alphas.count == quick.width * quick.height && alphas.allSatisfy { $0 < 16 })
  }

  @Test func `one color stays the same`() {
    let picture = Picture(
      width: 333, height: 77,
      rgb: Array(repeating: [7, 255, 128] as [UInt8], count: 333 * 77).flatMap(\.self))
    let small = picture.thumbnail(longerSide: 20, on: Workers(threads: 1))
    #expect(small.rgb == Array(repeating: [7, 255, 128], count: 20 * small.height).flatMap(\.self))
  }
}
