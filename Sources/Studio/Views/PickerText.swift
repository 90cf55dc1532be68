import Files
import Terminal

/// How the file browser words and cuts what it shows.
enum PickerText {
  /// A text cut in its middle, where names differ least, to at most so many columns.
  static func cut(_ text: String, columns: Int) -> String {
    guard text.columns > columns else { return text }
    guard columns > 1 else { return columns == 1 ? "…" : "" }
    let room = columns - 1
    let tail = fitting(text.unicodeScalars.reversed(), columns: room / 2)
    let head = fitting(Array(text.unicodeScalars), columns: room - room / 2)
    return string(head) + "…" + string(tail.reversed())
  }

  private static func fitting(_ scalars: [Unicode.Scalar], columns: Int) -> [Unicode.Scalar] {
    var width = 0
    return scalars.prefix { scalar in
      width += String(scalar).columns
      return width <= columns
    }
  }

  private static func string(_ scalars: some Sequence<Unicode.Scalar>) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    return String(text)
  }

  /// A time as `2026-01-31 09:05`, or without the hours; proleptic Gregorian (Hinnant, "chrono-Compatible
  /// Low-Level Date Algorithms", `civil_from_days`).
  static func date(_ seconds: Int64, withTime: Bool) -> String {
    let day = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
    let second = seconds - day * 86_400
    let shifted = day + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    let date = [
      yearOfEra + era * 400 + (month >= 10 ? 1 : 0), month < 10 ? month + 3 : month - 9,
      dayOfYear - (153 * month + 2) / 5 + 1,
    ].map(padded).joined(separator: "-")
    return withTime ? "\(date) \(padded(second / 3600)):\(padded(second / 60 % 60))" : date
  }

  private static func padded(_ number: Int64) -> String {
    (0..<10).contains(number) ? "0\(number)" : "\(number)"
  }
}
