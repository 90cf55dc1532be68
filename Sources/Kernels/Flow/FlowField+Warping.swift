import Tensors

extension FlowField {
  /// The picture that the field leads to, seen from where it starts: each pixel is what its vector points
  /// at.
  ///
  /// Catmull and Rom's cubic, since pictures that are warped again and again by bilinear weights blur.
  ///
  /// - Parameters:
  ///   - image: `(height, width, 3)` in 0…1, of the field's size; edges are replicated.
  ///   - workers: the threads.
  public func warping(_ image: Tensor, on workers: Workers) -> Tensor {
    let (height, width) = (height, width)
    precondition(image.shape == [height, width, 3], "\(image.shape) along \(vectors.shape)")
    var result = Tensor(uninitialized: image.shape)
    vectors.withFloats { vectors in
      image.withFloats { image in
        result.withMutableFloats { result in
          func pixel(_ y: Int, _ x: Int) -> SIMD4<Float> {
            let i = 3 * (y * width + x)
            return SIMD4(image[i], image[i + 1], image[i + 2], 0)
          }
          workers.forEach(height) { y, _ in
            for x in 0..<width {
              let i = y * width + x
              let (left, across) = Self.place(Float(x) + vectors[2 * i], below: width)
              let (top, down) = Self.place(Float(y) + vectors[2 * i + 1], below: height)
              let (columns, rows) = (Self.weights(across), Self.weights(down))
              var sum = SIMD4<Float>.zero
              for j in 0..<4 {
                let row = min(max(top + j - 1, 0), height - 1)
                var line = SIMD4<Float>.zero
                for k in 0..<4 {
                  line += columns[k] * pixel(row, min(max(left + k - 1, 0), width - 1))
                }
                sum += rows[j] * line
              }
              sum.clamp(lowerBound: .zero, upperBound: .one)
              for channel in 0..<3 { result[3 * i + channel] = sum[channel] }
            }
          }
        }
      }
    }
    return result
  }

  /// The pixel left of a place, and how far it is from there.
  static func place(_ x: Float, below count: Int) -> (Int, Float) {
    let x = min(max(x, 0), Float(count - 1))
    let whole = x.rounded(.down)
    return (Int(whole), x - whole)
  }

  /// What four neighbors count at a place between the middle ones.
  private static func weights(_ t: Float) -> SIMD4<Float> {
    let (t2, t3) = (t * t, t * t * t)
    return SIMD4(
      -0.5 * t + t2 - 0.5 * t3, 1 - 2.5 * t2 + 1.5 * t3, 0.5 * t + 2 * t2 - 1.5 * t3,
      -0.5 * t2 + 0.5 * t3)
  }
}
