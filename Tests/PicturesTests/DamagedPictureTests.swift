import Pictures
import TestSupport
import Testing

/// Each mutation must give a picture or a `PictureError`, and nothing else.
@Suite struct DamagedPictureTests {
  /// Enough for the fixtures; a header that a mutation made larger is refused.
  private static let limit = PictureLimit(pixels: 1 << 18)

  @Test(arguments: [".png", ".jpg", ".webp"])
  func `mutated files decode or are refused`(ending: String) throws {
    let names = Fixture.names(ending: [ending])
    let files = try names.map { try Fixture.bytes($0) }
    var random = SeededRandom(seed: 2026)
    var refused = 0
    for round in 0..<600 {
      let original = files[round % files.count]
      let bytes = mutated(original, &random, other: files.randomElement(using: &random) ?? [])
      do {
        let picture = try PictureDecoder.decode(bytes, named: "mutated", limit: Self.limit)
        #expect(picture.rgb.count == 3 * picture.width * picture.height)
      } catch {
        #expect(error.kind == .badData)
        #expect(!error.description.isEmpty && !error.description.contains("\n"))
        refused += 1
      }
    }
    #expect(refused > 100, "the mutations are too gentle")
  }

  private func mutated(
    _ original: [UInt8], _ random: inout SeededRandom, other: [UInt8]
  ) -> [UInt8] {
    var bytes = original
    switch Int.random(in: 0..<5, using: &random) {
    case 0:
      bytes.removeLast(Int.random(in: 1..<bytes.count, using: &random))
    case 1:  // in the header
      let index = Int.random(in: 0..<min(64, bytes.count), using: &random)
      bytes[index] = UInt8.random(in: 0...255, using: &random)
    case 2:  // a piece of another file
      let count = Int.random(in: 1...min(200, bytes.count, other.count), using: &random)
      let from = Int.random(in: 0...other.count - count, using: &random)
      let to = Int.random(in: 0...bytes.count - count, using: &random)
      bytes.replaceSubrange(to..<to + count, with: other[from..<from + count])
    case 3:  // a piece lost
      let count = Int.random(in: 1...min(40, bytes.count - 1), using: &random)
      let from = Int.random(in: 0...bytes.count - count, using: &random)
      bytes.removeSubrange(from..<from + count)
    default:
      for _ in 0..<Int.random(in: 1...8, using: &random) {
        let index = Int.random(in: 0..<bytes.count, using: &random)
        bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      }
    }
    return bytes
  }
}
