import CZlib
import Foundation
import Pictures

@testable import Terminal

/// A terminal's side of Kitty's protocol, written from its documentation.
struct KittyTerminal {
  struct Image {
    var keys: [String: String]
    var pixels: [UInt8]
  }

  /// What the terminal holds, by number.
  private(set) var images: [Int: Image] = [:]
  /// How long the longest piece of a picture was.
  private(set) var longestPiece = 0
  private var pending: (keys: [String: String], base64: [UInt8])?

  /// Takes sequences and nothing else.
  mutating func receive(_ bytes: [UInt8]) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      guard rest.starts(with: "\u{1B}_G".utf8), let end = rest.dropFirst().firstIndex(of: 0x1B),
        rest[(end + 1)...].first == UInt8(ascii: "\\")
      else { throw Garbled() }
      try command(rest.dropFirst(3)[..<end])
      rest = rest[(end + 2)...]
    }
  }

  private mutating func command(_ bytes: ArraySlice<UInt8>) throws {
    let parts = bytes.split(separator: UInt8(ascii: ";"), maxSplits: 1)
    var keys: [String: String] = [:]
    for pair in String(decoding: parts[0], as: UTF8.self).split(separator: ",") {
      let sides = pair.split(separator: "=").map(String.init)
      guard sides.count == 2 else { throw Garbled() }
      keys[sides[0]] = sides[1]
    }
    let payload = parts.count > 1 ? Array(parts[1]) : []
    longestPiece = max(longestPiece, payload.count)
    if keys["a"] == "d" {
      guard keys["d"] == "I", let number = keys["i"].flatMap({ Int($0) }) else { throw Garbled() }
      images[number] = nil
      return
    }
    if pending == nil { pending = (keys, []) }
    pending?.base64 += payload
    guard keys["m"] != "1", let whole = pending else { return }
    pending = nil
    guard let number = whole.keys["i"].flatMap({ Int($0) }),
      let packed = Data(base64Encoded: Data(whole.base64)),
      let (width, height) = whole.keys["s"].flatMap({ Int($0) }).flatMap({ width in
        whole.keys["v"].flatMap { Int($0) }.map { (width, $0) }
      })
    else { throw Garbled() }
    images[number] = Image(
      keys: whole.keys, pixels: try inflated([UInt8](packed), count: 3 * width * height))
  }

  private func inflated(_ packed: [UInt8], count: Int) throws -> [UInt8] {
    var length = UInt(count)
    var result = [UInt8](repeating: 0, count: count)
    guard uncompress(&result, &length, packed, UInt(packed.count)) == Z_OK, length == count else {
      throw Garbled()
    }
    return result
  }
}

/// What is not what the protocol says.
struct Garbled: Error {}

/// What a terminal paints for a sequence of sixels; nil where it paints nothing.
struct SixelRaster {
  let width, height: Int
  private(set) var pixels: [Int: (UInt8, UInt8, UInt8)] = [:]
  /// Paint outside of what the header announced.
  private(set) var strayCount = 0
  private(set) var endsInNewLine = false

  init(_ bytes: [UInt8]) throws {
    let text = String(decoding: bytes, as: UTF8.self)
    guard text.hasPrefix("\u{1B}P0;1;0q\"1;1;"), text.hasSuffix("\u{1B}\\") else { throw Garbled() }
    var body = Array(text.dropFirst("\u{1B}P0;1;0q\"1;1;".count).dropLast(2).utf8)[...]
    func number() -> Int {
      let digits = body.prefix { (0x30...0x39).contains($0) }
      body = body.dropFirst(digits.count)
      return Int(String(decoding: digits, as: UTF8.self)) ?? 0
    }
    func skip(_ byte: String) throws {
      guard body.first == byte.utf8.first else { throw Garbled() }
      body.removeFirst()
    }
    width = number()
    try skip(";")
    height = number()
    var palette: [Int: (UInt8, UInt8, UInt8)] = [:]
    var (x, y, color, count) = (0, 0, 0, 1)
    while let byte = body.popFirst() {
      endsInNewLine = byte == UInt8(ascii: "-")
      switch byte {
      case UInt8(ascii: "#"):
        color = number()
        guard body.first == UInt8(ascii: ";") else { continue }
        var values: [Int] = []
        while body.first == UInt8(ascii: ";") {
          body.removeFirst()
          values.append(number())
        }
        guard values.count == 4, values[0] == 2, values.dropFirst().allSatisfy({ $0 <= 100 }) else {
          throw Garbled()
        }
        let levels = values.dropFirst().map { UInt8(($0 * 255 + 50) / 100) }
        palette[color] = (levels[0], levels[1], levels[2])
      case UInt8(ascii: "!"): count = number()
      case UInt8(ascii: "$"): x = 0
      case UInt8(ascii: "-"): (x, y) = (0, y + 6)
      case 0x3F...0x7E:
        for bit in 0..<6 where (byte - 0x3F) >> UInt8(bit) & 1 == 1 {
          for column in x..<x + count {
            if column >= width || y + bit >= height {
              strayCount += 1
            } else {
              pixels[(y + bit) * width + column] = palette[color]
            }
          }
        }
        x += count
        count = 1
      case 0x0A, 0x0D: break
      default: throw Garbled()
      }
    }
  }
}

