import Files
import Foundation
import Pictures
import TestSupport
import Testing

@Suite struct PictureDecoderTests {
  /// The codecs and lcms2 may be other versions than Pillow's; then a pixel may differ by one step.
  @Test(arguments: Fixture.all)
  func `a file decodes to what Pillow sees in it`(name: String) throws {
    let picture = try PictureDecoder.decode(Fixture.path(name))
    let exact = name.hasSuffix(".png") && !name.contains("wide") && !name.contains("dark")
    #expect(largestDifference(picture, try Fixture.expected(name)) <= (exact ? 0 : 1))
  }

  @Test(arguments: Fixture.all)
  func `a header tells what decoding will give`(name: String) throws {
    let header = try PictureDecoder.header(of: Fixture.path(name))
    let picture = try PictureDecoder.decode(Fixture.path(name))
    #expect(header.format == PictureFormat(path: name))
    #expect(header.width == picture.width)
    #expect(header.height == picture.height)
    #expect(header.hasAlpha == (picture.alpha != nil))
  }

  @Test func `the first bytes decide, whatever the file is called`() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/picture.png"
      try AtomicFile.write(Fixture.bytes("lossless.webp"), to: path)
      #expect(try PictureDecoder.header(of: path).format == .webp)
    }
  }

  @Test(arguments: ["rgb8.png", "baseline.jpg", "progressive.jpg", "lossy.webp", "lossless.webp"])
  func `a file cut short is damaged, wherever it is cut`(name: String) throws {
    let bytes = try Fixture.bytes(name)
    for count in 12..<bytes.count - 1 {
      #expect(throws: PictureError.self, "cut to \(count) bytes") {
        try PictureDecoder.decode(Array(bytes[..<count]), named: name)
      }
    }
  }

  @Test func `a premature end is called by its name`() throws {
    let bytes = Array(try Fixture.bytes("baseline.jpg").dropLast(100))
    let error = PictureError.damaged(path: "x", format: .jpeg, reason: "premature end of file")
    #expect(throws: error) { try PictureDecoder.decode(bytes, named: "x") }
    #expect("\(error)" == "damaged JPEG picture: premature end of file")
    #expect(error.kind == .badData)
  }

  @Test func `a picture beyond the limit is refused by its header`() throws {
    var bytes = try Fixture.bytes("rgb8.png")
    let side: [UInt8] = [0, 0, 0x9C, 0x40]  // 40,000
    bytes.replaceSubrange(16..<24, with: side + side)
    bytes.replaceSubrange(29..<33, with: checksum(bytes[12..<29]))
    let error = #expect(throws: PictureError.self) {
      try PictureDecoder.decode(bytes, named: "x")
    }
    #expect(
      error == .tooLarge(path: "x", width: 40_000, height: 40_000, limit: .standard))
    #expect(error?.description == "40000×40000 pixels: at most 100000000 in all are read")
  }

  @Test func `each limit holds`() throws {
    let path = Fixture.path("rgb8.png")  // 37×26
    #expect(throws: Never.self) {
      try PictureDecoder.decode(path, limit: PictureLimit(pixels: 37 * 26, side: 37))
    }
    let narrow = PictureLimit(side: 36)
    let error = PictureError.tooLarge(path: path, width: 37, height: 26, limit: narrow)
    #expect(throws: error) { try PictureDecoder.header(of: path, limit: narrow) }
    #expect("\(error)" == "37×26 pixels: at most 36 a side are read")
    #expect(throws: PictureError.self) {
      try PictureDecoder.decode(path, limit: PictureLimit(pixels: 37 * 26 - 1))
    }
    #expect(throws: PictureError.self) {
      try PictureDecoder.decode(path, limit: PictureLimit(fileBytes: 100))
    }
  }

  @Test func `what is not a picture is called so`() throws {
    try withTemporaryFolder { folder in
      let empty = "\(folder)/empty.png"
      try AtomicFile.write([], to: empty)
      #expect(throws: PictureError.empty(path: empty)) { try PictureDecoder.decode(empty) }
      let text = "\(folder)/text.jpg"
      try AtomicFile.write(Array("GIF89a".utf8), to: text)
      #expect(throws: PictureError.unrecognized(path: text)) { try PictureDecoder.decode(text) }
      #expect("\(PictureError.unrecognized(path: text))" == "not a PNG, JPEG or WebP picture")
      #expect(throws: PictureError.file(.notAFile(path: folder))) {
        try PictureDecoder.decode(folder)
      }
      let missing = PictureError.file(.missing(path: "\(folder)/none.png"))
      #expect(throws: missing) { try PictureDecoder.header(of: "\(folder)/none.png") }
      #expect(missing.kind == .noInput)
      #expect(missing.path == "\(folder)/none.png")
    }
  }

  /// The CRC-32 of a PNG chunk, big-endian.
  private func checksum(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var sum: UInt32 = ~0
    for byte in bytes {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
    }
    return withUnsafeBytes(of: (~sum).bigEndian) { Array($0) }
  }
}
