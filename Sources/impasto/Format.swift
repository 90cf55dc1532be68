import Foundation
import Studio

extension Format {
  /// A number with so many digits after the point.
  static func number(_ value: Double, _ digits: Int) -> String {
    String(format: "%.\(digits)f", value)
  }

  /// A bar filled to a fraction, such as `██████░░░░`.
  static func bar(_ fraction: Double, width: Int = 20) -> String {
    let filled = Int((min(max(fraction, 0), 1) * Double(width)).rounded(.down))
    return String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
  }
}

extension String {
  /// This text with spaces up to a width of so many characters.
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(1, width - count))
  }

  /// This text with spaces before it up to a width of so many characters.
  func paddedLeft(to width: Int) -> String {
    String(repeating: " ", count: max(1, width - count)) + self
  }
}
