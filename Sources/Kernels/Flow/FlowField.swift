import Tensors

/// Where each pixel of a picture is found in another one.
public struct FlowField: Sendable {
  /// The way from a pixel to where it is found, in pixels, `(height, width, 2)`: across, then down.
  public let vectors: Tensor

  /// A field of these vectors, `(height, width, 2)`.
  public init(_ vectors: Tensor) {
    precondition(vectors.shape.rank == 3 && vectors.shape.channels == 2, "\(vectors.shape)")
    self.vectors = vectors
  }

  /// Rows.
  public var height: Int { vectors.shape.height }
  /// Columns.
  public var width: Int { vectors.shape.width }

  /// The field for pictures of another size: bilinear, vectors grown with the picture.
  public func resized(height: Int, width: Int, on workers: Workers) -> FlowField {
    if (height, width) == (self.height, self.width) { return self }
    let (fromHeight, fromWidth) = (self.height, self.width)
    let scale = SIMD2(Float(width) / Float(fromWidth), Float(height) / Float(fromHeight))
    var result = Tensor(uninitialized: [height, width, 2])
    vectors.withFloats { vectors in
      result.withMutableFloats { result in
        func vector(_ y: Int, _ x: Int) -> SIMD2<Float> {
          let i = 2 * (y * fromWidth + x)
          return SIMD2(vectors[i], vectors[i + 1])
        }
        workers.forEach(height) { y, _ in
          let row = min(max((Float(y) + 0.5) / scale.y - 0.5, 0), Float(fromHeight - 1))
          let top = Int(row)
          let (bottom, down) = (min(top + 1, fromHeight - 1), row - Float(top))
          for x in 0..<width {
            let column = min(max((Float(x) + 0.5) / scale.x - 0.5, 0), Float(fromWidth - 1))
            let left = Int(column)
            let (right, across) = (min(left + 1, fromWidth - 1), column - Float(left))
            let upper = vector(top, left) * (1 - across) + vector(top, right) * across
            let lower = vector(bottom, left) * (1 - across) + vector(bottom, right) * across
            let mean = (upper * (1 - down) + lower * down) * scale
            result[2 * (y * width + x)] = mean.x
            result[2 * (y * width + x) + 1] = mean.y
          }
        }
      }
    }
    return FlowField(result)
  }
}
