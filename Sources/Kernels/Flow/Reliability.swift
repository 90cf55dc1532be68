import Foundation
import Tensors

/// How far a flow field can be relied on, pixel by pixel.
public struct Reliability: Sendable {
  /// `(height, width, 1)` in 0…1.
  public private(set) var values: Tensor

  init(_ values: Tensor) { self.values = values }

  /// The share of the picture that can be relied on, 0…1.
  public var share: Double {
    values.withFloats { $0.reduce(0.0) { $0 + Double($1) } } / Double(max(values.count, 1))
  }

  /// The difference of colors, in 0…1, at which reliability falls to 1/e.
  private static let tolerance: Float = 0.12

  /// Less where the picture does not look like what the field says it was.
  ///
  /// - Parameters:
  ///   - frame: the picture, `(height, width, 3)` in 0…1.
  ///   - memory: what the field makes of the one before.
  ///   - workers: the threads.
  public func discounted(
    comparing frame: Tensor, with memory: Tensor, on workers: Workers
  ) -> Reliability {
    let (height, width) = (values.shape.height, values.shape.width)
    precondition(frame.shape == [height, width, 3] && memory.shape == frame.shape)
    var result = values
    result.withMutableFloats { result in
      frame.withFloats { frame in
        memory.withFloats { memory in
          workers.forEach(height) { y, _ in
            for i in y * width..<(y + 1) * width where result[i] > 0 {
              var squares: Float = 0
              for j in 3 * i..<3 * i + 3 {
                squares += (frame[j] - memory[j]) * (frame[j] - memory[j])
              }
              result[i] *= exp(-squares / (Self.tolerance * Self.tolerance))
            }
          }
        }
      }
    }
    return Reliability(result)
  }

  /// The least over 3×3 pixels, then the mean over as many: what is doubtful grows by a pixel and fades out.
  public func softened(on workers: Workers) -> Reliability {
    let least = Self.gathered(values, on: workers) { min($0, $1) }
    return Reliability(Self.gathered(least, times: 1.0 / 9, on: workers) { $0 + $1 })
  }

  /// Combines each pixel with its eight neighbors; edges are replicated.
  private static func gathered(
    _ values: Tensor, times scale: Float = 1, on workers: Workers,
    _ combine: (Float, Float) -> Float
  ) -> Tensor {
    let (height, width) = (values.shape.height, values.shape.width)
    var result = Tensor(uninitialized: values.shape)
    values.withFloats { values in
      result.withMutableFloats { result in
        workers.forEach(height, scratch: width) { y, columns in
          let (above, below) = (max(y - 1, 0) * width, min(y + 1, height - 1) * width)
          for x in 0..<width {
            columns[x] = combine(
              combine(values[above + x], values[y * width + x]), values[below + x])
          }
          for x in 0..<width {
            let (left, right) = (columns[max(x - 1, 0)], columns[min(x + 1, width - 1)])
            result[y * width + x] = scale * combine(combine(left, columns[x]), right)
          }
        }
      }
    }
    return result
  }

  /// What is new, mixed with what is remembered where that can be relied on:
  /// `new + share · reliability · (memory - new)`.
  ///
  /// - Parameters:
  ///   - new: `(height, width, 3)`.
  ///   - memory: of the same shape.
  ///   - share: of the memory where it can be relied on entirely, 0…1.
  ///   - workers: the threads.
  public func blend(
    _ new: Tensor, with memory: Tensor, share: Double, on workers: Workers
  ) -> Tensor {
    let (height, width) = (values.shape.height, values.shape.width)
    precondition(new.shape == [height, width, 3] && memory.shape == new.shape)
    let share = Float(share)
    var result = new
    result.withMutableFloats { result in
      memory.withFloats { memory in
        values.withFloats { values in
          workers.forEach(height) { y, _ in
            for i in 3 * y * width..<3 * (y + 1) * width {
              result[i] += share * values[i / 3] * (memory[i] - result[i])
            }
          }
        }
      }
    }
    return result
  }
}
