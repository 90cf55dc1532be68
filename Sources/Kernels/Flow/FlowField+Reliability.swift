import Tensors

extension FlowField {
  /// Where the field can be relied on: 1 where the pixel was seen before, 0 where it was hidden, lay outside
  /// the picture, or things move apart.
  ///
  /// Ruder, Dosovitskiy and Brox 2016, eqs. 5 and 6, after Sundaram and others 2010: a vector and the one
  /// that leads back must cancel out, and vectors must change little around the pixel.
  ///
  /// - Parameters:
  ///   - back: from the picture this field leads to, to the one it starts from.
  ///   - workers: the threads.
  public func reliability(against back: FlowField, on workers: Workers) -> Reliability {
    precondition(vectors.shape == back.vectors.shape)
    let (height, width) = (height, width)
    var result = Tensor(uninitialized: [height, width, 1])
    vectors.withFloats { own in
      back.vectors.withFloats { back in
        result.withMutableFloats { result in
          func vector(_ field: UnsafeBufferPointer<Float>, _ y: Int, _ x: Int) -> SIMD2<Float> {
            let i = 2 * (y * width + x)
            return SIMD2(field[i], field[i + 1])
          }
          workers.forEach(height) { y, _ in
            for x in 0..<width {
              let here = vector(own, y, x)
              let there = SIMD2(Float(x), Float(y)) + here
              let isInside =
                there.x > -0.5 && there.x < Float(width) - 0.5 && there.y > -0.5
                && there.y < Float(height) - 0.5
              let (left, across) = Self.place(there.x, below: width)
              let (top, down) = Self.place(there.y, below: height)
              let (right, bottom) = (min(left + 1, width - 1), min(top + 1, height - 1))
              let upper =
                vector(back, top, left) * (1 - across) + vector(back, top, right) * across
              let lower =
                vector(back, bottom, left) * (1 - across) + vector(back, bottom, right) * across
              let returning = upper * (1 - down) + lower * down
              let gap = here + returning
              let isConsistent =
                (gap * gap).sum() <= 0.01 * ((here * here).sum() + (returning * returning).sum())
                + 0.5
              let right2 = vector(own, y, min(x + 1, width - 1))
              let left2 = vector(own, y, max(x - 1, 0))
              let below = vector(own, min(y + 1, height - 1), x)
              let above = vector(own, max(y - 1, 0), x)
              let (dx, dy) = ((right2 - left2) * 0.5, (below - above) * 0.5)
              let isSmooth =
                (dx * dx).sum() + (dy * dy).sum() <= 0.01 * (here * here).sum()
                + Self.roughness
              result[y * width + x] = isInside && isConsistent && isSmooth ? 1 : 0
            }
          }
        }
      }
    }
    return Reliability(result)
  }

  /// How much vectors may change around a pixel that rests, squared: the article has 0.002 for fields that
  /// were smoothed by their estimator; these are not.
  private static let roughness: Float = 0.05
}
