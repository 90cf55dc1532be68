import Foundation

/// A color as people see it: lightness, and how far from gray toward red or green and yellow or blue.
///
/// Ottosson 2020, "A perceptual color space for image processing": equal distances look about equal, and
/// lightness can change without hue. Grays have `a` = `b` = 0.
struct OkLab: Equatable, Sendable {
  /// Lightness, 0 for black to 1 for white; `a`, green to red; `b`, blue to yellow.
  var components: SIMD3<Float>

  var lightness: Float { components.x }

  init(_ components: SIMD3<Float>) { self.components = components }

  init(lightness: Float, colorOf other: OkLab) {
    components = SIMD3(lightness, other.components.y, other.components.z)
  }

  /// The color of three gamma-encoded sRGB bytes.
  init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
    let rgb = SIMD3(
      Self.linear[Int(red)], Self.linear[Int(green)], Self.linear[Int(blue)])
    let cones = SIMD3(
      cbrt((rgb * SIMD3(0.412_221_470_8, 0.536_332_536_3, 0.051_445_992_9)).sum()),
      cbrt((rgb * SIMD3(0.211_903_498_2, 0.680_699_545_1, 0.107_396_956_6)).sum()),
      cbrt((rgb * SIMD3(0.088_302_461_9, 0.281_718_837_6, 0.629_978_700_5)).sum()))
    components = SIMD3(
      (cones * SIMD3(0.210_454_255_3, 0.793_617_785_0, -0.004_072_046_8)).sum(),
      (cones * SIMD3(1.977_998_495_1, -2.428_592_205_0, 0.450_593_709_9)).sum(),
      (cones * SIMD3(0.025_904_037_1, 0.782_771_766_2, -0.808_675_766_0)).sum())
  }

  /// The gamma-encoded sRGB bytes nearest to this color.
  ///
  /// What sRGB cannot show loses color, not lightness or hue, until it can; less than half a byte of color
  /// is none, so that gray stays gray.
  var bytes: (red: UInt8, green: UInt8, blue: UInt8) {
    let lightness = min(max(lightness, 0), 1)
    let color = SIMD2(components.y, components.z)
    guard (color * color).sum() > Self.leastColor * Self.leastColor else {
      let gray = Self.byte(lightness * lightness * lightness)
      return (gray, gray, gray)
    }
    var rgb = Self.linear(lightness, color)
    if !Self.isShowable(rgb) {
      var (inside, outside): (Float, Float) = (0, 1)
      for _ in 0..<12 {
        let middle = (inside + outside) / 2
        if Self.isShowable(Self.linear(lightness, color * middle)) {
          inside = middle
        } else {
          outside = middle
        }
      }
      rgb = Self.linear(lightness, color * inside)
    }
    return (Self.byte(rgb.x), Self.byte(rgb.y), Self.byte(rgb.z))
  }

  private static let leastColor: Float = 5e-4

  /// Rounding may take a showable color as far as this beyond the edge.
  private static func isShowable(_ rgb: SIMD3<Float>) -> Bool {
    rgb.min() >= -1e-4 && rgb.max() <= 1 + 1e-4
  }

  /// Linear sRGB, which may lie outside of 0…1.
  private static func linear(_ lightness: Float, _ color: SIMD2<Float>) -> SIMD3<Float> {
    let roots = SIMD3(
      lightness + (color * SIMD2(0.396_337_777_4, 0.215_803_757_3)).sum(),
      lightness - (color * SIMD2(0.105_561_345_8, 0.063_854_172_8)).sum(),
      lightness - (color * SIMD2(0.089_484_177_5, 1.291_485_548_0)).sum())
    let cones = roots * roots * roots
    return SIMD3(
      (cones * SIMD3(4.076_741_662_1, -3.307_711_591_3, 0.230_969_929_2)).sum(),
      (cones * SIMD3(-1.268_438_004_6, 2.609_757_401_1, -0.341_319_396_5)).sum(),
      (cones * SIMD3(-0.004_196_086_3, -0.703_418_614_7, 1.707_614_701_0)).sum())
  }

  /// What each byte means in linear light (IEC 61966-2-1).
  private static let linear: [Float] = (0...255).map { byte in
    let x = Double(byte) / 255
    return Float(x <= 0.04045 ? x / 12.92 : pow((x + 0.055) / 1.055, 2.4))
  }

  /// The reverse, by 16-bit steps: less than 0.03 of a byte off.
  private static let encoded: [UInt8] = (0...65_535).map { step in
    let x = Double(step) / 65_535
    let y = x <= 0.003_130_8 ? 12.92 * x : 1.055 * pow(x, 1 / 2.4) - 0.055
    return UInt8((255 * y).rounded())
  }

  private static func byte(_ linear: Float) -> UInt8 {
    encoded[Int(min(max(linear, 0), 1) * 65_535 + 0.5)]
  }
}
