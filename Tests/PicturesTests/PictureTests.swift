import TestSupport
import Tensors
import Testing

@testable import Pictures

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
    // Opacity goes the way that a gray picture's colors go.
    let gray = Picture(
      width: picture.width, height: picture.height,
      rgb: (picture.alpha ?? []).flatMap { [$0, $0, $0] })
    let smallGray = gray.resized(longerSide: 20, on: Workers(threads: 1))
    #expect(small.alpha == smallGray.rgb.enumerated().filter { $0.offset % 3 == 0 }.map(\.element))
    let opaque = Picture(width: picture.width, height: picture.height, rgb: picture.rgb)
    #expect(small.rgb == opaque.resized(longerSide: 20, on: Workers(threads: 1)).rgb)
  }

  @Test(arguments: ["25x19", "190x143", "71x20", "30x53", "1x1", "30x60"])
  func `resized pictures are Pillow's, byte by byte`(size: String) throws {
    let expected = try Fixture.expected("photo-\(size)")
    let photo = try Fixture.expected("photo.png")
    let resized = Resampler.lanczos3(
      photo.rgb, shape: [photo.height, photo.width, 3], height: expected.height,
      width: expected.width, on: Workers(threads: 2))
    #expect(resized == expected.rgb)
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
