import Files
import Foundation
import Pictures
import TestSupport
import Testing

@Suite struct PictureEncoderTests {
  @Test(arguments: ["rgb8.png", "rgba8.png", "one.png"])
  func `PNG keeps every pixel and its opacity`(name: String) throws {
    let picture = try Fixture.expected(name)
    let bytes = try PictureEncoder.encode(picture, as: .png)
    #expect(try PictureDecoder.decode(bytes, named: "x") == picture)
    #expect(Data(bytes).range(of: Data("sRGB".utf8)) != nil)
  }

  /// Quality 95 costs a step or two in most pixels, more where color changes at once.
  @Test(arguments: [PictureFormat.jpeg, .webp])
  func `lossy formats stay close`(format: PictureFormat) throws {
    let picture = try Fixture.expected("rgb8.png")
    let decoded = try PictureDecoder.decode(
      PictureEncoder.encode(picture, as: format), named: "x")
    let error = zip(decoded.rgb, picture.rgb)
      .reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
    #expect(Double(error) / Double(picture.rgb.count) < (format == .jpeg ? 2 : 4))
  }

  @Test func `WebP keeps the opacity exactly`() throws {
    let picture = try Fixture.expected("rgba8.png")
    let decoded = try PictureDecoder.decode(
      PictureEncoder.encode(picture, as: .webp), named: "x")
    #expect(decoded.alpha == picture.alpha)
  }

  @Test func `what is transparent is white in a JPEG`() throws {
    let count = 16 * 16
    let picture = Picture(
      width: 16, height: 16, rgb: [UInt8](repeating: 0, count: 3 * count),
      alpha: [UInt8](repeating: 0, count: count / 2) + [UInt8](repeating: 255, count: count / 2))
    let decoded = try PictureDecoder.decode(
      PictureEncoder.encode(picture, as: .jpeg), named: "x")
    #expect(decoded.alpha == nil)
    #expect(decoded.rgb.prefix(3 * count / 2).allSatisfy { $0 == 255 })
    #expect(decoded.rgb.suffix(3 * count / 2).allSatisfy { $0 == 0 })
  }

  @Test(arguments: ["a.png", "b.JPG", "c.jpeg", "d.WebP"])
  func `a file is written in the format of its extension`(name: String) throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/\(name)"
      try PictureEncoder.write(Fixture.expected("rgb8.png"), to: path)
      #expect(try PictureDecoder.header(of: path).format == PictureFormat(path: path))
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [name])
    }
  }

  @Test func `what cannot be written leaves nothing behind`() throws {
    let picture = try Fixture.expected("one.png")
    try withTemporaryFolder { folder in
      let gif = PictureError.unknownExtension(path: "\(folder)/a.gif")
      #expect(throws: gif) { try PictureEncoder.write(picture, to: "\(folder)/a.gif") }
      #expect("\(gif)" == "a picture to write ends in .png, .jpg, .jpeg or .webp")
      let nowhere = PictureError.file(
        .cannotCreate(path: "\(folder)/none/a.png", errno: ENOENT))
      #expect(throws: nowhere) { try PictureEncoder.write(picture, to: "\(folder)/none/a.png") }
      #expect(nowhere.kind == .cannotCreate)
      let wide = Picture(width: 16384, height: 1, rgb: [UInt8](repeating: 9, count: 3 * 16384))
      let error = #expect(throws: PictureError.self) {
        try PictureEncoder.write(wide, to: "\(folder)/a.webp")
      }
      #expect(
        error?.description
          == "cannot be a WebP picture: a WebP picture has at most 16383 pixels a side")
      let left = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(left.isEmpty)
    }
  }

  @Test func `only the four extensions stand for formats`() {
    #expect(PictureFormat(path: "a.b/c.PNG") == .png)
    #expect(PictureFormat(path: "photo.jpeg") == .jpeg)
    #expect(PictureFormat(path: "photo.webp") == .webp)
    #expect(PictureFormat(path: "png") == nil)
    #expect(PictureFormat(path: "photo.png.gif") == nil)
  }
}
