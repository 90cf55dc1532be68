import Tensors

/// The patches of a picture, each with the way to where it is found in another.
struct FlowPatches {
  typealias Row = SIMD8<Float>

  /// Pixels of a patch's side, and from a patch to the next.
  static let side = 8
  static let stride = 4

  private static let mostSteps = 12
  /// A step shorter than this, in pixels, is the last.
  private static let shortestStep: Float = 0.03

  private let from: LumaPyramid.Level
  private let to: LumaPyramid.Level
  /// Left edges of the patches' columns and upper edges of their rows, in pixels.
  private let lefts: [Int]
  private let tops: [Int]
  /// A vector for each, row by row.
  private let vectors: [SIMD2<Float>]

  /// Looks for each patch.
  ///
  /// - Parameters:
  ///   - from: the picture that the patches are of.
  ///   - to: where they are looked for.
  ///   - coarse: what is known, at half the size.
  ///   - workers: the threads.
  init(
    from: LumaPyramid.Level, to: LumaPyramid.Level, startingFrom coarse: FlowField?,
    on workers: Workers
  ) {
    self.from = from
    self.to = to
    let (lefts, tops) = (Self.edges(from.width), Self.edges(from.height))
    (self.lefts, self.tops) = (lefts, tops)
    let rows = from.framed.withFloats { first in
      to.framed.withFloats { second -> [[SIMD2<Float>]] in
        guard let first = first.baseAddress, let second = second.baseAddress else { return [] }
        nonisolated(unsafe) let (a, b) = (first, second)
        return workers.map(tops.count) { row in
          lefts.map { left in
            Search(patch: (left, tops[row]), of: a, in: b, level: from)
              .vector(among: Self.candidates(left, tops[row], in: coarse, level: from))
          }
        }
      }
    }
    vectors = rows.flatMap(\.self)
  }

  /// Edges of patches that cover a side; a side shorter than a patch has one around it.
  private static func edges(_ count: Int) -> [Int] {
    guard count > side else { return [(count - side) / 2] }
    return Array(Swift.stride(from: 0, to: count - side, by: stride)) + [count - side]
  }

  /// Where to start from: what is known of the patch's center and of those beside it, and rest.
  private static func candidates(
    _ left: Int, _ top: Int, in coarse: FlowField?, level: LumaPyramid.Level
  ) -> [SIMD2<Float>] {
    guard let coarse else { return [.zero] }
    return coarse.vectors.withFloats { vectors in
      var candidates: [SIMD2<Float>] = []
      for (dx, dy) in [(0, 0), (-side, 0), (side, 0), (0, -side), (0, side)] {
        let x = min(max((left + side / 2 + dx) / 2, 0), coarse.width - 1)
        let y = min(max((top + side / 2 + dy) / 2, 0), coarse.height - 1)
        let i = 2 * (y * coarse.width + x)
        candidates.append(SIMD2(vectors[i], vectors[i + 1]) * 2)
      }
      return candidates + [.zero]
    }
  }

  /// A vector for each pixel: the mean of those of the patches over it, by how well each explains it.
  func field(on workers: Workers) -> FlowField {
    let (height, width) = (from.height, from.width)
    let border = LumaPyramid.border
    var result = Tensor(uninitialized: [height, width, 2])
    from.framed.withFloats { first in
      to.framed.withFloats { second in
        result.withMutableFloats { result in
          guard let first = first.baseAddress, let second = second.baseAddress else { return }
          workers.forEach(height) { y, _ in
            let rows = Self.covering(y, tops)
            for x in 0..<width {
              let own = first[(y + border) * from.stride + x + border]
              var sum = SIMD2<Float>.zero
              var weights: Float = 0
              for row in rows {
                for column in Self.covering(x, lefts) {
                  let vector = vectors[row * lefts.count + column]
                  let found = Self.sample(
                    second, to, x: Float(x) + vector.x, y: Float(y) + vector.y)
                  let weight = 1 / max(1, abs(found - own))
                  sum += vector * weight
                  weights += weight
                }
              }
              let mean = sum / weights
              result[2 * (y * width + x)] = mean.x
              result[2 * (y * width + x) + 1] = mean.y
            }
          }
        }
      }
    }
    return FlowField(result)
  }

  /// The patches over a pixel; those before the last stand at multiples of the stride.
  private static func covering(_ pixel: Int, _ edges: [Int]) -> Range<Int> {
    let first = min(max(0, (pixel - side + 1).dividedUp(by: stride)), edges.count - 1)
    var end = first + 1
    while end < edges.count, edges[end] <= pixel { end += 1 }
    return first..<end
  }

