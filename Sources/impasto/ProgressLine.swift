import Files
import Foundation

/// One line on stderr that is written over again and again; nothing when stderr is no terminal.
struct ProgressLine: Sendable {
  private let isVisible: Bool

  init(quiet: Bool = false) {
    isVisible = !quiet && isatty(STDERR_FILENO) == 1
  }

  /// Replaces the line, cut to the terminal's width.
  func show(_ text: String) {
    guard isVisible else { return }
    var window = winsize()
    let isKnown = ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &window) == 0 && window.ws_col > 0
    let columns = isKnown ? Int(window.ws_col) : 80
    write("\r\u{1B}[K\(text.printable.prefix(columns - 1))")
  }

  /// Removes the line.
  func clear() {
    if isVisible { write("\r\u{1B}[K") }
  }

  private func write(_ text: String) {
    FileHandle.standardError.write(Data(text.utf8))
  }
}

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
