import Files
import Foundation
import Pictures

/// Files that `Fixtures/make.py` made with Pillow, and what Pillow decodes them to.
enum Fixture {
  static let all = names(ending: [".png", ".jpg", ".webp"])

  static func names(ending: [String]) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { name in ending.contains { name.hasSuffix($0) } }.sorted()
  }

  static func path(_ name: String) -> String { "\(folder)/\(name)" }

  static func bytes(_ name: String) throws -> [UInt8] { try FileBytes.read(path(name)) }

  /// Pillow's pixels: three sizes, width, height and channels, then interleaved bytes.
  static func expected(_ name: String) throws -> Picture {
    let bytes = try FileBytes.read(path("\(name).raw"))
    let sizes = (0..<3).map { index in
      (0..<4).reduce(0) { $0 | Int(bytes[4 * index + $1]) << (8 * $1) }
    }
    let pixels = bytes[12...].indices.lazy
    let channels = sizes[2]
    return Picture(
      width: sizes[0], height: sizes[1],
      rgb: pixels.filter { ($0 - 12) % channels < 3 }.map { bytes[$0] },
      alpha: channels == 4 ? pixels.filter { ($0 - 12) % 4 == 3 }.map { bytes[$0] } : nil)
  }

  private static let folder = Bundle.module.bundlePath + "/Fixtures"
}

/// The largest difference of two samples, opacity included; 256 if the pictures are not alike.
func largestDifference(_ a: Picture, _ b: Picture) -> Int {
  guard a.width == b.width, a.height == b.height, (a.alpha == nil) == (b.alpha == nil) else {
    return 256
  }
  func largest(_ x: [UInt8], _ y: [UInt8]) -> Int {
    zip(x, y).reduce(0) { largest, pair in max(largest, abs(Int(pair.0) - Int(pair.1))) }
  }
  return max(largest(a.rgb, b.rgb), largest(a.alpha ?? [], b.alpha ?? []))
}
