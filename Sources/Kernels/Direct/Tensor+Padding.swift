import Tensors

extension Tensor {
  /// This picture, `(height, width, channels)`, with rows below and columns on the right that reflect
  /// it, until both sides are multiples of `factor`.
  public func reflected(toMultipleOf factor: Int) -> Tensor {
    let height = shape.height.dividedUp(by: factor) * factor
    let width = shape.width.dividedUp(by: factor) * factor
    guard height != shape.height || width != shape.width else { return self }
    let (oldHeight, oldWidth, channels) = (shape.height, shape.width, shape.channels)
    var padded = Tensor(uninitialized: [height, width, channels])
    withFloats { source in
      padded.withMutableFloats { target in
        guard let source = source.baseAddress, let target = target.baseAddress else { return }
        for y in 0..<height {
          let from = source + (Border.reflect.inside(y, of: oldHeight) ?? 0) * oldWidth * channels
          let to = target + y * width * channels
          to.update(from: from, count: oldWidth * channels)
          for x in oldWidth..<width {
            let inside = Border.reflect.inside(x, of: oldWidth) ?? 0
            (to + x * channels).update(from: from + inside * channels, count: channels)
          }
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
