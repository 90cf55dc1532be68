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

  /// Sends each gradient to the largest element of its square.
  ///
  /// - Parameters:
  ///   - outputGradient: `(height / 2, width / 2, channels)`.
  ///   - input: what `forward` was given, `(height, width, channels)`.
  ///   - inputGradient: `(height, width, channels)`, overwritten.
  ///   - workers: the threads.
  public static func backward(
    _ outputGradient: Tensor, input: Tensor, into inputGradient: inout Tensor, on workers: Workers
  ) {
    precondition(outputGradient.shape == pooledShape(of: input.shape))
    precondition(inputGradient.shape == input.shape)
    let (height, width, channels) = (input.shape.height, input.shape.width, input.shape.channels)
    let columns = outputGradient.shape.width
    let rowLength = width * channels
    input.withFloats { input in
      outputGradient.withFloats { outputGradient in
        inputGradient.withMutableFloats { inputGradient in
          workers.forEach(height.dividedUp(by: 2)) { row, _ in
            let first = 2 * row * rowLength
            let end = min(first + 2 * rowLength, height * rowLength)
            inputGradient[first..<end].update(repeating: 0)
            guard 2 * row + 1 < height else { return }
            for column in 0..<columns {
              let corner = first + 2 * column * channels
              for c in corner..<corner + channels {
                inputGradient[largest(from: c, of: input, width: width, channels: channels)] =
                  outputGradient[(row * columns + column) * channels + c - corner]
              }
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
