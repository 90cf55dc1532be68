import Pictures
import Tensors
import Testing

@Suite struct MaskTests {
  private let workers = Workers(threads: 2)

  @Test func `a mask is a picture's luma times its opacity`() {
    let picture = Picture(
      width: 4, height: 1, rgb: [255, 255, 255, 0, 0, 0, 255, 0, 0, 200, 200, 200],
      alpha: [255, 255, 255, 51])
    #expect(Mask(picture).values == [255, 0, 76, 40])
    #expect(Mask(picture, threshold: 0.25).values == [255, 0, 255, 0])
    #expect(Mask(picture, threshold: 1).values == [255, 0, 0, 0])
    #expect(Mask(picture, threshold: 0).values == [255, 0, 255, 255])
    #expect(Mask(Picture(width: 1, height: 1, rgb: [0, 0, 0])).isEmpty)
  }

  @Test func `a mask fits pictures of its shape at any size`() {
    let mask = Mask(width: 60, height: 40, values: Array(repeating: 0, count: 2400))
    #expect(mask.fits(width: 600, height: 400) && mask.fits(width: 31, height: 20))
    #expect(mask.fits(width: 599, height: 402))
    #expect(!mask.fits(width: 400, height: 600) && !mask.fits(width: 600, height: 450))
  }

  @Test func `resizing makes hard edges soft and keeps black and white`() {
    let mask = Mask(
      width: 100, height: 10, values: (0..<1000).map { $0 % 100 < 50 ? 255 : 0 })
    let small = mask.resized(width: 25, height: 3, on: workers)
    #expect(small.values.prefix(10).allSatisfy { $0 == 255 })
    #expect(small.values[15..<25].allSatisfy { $0 == 0 })
    let large = mask.resized(width: 300, height: 30, on: workers)
    #expect(large.values[149] > 0 && large.values[149] < 255)
    #expect(mask.resized(width: 100, height: 10, on: workers) == mask)
  }

  @Test func `white shows the other picture to the bit, gray blends`() {
    let own = Picture(width: 3, height: 1, rgb: Array(repeating: 10, count: 9))
    let other = Picture(width: 3, height: 1, rgb: Array(repeating: 210, count: 9))
    let mask = Mask(width: 3, height: 1, values: [0, 255, 128])
    #expect(own.replaced(by: other, where: mask).rgb == [10, 10, 10, 210, 210, 210, 110, 110, 110])
  }
}
