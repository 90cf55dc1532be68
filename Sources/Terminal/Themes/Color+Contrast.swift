import Foundation

extension Color {
  /// The relative luminance, 0…1, of WCAG 2.2; nil for colors that only the terminal knows.
  public var luminance: Double? {
    guard case .rgb(let red, let green, let blue) = self else { return nil }
    func linear(_ value: UInt8) -> Double {
      let value = Double(value) / 255
      return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }

  /// The contrast ratio, 1…21, of WCAG 2.2; nil where a color is the terminal's.
  public func contrast(with other: Color) -> Double? {
    guard let first = luminance, let second = other.luminance else { return nil }
    return (max(first, second) + 0.05) / (min(first, second) + 0.05)
  }

  /// This color or, where it is hard to read on one of some backgrounds, the nearest on the way to
  /// white or black that has this contrast with all of them.
  func legible(on backgrounds: [Color], contrast least: Double) -> Color {
    func worst(_ color: Color) -> Double {
      backgrounds.compactMap { color.contrast(with: $0) }.min() ?? .infinity
    }
    if worst(self) >= least { return self }
    let (white, black) = (Color(hex: 0xFFFFFF), Color(hex: 0))
    let goal = worst(white) >= worst(black) ? white : black
    for step in 1...20 {
      let color = mixed(with: goal, Double(step) / 20)
      if worst(color) >= least { return color }
    }
    return goal
  }

  /// A color between two, in sRGB; colors of the terminal stay what they are.
  func mixed(with other: Color, _ share: Double) -> Color {
    guard case .rgb(let red, let green, let blue) = self,
      case .rgb(let otherRed, let otherGreen, let otherBlue) = other
    else { return self }
    func mix(_ from: UInt8, _ to: UInt8) -> UInt8 {
      UInt8((Double(from) + (Double(to) - Double(from)) * share).rounded())
    }
    return .rgb(
      red: mix(red, otherRed), green: mix(green, otherGreen), blue: mix(blue, otherBlue))
  }
}
