import Foundation

/// The numbered colors of a terminal, and the nearest one to a color.
struct TerminalPalette: Sendable {
  /// How many colors: 0, 8, 16, 256, or all of sRGB.
  let count: Int

  /// sRGB of the colors that may stand for others.
  ///
  /// Of 256, the first 16 are left out: everyone sets those to taste.
  private let candidates: [(number: Int32, color: PerceivedColor)]
  private var known: [Color: Int32] = [:]

  /// The palette of a terminal with this many colors.
  init(count: Int) {
    self.count = count
    let numbers: Range<Int>
    switch count {
    case 256...: numbers = 16..<256
    case 16...: numbers = 0..<16
    case 8...: numbers = 0..<8
    default: numbers = 0..<0
    }
    candidates = numbers.map { number in
      (Int32(number), PerceivedColor(Self.standard[number]))
    }
  }

  /// Whether colors are given as sRGB.
  var isDirect: Bool { count > TerminfoEntry.firstIndexed }

  /// The number that ncurses knows a color by; -1 for the terminal's own.
  mutating func number(of color: Color) -> Int32 {
    switch color {
    case .standard: return -1
    case .rgb(let red, let green, let blue) where isDirect:
      return Int32(red) << 16 | Int32(green) << 8 | Int32(blue)
    case .indexed(let index) where isDirect: return TerminfoEntry.firstIndexed + Int32(index)
    case .indexed(let index) where index < count: return Int32(index)
    default: break
    }
    if let number = known[color] { return number }
    // Pictures in block characters can have any number of colors.
    if known.count >= 1 << 14 { known.removeAll(keepingCapacity: true) }
    let number = nearest(to: PerceivedColor(Self.rgb(of: color)))
    known[color] = number
    return number
  }

  private func nearest(to color: PerceivedColor) -> Int32 {
    candidates.min { $0.color.distance(to: color) < $1.color.distance(to: color) }?.number ?? -1
  }

  private static func rgb(of color: Color) -> RGB {
    switch color {
    case .standard: standard[0]
    case .rgb(let red, let green, let blue): RGB(red: red, green: green, blue: blue)
    case .indexed(let index): standard[Int(index)]
    }
  }

  /// xterm's 256 colors: 16 that have names, a cube of six levels a side, 24 grays.
  private static let standard: [RGB] = {
    let named: [UInt32] = [
      0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD, 0x00CDCD, 0xE5E5E5,
      0x7F7F7F, 0xFF0000, 0x00FF00, 0xFFFF00, 0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF,
    ]
    let levels: [UInt8] = [0, 95, 135, 175, 215, 255]
    let cube = (0..<216).map {
      RGB(red: levels[$0 / 36], green: levels[$0 / 6 % 6], blue: levels[$0 % 6])
    }
    let grays = (0..<24).map { (step: Int) -> RGB in
      let level = UInt8(8 + 10 * step)
      return RGB(red: level, green: level, blue: level)
    }
    return named.map { RGB(hex: $0) } + cube + grays
  }()
}

/// sRGB in bytes.
struct RGB: Equatable {
  var red: UInt8
  var green: UInt8
  var blue: UInt8
}

extension RGB {
  /// `0xRRGGBB`.
  init(hex: UInt32) {
    self.init(
      red: UInt8(hex >> 16 & 0xFF), green: UInt8(hex >> 8 & 0xFF), blue: UInt8(hex & 0xFF))
  }
}

/// A color in Oklab (Ottosson, 2020), in which equal distances look about equally far apart.
struct PerceivedColor {
  private let lab: SIMD3<Float>

  init(_ color: RGB) {
    func linear(_ value: UInt8) -> Float {
      let value = Float(value) / 255
      return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    let (r, g, b) = (linear(color.red), linear(color.green), linear(color.blue))
    let l = cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
    let m = cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    let s = cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    lab = [
      0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
      1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
      0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s,
    ]
  }

  /// The square of the distance.
  func distance(to other: Self) -> Float {
    let difference = lab - other.lab
    return (difference * difference).sum()
  }
}
