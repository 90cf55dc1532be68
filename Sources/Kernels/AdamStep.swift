internal import CKernels
import Tensors

/// A step of Adam (Kingma and Ba 2015) on a picture that is kept in 0…1.
public struct AdamStep: Sendable {
  /// What the gradient is multiplied by.
  public var gradientScale: Float

  /// How slowly the mean of the gradients forgets.
  public var beta1: Float

  /// How slowly the mean of their squares forgets.
  public var beta2: Float

  /// The learning rate over `1 - beta1^t`.
  public var stepSize: Float

  /// The square root of `1 - beta2^t`.
  public var rootCorrection: Float

  /// Added to the deviation.
  public var epsilon: Float

  private static let grain = 1 << 15

  /// A step.
  public init(
    gradientScale: Float, beta1: Float, beta2: Float, stepSize: Float, rootCorrection: Float,
    epsilon: Float = 1e-8
  ) {
    self.gradientScale = gradientScale
    self.beta1 = beta1
    self.beta2 = beta2
    self.stepSize = stepSize
    self.rootCorrection = rootCorrection
    self.epsilon = epsilon
  }

  /// Takes it.
  ///
  /// - Parameters:
  ///   - image: `(height, width, 3)`; in 0…1 afterwards.
  ///   - gradient: of the same shape.
  ///   - mean: of the gradients, of the same shape; updated.
  ///   - meanSquare: of the gradients, likewise.
  ///   - level: the vector instructions to use.
  ///   - workers: the threads; their number does not change a bit.
  public func move(
    _ image: inout Tensor, along gradient: Tensor, mean: inout Tensor, meanSquare: inout Tensor,
    level: KernelLevel = .best, on workers: Workers
  ) {
    precondition(image.shape == gradient.shape)
    precondition(mean.shape == image.shape && meanSquare.shape == image.shape)
    let kernels = level.kernels
    image.withMutableFloats { image in
      mean.withMutableFloats { mean in
        meanSquare.withMutableFloats { meanSquare in
          gradient.withFloats { gradient in
            guard let start = image.baseAddress, let mean = mean.baseAddress,
              let meanSquare = meanSquare.baseAddress, let gradient = gradient.baseAddress
            else { return }
            let pass = AdamPass(
              gradient: gradient, image: start, mean: mean, meanSquare: meanSquare,
              gradientScale: gradientScale, beta1: beta1, beta2: beta2, epsilon: epsilon,
              stepSize: stepSize, rootCorrection: rootCorrection)
            withUnsafePointer(to: pass) { pass in
              workers.forEachRange(of: image.count, grain: Self.grain) { range, _ in
                kernels.adam(pass, range.lowerBound, range.upperBound)
              }
            }
          }
        }
      }
    }
  }
}
