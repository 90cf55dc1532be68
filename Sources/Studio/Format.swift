import Foundation

/// Quantities as people read them.
public enum Format {
  /// A number of bytes, such as `1.2 GB`.
  public static func bytes(_ count: Int) -> String {
    var value = Double(count)
    for unit in ["B", "kB", "MB"] {
      if value < 1000 {
        return String(format: unit == "B" ? "%.0f \(unit)" : "%.1f \(unit)", value)
      }
      value /= 1000
    }
    return String(format: "%.1f GB", value)
  }

  /// A time span, such as `1:02:03` or `2:03`.
  public static func duration(_ seconds: Double) -> String {
    let whole = Int(min(max(seconds, 0), 359_999).rounded())
    let (hours, minutes) = (whole / 3600, whole / 60 % 60)
    let tail = String(format: "%02d", whole % 60)
    return hours > 0 ? "\(hours):\(String(format: "%02d", minutes)):\(tail)" : "\(minutes):\(tail)"
  }

  /// A number with so many significant digits.
  public static func significant(_ value: Double, _ digits: Int = 4) -> String {
    String(format: "%.\(digits)g", value)
  }
}