  private static func sample(
    _ pixels: UnsafePointer<Float>, _ level: LumaPyramid.Level, x: Float, y: Float
  ) -> Float {
    let border = Float(LumaPyramid.border)
    let (x, y) = (
      min(max(x + border, 0), Float(level.width) + 2 * border - 2),
      min(max(y + border, 0), Float(level.height) + 2 * border - 2)
    )
    let (left, top) = (Int(x), Int(y))
    let (across, down) = (x - Float(left), y - Float(top))
    let at = pixels + top * level.stride + left
    let upper = at[0] + across * (at[1] - at[0])
    let lower = at[level.stride] + across * (at[level.stride + 1] - at[level.stride])
    return upper + down * (lower - upper)
  }
}

extension FlowPatches {
  /// One patch's search for itself in the other picture, differences of brightness left out.
  private struct Search {
    private let template: UnsafePointer<Float>
    private let other: UnsafePointer<Float>
    private let level: LumaPyramid.Level
    private let origin: SIMD2<Float>
    /// The inverse of the sum of gradients' products, with the mean gradient taken out.
    private let inverse: (xx: Float, xy: Float, yy: Float)
    private let meanGradient: SIMD2<Float>

    private static let count = Float(side * side)

    init(
      patch: (left: Int, top: Int), of first: UnsafePointer<Float>,
      in second: UnsafePointer<Float>, level: LumaPyramid.Level
    ) {
      let border = LumaPyramid.border
      template = first + (patch.top + border) * level.stride + patch.left + border
      other = second
      self.level = level
      origin = SIMD2(Float(patch.left + border), Float(patch.top + border))
      var (xx, xy, yy, sumX, sumY) = (Row.zero, Row.zero, Row.zero, Row.zero, Row.zero)
      for row in 0..<side {
        let (dx, dy) = Self.gradient(template + row * level.stride, level.stride)
        xx += dx * dx
        xy += dx * dy
        yy += dy * dy
        sumX += dx
        sumY += dy
      }
      let mean = SIMD2(sumX.sum(), sumY.sum()) / Self.count
      meanGradient = mean
      // A little is added where there is no structure across or along an edge: nothing pulls there.
      let floor: Float = 16
      let (a, b, c) = (
        xx.sum() - Self.count * mean.x * mean.x + floor, xy.sum() - Self.count * mean.x * mean.y,
        yy.sum() - Self.count * mean.y * mean.y + floor
      )
      let determinant = max(a * c - b * b, 1e-6)
      inverse = (c / determinant, -b / determinant, a / determinant)
    }

    private static func gradient(_ at: UnsafePointer<Float>, _ stride: Int) -> (Row, Row) {
      (
        (row(at + 1) - row(at - 1)) * 0.5, (row(at + stride) - row(at - stride)) * 0.5
      )
    }

    private static func row(_ at: UnsafePointer<Float>) -> Row {
      UnsafeRawPointer(at).loadUnaligned(as: Row.self)
    }

    /// The way to where the patch is found: from the best of the candidates downhill, unless that leads
    /// farther than a patch away.
    func vector(among candidates: [SIMD2<Float>]) -> SIMD2<Float> {
      var (start, least) = (SIMD2<Float>.zero, Float.infinity)
      for candidate in candidates {
        let error = error(at: candidate).squares
        if error < least { (start, least) = (candidate, error) }
      }
      var (vector, best) = (start, start)
      for _ in 0..<mostSteps {
        let (squares, step) = error(at: vector)
        if squares <= least { (best, least) = (vector, squares) } else { break }
        vector -= step
        if (step * step).sum() < shortestStep * shortestStep { return vector }
        let far = vector - start
        if (far * far).sum() > Float(side * side) { return start }
      }
      return best
    }

    /// The sum of squared differences at a place, their mean taken out, and the step that would undo them.
    private func error(at vector: SIMD2<Float>) -> (squares: Float, step: SIMD2<Float>) {
      // No patch reaches beyond the frame.
      let most = SIMD2(
        Float(level.stride - side - 2),
        Float(level.height + 2 * LumaPyramid.border - side - 2))
      let place = (origin + vector).clamped(lowerBound: SIMD2(repeating: 1), upperBound: most)
      let (left, top) = (Int(place.x), Int(place.y))
      let (across, down) = (place.x - Float(left), place.y - Float(top))
      let at = other + top * level.stride + left
      var (squares, sum, gx, gy) = (Row.zero, Row.zero, Row.zero, Row.zero)
      for row in 0..<side {
        let upper = at + row * level.stride
        let lower = upper + level.stride
        let above = Self.row(upper) * (1 - across) + Self.row(upper + 1) * across
        let below = Self.row(lower) * (1 - across) + Self.row(lower + 1) * across
        let line = template + row * level.stride
        let difference = above * (1 - down) + below * down - Self.row(line)
        let (dx, dy) = Self.gradient(line, level.stride)
        squares += difference * difference
        sum += difference
        gx += dx * difference
        gy += dy * difference
      }
      let total = sum.sum()
      let (x, y) = (gx.sum() - total * meanGradient.x, gy.sum() - total * meanGradient.y)
      return (
        squares.sum() - total * total / Self.count,
        SIMD2(inverse.xx * x + inverse.xy * y, inverse.xy * x + inverse.yy * y)
      )
    }
  }
}
