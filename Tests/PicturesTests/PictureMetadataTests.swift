import Foundation
import Pictures
import TestSupport
import Tensors
import Testing

/// What pictures say of how they were made.
@Suite struct PictureMetadataTests {
  private static let metadata = PictureMetadata(
    recipe: "content: /a/Füße & <Meer>.jpg\nseed: 7\n", record: "{\"sources\":[]}")

  private func picture(alpha: Bool, width: Int = 21) throws -> Picture {
    var random = SeededRandom(seed: 3)
    let count = width * 13
    func bytes(_ count: Int) -> [UInt8] {
      (0..<count).map { _ in .random(in: 0...255, using: &random) }
    }
    return Picture(
      width: width, height: 13, rgb: bytes(3 * count), alpha: alpha ? bytes(count) : nil)
  }

  @Test(arguments: PictureFormat.allCases, [false, true])
  func `texts come back and pixels stay as they were`(format: PictureFormat, alpha: Bool) throws {
    for width in [1, 20, 21] {
      let picture = try picture(alpha: alpha, width: width)
      let plain = try PictureEncoder.encode(picture, as: format)
      let bytes = try Self.metadata.embedded(in: plain)
      #expect(PictureDecoder.metadata(bytes) == Self.metadata)
      let pixels = try PictureDecoder.decode(plain, named: "x")
      #expect(try PictureDecoder.decode(bytes, named: "x") == pixels)

      var other = Self.metadata
      other.recipe = nil
      other.record = "\r\n\"'<&>;]]>\u{1F3A8}"
      let replaced = try other.embedded(in: bytes)
      #expect(PictureDecoder.metadata(replaced) == other)
      #expect(replaced.count < bytes.count)
      let removed = try PictureMetadata().embedded(in: replaced)
      #expect(PictureDecoder.metadata(removed) == PictureMetadata())
      #expect(try PictureDecoder.decode(removed, named: "x") == pixels)
      if format != .webp { #expect(removed == plain) }
    }
  }

  @Test(arguments: ["pillow.png", "pillow.jpg", "pillow.webp", "exiftool.jpg", "exiftool.webp"])
  func `what Pillow and exiftool wrote is read`(name: String) throws {
    #expect(try PictureDecoder.metadata(of: Fixture.path("metadata/\(name)")) == Self.metadata)
    let bytes = try Fixture.bytes("metadata/\(name)")
    let other = PictureMetadata(recipe: "other")
    let replaced = try other.embedded(in: bytes)
    #expect(PictureDecoder.metadata(replaced) == other)
    #expect(
      try PictureDecoder.decode(replaced, named: "x") == PictureDecoder.decode(bytes, named: "x"))
    if name == "pillow.png" {
      #expect(Data(replaced).range(of: Data("somebody else's".utf8)) != nil)
    }
  }

  @Test(arguments: [PictureFormat.png, .webp])
  func `the fixtures of all kinds carry texts too`(format: PictureFormat) throws {
    for name in Fixture.names(ending: [".\(format.rawValue)"]) {
      let bytes = try Fixture.bytes(name)
      let carrying = try Self.metadata.embedded(in: bytes)
      #expect(PictureDecoder.metadata(carrying) == Self.metadata, "\(name)")
      #expect(
        try PictureDecoder.decode(carrying, named: name)
          == PictureDecoder.decode(bytes, named: name), "\(name)")
    }
  }

  @Test func `a file is written with its texts`() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/a.webp"
      try PictureEncoder.write(picture(alpha: false), to: path, metadata: Self.metadata)
      #expect(try PictureDecoder.metadata(of: path) == Self.metadata)
      #expect(throws: PictureError.file(.missing(path: "\(folder)/b.png"))) {
        try PictureDecoder.metadata(of: "\(folder)/b.png")
      }
    }
  }

  @Test func `texts that do not fit are refused`() throws {
    let long = PictureMetadata(recipe: String(repeating: "long ", count: 14_000))
    try long.requireRoom(in: .png, named: "a")
    try long.requireRoom(in: .webp, named: "a")
    #expect(
      throws: PictureError.unencodable(
        path: "a", format: .jpeg, reason: "its recipe does not fit in")
    ) { try long.requireRoom(in: .jpeg, named: "a") }
    let endless = PictureMetadata(record: String(repeating: "x", count: 1 << 20 + 1))
    #expect(
      throws: PictureError.unencodable(path: "a", format: .png, reason: "its recipe is too long")
    ) { try endless.requireRoom(in: .png, named: "a") }
  }

  @Test(arguments: PictureFormat.allCases)
  func `mutated and truncated files are read without harm`(format: PictureFormat) throws {
    let picture = try picture(alpha: format != .jpeg)
    let original = try Self.metadata.embedded(in: PictureEncoder.encode(picture, as: format))
    var random = SeededRandom(seed: 11)
    for count in 0..<original.count { _ = PictureDecoder.metadata(Array(original[..<count])) }
    var changed = 0
    for round in 0..<4000 {
      var bytes = original
      for _ in 0...round % 4 {
        // Mostly where the structure is.
        let end = round % 3 == 0 ? bytes.count : min(bytes.count, 400)
        let index = Int.random(in: 0..<end, using: &random)
        bytes[index] =
          [0, 0xFF, .random(in: 0...255, using: &random)].randomElement(using: &random) ?? 0
      }
      if round % 5 == 0 {
        bytes.removeSubrange(bytes.indices.randomElement(using: &random).map { $0...$0 } ?? 0...0)
      }
      if PictureDecoder.metadata(bytes) != Self.metadata { changed += 1 }
      if let embedded = try? Self.metadata.embedded(in: bytes), format == .png {
        #expect(PictureDecoder.metadata(embedded) == Self.metadata)
      }
    }
    #expect(changed > 200, "the mutations are too gentle")
  }
}
