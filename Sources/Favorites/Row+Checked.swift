import Foundation
import GRDB

/// Values of rows that nobody vouches for: SQLite stores any type in any column, and a damaged file may
/// hold what no constraint allows. GRDB's own subscripts crash on that.
extension Row {
  /// The text of a column; nil when there is none.
  func text(_ column: String) -> String? {
    if case .string(let text) = storage(column) { text } else { nil }
  }

  /// The integer of a column; nil when there is none.
  func integer(_ column: String) -> Int64? {
    if case .int64(let number) = storage(column) { number } else { nil }
  }

  /// The number of a column; nil when there is none.
  func number(_ column: String) -> Double? {
    switch storage(column) {
    case .double(let number): number
    case .int64(let number): Double(number)
    default: nil
    }
  }

  private func storage(_ column: String) -> DatabaseValue.Storage {
    hasColumn(column) ? (self[column] as DatabaseValue).storage : .null
  }
}