/// Cells as a font that is true to Unicode would show them.
struct CellRaster {
  /// So many pixels a cell each way: halves, thirds, quarters and eighths are whole.
  static let side = 24
  let picture: Picture

  init(_ cells: [Cell], size: Size) throws {
    let side = Self.side
    let width = size.columns * side
    var rgb = [UInt8](repeating: 0, count: 3 * width * size.rows * side)
    for (index, cell) in cells.enumerated() {
      guard case .text(let text) = cell.content, let scalar = text.unicodeScalars.first else {
        throw Garbled()
      }
      let (front, back) = (Self.rgb(cell.style.foreground), Self.rgb(cell.style.background))
      for y in 0..<side {
        for x in 0..<side {
          guard let share = Self.ink(scalar, Double(x) / Double(side), Double(y) / Double(side))
          else { throw Garbled() }
          let place =
            3 * ((index / size.columns * side + y) * width + index % size.columns * side + x)
          for channel in 0..<3 {
            rgb[place + channel] = UInt8(
              Double(front[channel]) * share + Double(back[channel]) * (1 - share))
          }
        }
      }
    }
    picture = Picture(width: width, height: size.rows * side, rgb: rgb)
  }

  /// How much of a place is foreground.
  private static func ink(_ scalar: Unicode.Scalar, _ x: Double, _ y: Double) -> Double? {
    let value = scalar.value
    switch value {
    case 0x20: return 0
    case 0x2580: return y < 0.5 ? 1 : 0
    case 0x2581...0x2588: return y >= 1 - Double(value - 0x2580) / 8 ? 1 : 0
    case 0x2589...0x258F: return x < Double(0x2590 - value) / 8 ? 1 : 0
    case 0x2590: return x >= 0.5 ? 1 : 0
    case 0x2591...0x2593: return Double(value - 0x2590) / 4
    case 0x2594: return y < 0.125 ? 1 : 0
    case 0x2595: return x >= 0.875 ? 1 : 0
    case 0x2596...0x259F:
      // Bits: upper left, upper right, lower left, lower right.
      let quarters: [Int] = [4, 8, 1, 13, 9, 7, 11, 2, 6, 14]
      let bit = (y < 0.5 ? 0 : 2) + (x < 0.5 ? 0 : 1)
      return Double(quarters[Int(value - 0x2596)] >> bit & 1)
    case 0x1FB00...0x1FB3B:
      // All patterns of six but none, all, and the two halves that were there before.
      var pattern = Int(value - 0x1FB00) + 1
      if pattern >= 0b010101 { pattern += 1 }
      if pattern >= 0b101010 { pattern += 1 }
      let bit = Int(y * 3) * 2 + (x < 0.5 ? 0 : 1)
      return Double(pattern >> bit & 1)
    default: return nil
    }
  }

  /// sRGB as xterm has it.
  private static func rgb(_ color: Color) -> [UInt8] {
    switch color {
    case .standard: return [0, 0, 0]
    case .rgb(let red, let green, let blue): return [red, green, blue]
    case .indexed(let index) where index >= 232:
      return Array(repeating: 8 + 10 * (index - 232), count: 3)
    case .indexed(let index) where index >= 16:
      let levels: [UInt8] = [0, 95, 135, 175, 215, 255]
      let number = Int(index) - 16
      return [levels[number / 36], levels[number / 6 % 6], levels[number % 6]]
    case .indexed(let index):
      let level: UInt8 = index < 8 ? 0x80 : 0xFF
      return (0..<3).map { index >> UInt8($0) & 1 == 1 ? level : 0 }
    }
  }
}

/// The mean of the differences of all samples, in 0…255.
func meanDifference(_ one: Picture, _ other: Picture) -> Double {
  let sum = zip(one.rgb, other.rgb).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
  return Double(sum) / Double(one.rgb.count)
}

/// Slopes, edges and all hues.
func testPicture(_ width: Int, _ height: Int) -> Picture {
  let rgb = (0..<height).flatMap { y in
    (0..<width).flatMap { x -> [UInt8] in
      let isInside = (x * 3 / width + y * 3 / height) % 2 == 1
      return [
        UInt8(x * 255 / max(1, width - 1)), UInt8(y * 255 / max(1, height - 1)),
        isInside ? 220 : 40,
      ]
    }
  }
  return Picture(width: width, height: height, rgb: rgb)
}
