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

  /// `to = activation > 0 ? gradient : 0`; where an activation is, nothing can be foretold, so that branches
  /// would cost more than all else.
  ///
  /// - Parameters:
  ///   - gradient: `count` floats.
  ///   - activation: likewise.
  ///   - to: likewise, overwritten; may be either of the others.
  ///   - count: how many.
  static func gate(
    _ gradient: UnsafePointer<Float>, by activation: UnsafePointer<Float>,
    into to: UnsafeMutablePointer<Float>, count: Int
  ) {
    typealias Lanes = SIMD16<Float>
    let whole = count / Lanes.scalarCount * Lanes.scalarCount
    for start in stride(from: 0, to: whole, by: Lanes.scalarCount) {
      let activation = UnsafeRawPointer(activation + start).loadUnaligned(as: Lanes.self)
      let slope = UnsafeRawPointer(gradient + start).loadUnaligned(as: Lanes.self)
      UnsafeMutableRawPointer(to + start).storeBytes(
        of: slope.replacing(with: 0, where: activation .<= 0), as: Lanes.self)
    }
    for i in whole..<count { to[i] = activation[i] > 0 ? gradient[i] : 0 }
  }
}
