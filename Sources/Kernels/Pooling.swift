internal import CKernels
import Tensors

/// Max pooling of rectified activations over 2×2 squares that do not overlap; an odd last row or column
/// is dropped.
///
/// Of elements that are equal but for rounding, the first in reading order counts as the largest.
public enum Pooling {
  /// The extents after pooling `(height, width, channels)`.
  public static func pooledShape(of shape: Shape) -> Shape {
    [shape.height / 2, shape.width / 2, shape.channels]
  }

  /// The largest of each 2×2 square, channel by channel.
  ///
  /// - Parameters:
  ///   - input: `(height, width, channels)`.
  ///   - output: `(height / 2, width / 2, channels)`, overwritten.
  ///   - workers: the threads.
  public static func forward(_ input: Tensor, into output: inout Tensor, on workers: Workers) {
    precondition(output.shape == pooledShape(of: input.shape))
    let (width, channels) = (input.shape.width, input.shape.channels)
    let (rows, columns) = (output.shape.height, output.shape.width)
    input.withFloats { input in
      output.withMutableFloats { output in
        workers.forEach(rows) { row, _ in
          for column in 0..<columns {
            let corner = (2 * row * width + 2 * column) * channels
            let target = (row * columns + column) * channels
            for c in 0..<channels {
              output[target + c] =
                input[largest(from: corner + c, of: input, width: width, channels: channels)]
            }
          }
        }
      }
    }
  }

  /// Adds each gradient to that of the largest element of its square.
  ///
  /// - Parameters:
  ///   - pooledGradient: `(height / 2, width / 2, channels)`.
  ///   - record: where the maxima were.
  ///   - gradient: `(height, width, channels)`.
  ///   - workers: the threads.
  public static func addGradient(
    _ pooledGradient: Tensor, record: PoolingRecord, to gradient: inout Tensor,
    on workers: Workers
  ) {
    precondition(pooledGradient.shape == pooledShape(of: gradient.shape))
    precondition(record.shape == pooledGradient.shape)
    let (width, channels) = (gradient.shape.width, gradient.shape.channels)
    let (rows, columns) = (pooledGradient.shape.height, pooledGradient.shape.width)
    pooledGradient.withFloats { pooledGradient in
      gradient.withMutableFloats { gradient in
        workers.forEach(rows) { row, _ in
          for column in 0..<columns {
            for c in 0..<channels {
              let element = (row * columns + column) * channels + c
              let place = record[element]
              let target = (2 * row + place.row) * width + 2 * column + place.column
              gradient[target * channels + c] += pooledGradient[element]
            }
          }
        }
      }
    }
  }

  /// The index of the largest element of the square whose first one is at `corner`.
  private static func largest(
    from corner: Int, of input: UnsafeBufferPointer<Float>, width: Int, channels: Int
  ) -> Int {
    let below = corner + width * channels
    let right = input[corner + channels] > input[corner] * tie ? corner + channels : corner
    let lower = input[below] > input[right] * tie ? below : right
    return input[below + channels] > input[lower] * tie ? below + channels : lower
  }

  private static let tie = POOLING_TIE
}
