import Pictures
import TestSupport
import Tensors
import Testing

@Suite struct PictureTests {
  @Test func `every byte survives the way to a tensor and back`() {
    let picture = Picture(width: 256, height: 1, rgb: (0..<768).map { UInt8($0 / 3) })
    let tensor = Tensor(picture)
    #expect(tensor.shape == [1, 256, 3])
    #expect(tensor[3] == 1 / Float(255))
    #expect(Picture(tensor) == picture)
  }

  @Test func `colors round half to even, out of range to the nearest, not a number to black`() {
    let image = Tensor([0.5 / 255, 1.5 / 255, 2.5 / 255, -3, 7, .nan], shape: [1, 2, 3])
    #expect(Picture(image).rgb == [0, 2, 2, 0, 255, 0])
    let infinite = Tensor([.infinity, -.infinity, 0.999], shape: [1, 1, 3])
    #expect(Picture(infinite).rgb == [255, 0, 255])
  }

  @Test(arguments: [
    (451, 300, 253, 253, 168), (300, 451, 256, 170, 256), (512, 512, 100, 100, 100),
    (4, 2, 5, 5, 2),  // 2.5 to even
    (4, 6, 9, 6, 9), (10_000, 1, 256, 256, 1), (1, 1, 7, 7, 7),
  ])
  func `the shorter side is rounded as Python does`(
    width: Int, height: Int, longerSide: Int, newWidth: Int, newHeight: Int
  ) {
    let size = Picture.size(width: width, height: height, longerSide: longerSide)
    #expect(size == (newWidth, newHeight))
  }

  @Test func `resizing takes opacity along`() throws {
    let picture = try Fixture.expected("rgba8.png")
    let small = picture.resized(longerSide: 20, on: Workers(threads: 2))
    #expect((small.width, small.height) == (20, 14))
    let alpha = Tensor(
      (picture.alpha ?? []).map { Float($0) / 255 }, shape: [picture.height, picture.width, 1])
    let resampled = Resampler.lanczos3(alpha, height: 14, width: 20, on: Workers(threads: 1))
    #expect(small.alpha == resampled.elements.map { UInt8(($0 * 255).rounded(.toNearestOrEven)) })
    #expect(
      small.rgb
        == Picture(
          Resampler.lanczos3(
            Tensor(picture), height: 14, width: 20, on: Workers(threads: 1))
        ).rgb)
  }

  @Test func `a picture of the right size is left alone`() throws {
    let picture = try Fixture.expected("rgba8.png")
    #expect(picture.resized(longerSide: 37, on: Workers(threads: 1)) == picture)
  }

  @Test func `on white, opacity decides between color and white`() {
    let picture = Picture(
      width: 3, height: 1, rgb: [10, 20, 30, 10, 20, 30, 10, 20, 30], alpha: [255, 0, 128])
    #expect(picture.onWhite.rgb == [10, 20, 30, 255, 255, 255, 132, 137, 142])
    #expect(picture.onWhite.alpha == nil)
  }
}
