import Tensors

/// `max(0, x)`, element by element.
public enum Rectifier {
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

  /// Clears the gradient wherever the rectifier had clipped.
  ///
  /// - Parameters:
  ///   - gradient: with respect to the rectifier's output; afterwards to its input.
  ///   - activation: the rectifier's output, of the same shape.
  ///   - workers: the threads.
  public static func backward(_ gradient: inout Tensor, activation: Tensor, on workers: Workers) {
    precondition(gradient.shape == activation.shape)
    gradient.withMutableFloats { gradient in
      activation.withFloats { activation in
        workers.forEachRange(of: activation.count, grain: 1 << 16) { range, _ in
          for i in range where activation[i] <= 0 { gradient[i] = 0 }
        }
      }
    }
  }
}
