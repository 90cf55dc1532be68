internal import CKernels
import Tensors

/// The Gram matrix of a layer: which channels fire together, wherever in the picture.
///
/// Gatys, Ecker and Bethge 2016, eq. 3; divided by the number of pixels.
public enum Gram {
  /// Pixels of a partial sum, and columns of a piece of work; fixed, so that sums do not depend on the
  /// number of threads.
  private static let grain = 8192
  private static let columnGrain = 64

  /// `G = FᵀF / (height · width)`.
  ///
  /// - Parameters:
  ///   - features: `(height, width, channels)`, read as `F` with one row a pixel.
  ///   - workers: the threads.
  ///   - level: the instructions.
  /// - Returns: `(channels, channels)`, symmetric.
  public static func matrix(
    of features: Tensor, on workers: Workers, level: KernelLevel = .best
  ) -> Tensor {
    let channels = features.shape.channels
    let pixels = features.shape.height * features.shape.width
    let columns = channels.dividedUp(by: 32) * 32
    let runs = pixels.dividedUp(by: grain)
    let strips = columns.dividedUp(by: columnGrain)
    let kernels = level.kernels
    var partials = Tensor(uninitialized: [runs, columns, columns])
    features.withMemory { memory in
      let pass = GramPass(
        channels: channels, isBrain: features.format == .brain, features: memory, rowStep: columns)
      partials.withMutableFloats { partials in
        guard let partials = partials.baseAddress else { return }
        withUnsafePointer(to: pass) { pass in
          workers.forEach(runs * strips, scratch: Int(GRAM_BLOCK) * columns) { piece, scratch in
            // The last strips reach down the furthest. They come first: whoever is done early takes one of
            // the others.
            let (strip, run) = (strips - 1 - piece / runs, piece % runs)
            kernels.gram(
              pass, run * grain, min(pixels, (run + 1) * grain), strip * columnGrain,
              min(columns, (strip + 1) * columnGrain), partials + run * columns * columns, scratch)
          }
        }
      }
    }
    return mean(of: partials, channels: channels, pixels: pixels, on: workers)
  }

  /// The upper triangles' sum over the number of pixels, made symmetric.
  private static func mean(
    of partials: Tensor, channels: Int, pixels: Int, on workers: Workers
  ) -> Tensor {
    let columns = partials.shape.channels
    let factor = 1 / Float(pixels)
    var sum = Tensor(uninitialized: [channels, channels])
    partials.withFloats { partials in
      sum.withMutableFloats { sum in
        workers.forEachRange(of: channels, grain: 16) { rows, _ in
          for row in rows {
            for column in row..<channels {
              var total: Float = 0
              for start in stride(from: 0, to: partials.count, by: columns * columns) {
                total += partials[start + row * columns + column]
              }
              sum[row * channels + column] = factor * total
            }
          }
        }
        workers.forEachRange(of: channels, grain: 16) { rows, _ in
          for row in rows {
            for column in 0..<row { sum[row * channels + column] = sum[column * channels + row] }
          }
        }
      }
    }
    return sum
  }
}
