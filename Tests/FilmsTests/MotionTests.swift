import Pictures
import Tensors
import Testing

@testable import Films

@Suite struct MotionTests {
  private let workers = Workers(threads: 2)

  /// Samples, 160 pixels wide at most, seen from a place in them.
  private func view(_ name: String, left: Int = 0, noise seed: UInt64 = 0) throws -> Picture {
    let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let picture = try PictureDecoder.decode("/\(root)/samples/content/\(name).jpg")
      .resized(longerSide: 200, on: workers)
    var random = SeededRandom(seed: seed)
    var rgb: [UInt8] = []
    for y in 0..<min(110, picture.height) {
      for i in 3 * (y * picture.width + left)..<3 * (y * picture.width + left + 120) {
        let noise = Int.random(in: -4...4, using: &random)
        rgb.append(UInt8(min(max(Int(picture.rgb[i]) + noise, 0), 255)))
      }
    }
    return Picture(width: 120, height: rgb.count / 360, rgb: rgb)
  }

  private func motion(_ a: Picture, _ b: Picture) -> Motion {
    Motion(from: Seen(a, on: workers), to: Seen(b, on: workers), on: workers)
  }

  @Test(arguments: ["harbor", "street", "valley", "still-life"])
  func `a pan is one shot, and nearly all of it is found again`(name: String) throws {
    for step in [0, 2, 7] {
      let motion = motion(
        try view(name, noise: 1), try view(name, left: step, noise: 2))
      #expect(!motion.isCut && motion.reliability.share > 0.6, "\(motion.reliability.share)")
    }
  }

  @Test func `another place is another shot`() throws {
    for (a, b) in [
      ("harbor", "street"), ("street", "valley"), ("valley", "harbor"), ("still-life", "street"),
    ] {
      #expect(motion(try view(a), try view(b)).isCut, "\(a) to \(b)")
      #expect(motion(try view(b), try view(a)).isCut, "\(b) to \(a)")
    }
  }
}
