import Foundation

/// Quantities in columns: the same width whatever the value, so that nothing jumps while they change.
enum Readout {
  /// A loss in at most seven columns; `–` for what is no number.
  static func loss(_ value: Double) -> String {
    guard value.isFinite else { return "–" }
    switch abs(value) {
    case 0: return "0"
    case ..<1e-99, 1e100...: return String(format: "%.0e", value)
    case ..<0.0001, 100_000...: return String(format: "%.1e", value)
    case ..<1: return String(format: "%.4f", value)
    case ..<10: return String(format: "%.3f", value)
    case ..<100: return String(format: "%.2f", value)
    case ..<1000: return String(format: "%.1f", value)
    default: return String(format: "%.0f", value)
    }
  }

  /// The widest `loss`.
  static let lossColumns = 8

  /// Measures of a result by short names, from its metrics; what was not measured is left out.
  static func measures(_ metrics: [String: Double]) -> [(name: String, value: String)] {
    [("psnr", " dB"), ("ssim", ""), ("perceptual", ""), ("lpips", ""), ("gram", "")]
      .compactMap { name, unit in
        metrics[name].map { value in
          (name, value == .infinity ? "∞" : Format.significant(value, 3) + unit)
        }
      }
  }

  /// Seconds an iteration, in four columns until it takes hours.
  static func seconds(_ value: Double) -> String {
    guard value.isFinite, value >= 0 else { return "–" }
    switch value {
    case ..<9.995: return String(format: "%.2f", value)
    case ..<99.95: return String(format: "%.1f", value)
    default: return String(format: "%.0f", min(value, 1e6))
    }
  }

  /// A share in percent.
  static func percent(_ share: Double) -> String {
    guard share.isFinite else { return "–" }
    return String(format: "%.0f %%", min(max(share * 100, -999), 999))
  }

  /// A number of bytes in at most six columns up to a terabyte.
  static func bytes(_ count: Int) -> String {
    let megabytes = Double(max(0, count)) / 1e6
    return megabytes < 999.5
      ? String(format: "%.0f MB", megabytes) : String(format: "%.1f GB", megabytes / 1000)
  }

  /// So many of so many, the first as wide as the second.
  static func progress(_ count: Int, of total: Int) -> String {
    "\(count)".leftPadded(to: "\(total)".count) + "/\(total)"
  }
}
