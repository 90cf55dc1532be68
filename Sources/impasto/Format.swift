import Foundation

/// Quantities as people read them.
enum Format {
  /// A number of bytes, such as `1.2 GB`.
  static func bytes(_ count: Int) -> String {
    var value = Double(count)
    for unit in ["B", "kB", "MB"] {
      if value < 1000 { return unit == "B" ? "\(count) B" : "\(number(value, 1)) \(unit)" }
      value /= 1000
    }
    return "\(number(value, 1)) GB"
  }

  /// A time span, such as `1:02:03` or `2:03`.
  static func duration(_ seconds: Double) -> String {
    let whole = Int(min(max(seconds, 0), 359_999).rounded())
    let (hours, minutes) = (whole / 3600, whole / 60 % 60)
    let tail = String(format: "%02d", whole % 60)
    return hours > 0 ? "\(hours):\(String(format: "%02d", minutes)):\(tail)" : "\(minutes):\(tail)"
  }

  /// A number with so many digits after the point.
  static func number(_ value: Double, _ digits: Int) -> String {
    String(format: "%.\(digits)f", value)
  }

  /// A number with so many significant digits.
  static func significant(_ value: Double, _ digits: Int = 4) -> String {
    String(format: "%.\(digits)g", value)
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
