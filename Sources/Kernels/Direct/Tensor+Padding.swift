import Tensors

extension Tensor {
  /// This picture, `(height, width, channels)`, with rows below and columns on the right that reflect
  /// it, until both sides are multiples of `factor`.
  public func reflected(toMultipleOf factor: Int) -> Tensor {
    let height = shape.height.dividedUp(by: factor) * factor
    let width = shape.width.dividedUp(by: factor) * factor
    return reflected(rows: 0..<height, columns: 0..<width)
  }

  /// This picture, `(height, width, channels)`, with so many rows and columns on each side that reflect it.
  public func reflected(by margin: Int) -> Tensor {
    reflected(
      rows: -margin..<shape.height + margin, columns: -margin..<shape.width + margin)
  }

  /// Rows and columns of a picture, also those beyond its edges, which reflect it.
  private func reflected(rows: Range<Int>, columns: Range<Int>) -> Tensor {
    guard rows.count != shape.height || columns.count != shape.width else { return self }
    let (height, width, channels) = (shape.height, shape.width, shape.channels)
    var padded = Tensor(uninitialized: [rows.count, columns.count, channels])
    withFloats { source in
      padded.withMutableFloats { target in
        guard let source = source.baseAddress, let target = target.baseAddress else { return }
        for (y, row) in rows.enumerated() {
          let from = source + (Border.reflect.inside(row, of: height) ?? 0) * width * channels
          let to = target + y * columns.count * channels
          for (x, column) in columns.enumerated() where !(0..<width).contains(column) {
            let inside = Border.reflect.inside(column, of: width) ?? 0
            (to + x * channels).update(from: from + inside * channels, count: channels)
          }
          (to - columns.lowerBound * channels).update(from: from, count: width * channels)
        }
      }
    }
    return padded
  }

  /// The rows and columns of a picture, `(height, width, channels)`, in these ranges.
  public func cropped(rows: Range<Int>, columns: Range<Int>) -> Tensor {
    precondition(rows.lowerBound >= 0 && rows.upperBound <= shape.height)
    precondition(columns.lowerBound >= 0 && columns.upperBound <= shape.width)
    guard rows.count != shape.height || columns.count != shape.width else { return self }
    let (width, channels) = (shape.width, shape.channels)
    var part = Tensor(uninitialized: [rows.count, columns.count, channels])
    let run = columns.count * channels
    withFloats { source in
      part.withMutableFloats { target in
        guard let source = source.baseAddress, let target = target.baseAddress else { return }
        for (index, row) in rows.enumerated() {
          (target + index * run).update(
            from: source + (row * width + columns.lowerBound) * channels, count: run)
        }
      }
    }
    return part
  }
}
