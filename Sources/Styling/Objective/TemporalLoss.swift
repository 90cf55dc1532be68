import Kernels
import Pictures
import Tensors

/// How far a frame of a film is from what came before: `Σ c · (x - ω)² / count(x)`, where `ω` is the frame
/// before, moved as things have moved, and `c` says where that can be relied on.
///
/// Ruder, Dosovitskiy and Brox 2016, *Artistic Style Transfer for Videos*, eq. 7.
public struct TemporalLoss: Sendable {
  /// `(height, width, 3)`.
  private let target: Tensor

  /// How much each pixel counts, `(height, width, 1)` in 0…1.
  private let reliability: Tensor

  /// A loss.
  ///
  /// - Parameters:
  ///   - target: the frame before, moved, `(height, width, 3)` in 0…1.
  ///   - reliability: how much each pixel counts, `(height, width, 1)` in 0…1.
  public init(target: Tensor, reliability: Tensor) {
    precondition(
      target.shape.rank == 3
        && reliability.shape == [target.shape.height, target.shape.width, 1])
    self.target = target
    self.reliability = reliability
  }

  /// The loss of what is on a canvas.
  func on(_ canvas: Canvas, workers: Workers) -> TemporalLoss {
    TemporalLoss(
      target: canvas.holding(target, on: workers),
      reliability: canvas.holding(reliability, on: workers))
  }

  /// The loss of an image of the target's shape.
  func value(of image: Tensor, on workers: Workers) -> Double {
    precondition(image.shape == target.shape)
    let (height, row) = (image.shape.height, image.shape.width * 3)
    var sums = [Double](repeating: 0, count: height)
    sums.withUnsafeMutableBufferPointer { sums in
      forEachRow(of: image, on: workers) { y, image, target, reliability in
        var sum = 0.0
        for i in y * row..<(y + 1) * row {
          let difference = Double(image[i] - target[i])
          sum += Double(reliability[i / 3]) * difference * difference
        }
        sums[y] = sum
      }
    }
    return sums.reduce(0, +) / Double(image.count)
  }

  /// Adds the gradient of `weight * value(of: image)`.
  func addGradient(
    of image: Tensor, weight: Double, to gradient: inout Tensor, on workers: Workers
  ) {
    precondition(image.shape == target.shape && gradient.shape == target.shape)
    let row = image.shape.width * 3
    let scale = Float(2 * weight / Double(image.count))
    gradient.withMutableFloats { gradient in
      forEachRow(of: image, on: workers) { y, image, target, reliability in
        for i in y * row..<(y + 1) * row {
          gradient[i] += scale * reliability[i / 3] * (image[i] - target[i])
        }
      }
    }
  }

  private func forEachRow(
    of image: Tensor, on workers: Workers,
    _ body: (
      _ row: Int, _ image: UnsafeBufferPointer<Float>, _ target: UnsafeBufferPointer<Float>,
      _ reliability: UnsafeBufferPointer<Float>
    ) -> Void
  ) {
    image.withFloats { image in
      target.withFloats { target in
        reliability.withFloats { reliability in
          workers.forEach(self.target.shape.height) { y, _ in
            body(y, image, target, reliability)
          }
        }
      }
    }
  }
}
