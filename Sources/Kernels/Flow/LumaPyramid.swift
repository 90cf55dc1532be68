import Tensors

/// A gray picture at half its size, and half that, as far as patches can be found in it.
///
/// Each level has a frame of replicated pixels around it, so that patches may leave the picture a little.
public struct LumaPyramid: Sendable {
  /// How wide the frame is.
  static let border = 16

  /// A picture with its frame.
  struct Level: Sendable {
    /// Extents without the frame.
    let height: Int
    let width: Int
    /// `(height + 2 · border, width + 2 · border, 1)`.
    let framed: Tensor

    /// Pixels from a row of `framed` to the next.
    var stride: Int { width + 2 * LumaPyramid.border }
  }

  /// The largest first.
  let levels: [Level]

  /// Extents of the picture.
  public var height: Int { levels[0].height }
  /// Extents of the picture.
  public var width: Int { levels[0].width }

  /// The shorter side below which there is no smaller level.
  private static let smallestSide = 24

  /// Levels of a picture.
  ///
  /// - Parameters:
  ///   - luma: `(height, width, 1)` in 0…255; at least one pixel.
  ///   - workers: the threads.
  public init(_ luma: Tensor, on workers: Workers) {
    precondition(luma.shape.rank == 3 && luma.shape.channels == 1 && luma.count > 0)
    var plain = luma
    var levels = [Self.level(plain, on: workers)]
    while min(plain.shape.height, plain.shape.width) >= Self.smallestSide {
      plain = Self.halved(plain, on: workers)
      levels.append(Self.level(plain, on: workers))
    }
    self.levels = levels
  }

  /// The means of 2×2 squares; a last odd row or column counts twice.
  private static func halved(_ luma: Tensor, on workers: Workers) -> Tensor {
    let (height, width) = (luma.shape.height, luma.shape.width)
    let (newHeight, newWidth) = (height.dividedUp(by: 2), width.dividedUp(by: 2))
    var result = Tensor(uninitialized: [newHeight, newWidth, 1])
    luma.withFloats { luma in
      result.withMutableFloats { result in
        workers.forEach(newHeight) { y, _ in
          let upper = 2 * y * width
          let lower = min(2 * y + 1, height - 1) * width
          for x in 0..<newWidth {
            let (left, right) = (2 * x, min(2 * x + 1, width - 1))
            let sum =
              luma[upper + left] + luma[upper + right] + luma[lower + left] + luma[lower + right]
            result[y * newWidth + x] = sum / 4
          }
        }
      }
    }
    return result
  }

  private static func level(_ luma: Tensor, on workers: Workers) -> Level {
    let (height, width) = (luma.shape.height, luma.shape.width)
    let stride = width + 2 * border
    var framed = Tensor(uninitialized: [height + 2 * border, stride, 1])
    luma.withFloats { luma in
      framed.withMutableFloats { framed in
        guard let source = luma.baseAddress, let target = framed.baseAddress else { return }
        workers.forEach(height + 2 * border) { y, _ in
          let from = source + min(max(y - border, 0), height - 1) * width
          let to = target + y * stride
          to.update(repeating: from[0], count: border)
          (to + border).update(from: from, count: width)
          (to + border + width).update(repeating: from[width - 1], count: border)
        }
      }
    }
    return Level(height: height, width: width, framed: framed)
  }
}
