/// `max(0, x)`, element by element.
enum Rectifier {
  /// Adds a bias to each row and clips it at zero.
  ///
  /// - Parameters:
  ///   - rows: rows of `columns` floats, changed in place.
  ///   - bias: `columns` floats.
  ///   - columns: the length of a row.
  static func addBiasAndRectify(
    _ rows: UnsafeMutableBufferPointer<Float>, bias: UnsafeBufferPointer<Float>, columns: Int
  ) {
    for row in stride(from: 0, to: rows.count, by: columns) {
      for column in 0..<columns {
        rows[row + column] = max(0, rows[row + column] + bias[column])
      }
    }
  }
}
