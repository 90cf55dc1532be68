internal import CKernels
import Tensors

/// A 3×3 convolution, stride 1, zero padding 1, from a picture's 3 channels, and its gradient.
///
/// The result's channels are a multiple of 16. Results do not depend on the number of threads.
public struct PictureConvolution: Sendable {
  /// Channels that go out.
  public let outputs: Int

  /// `(outputs / 16, 32, 16)`: the 27 taps of each output, and five zeros.
  private let weights: Tensor

  /// `(2, outputs, 16)`: the same, 16 and 11 of them.
  private let adjointWeights: Tensor

  private let bias: Tensor
  private let level: KernelLevel

  /// Rearranges the filter.
  ///
  /// - Parameters:
  ///   - filter: the weights, from 3 channels to a multiple of 16.
  ///   - level: the vector instructions to use.
  public init(_ filter: ConvolutionFilter, level: KernelLevel = .best) {
    precondition(filter.inputs == 3 && filter.outputs % 16 == 0)
    let outputs = filter.outputs
    self.outputs = outputs
    self.level = level
    bias = filter.bias
    var weights = Tensor(shape: [outputs / 16, 32, 16])
    var adjointWeights = Tensor(shape: [2, outputs, 16])
    for tap in 0..<27 {
      for output in 0..<outputs {
        let weight = filter.weights[tap * outputs + output]
        weights[(output / 16 * 32 + tap) * 16 + output % 16] = weight
        adjointWeights[(tap / 16 * outputs + output) * 16 + tap % 16] = weight
      }
    }
    self.weights = weights
    self.adjointWeights = adjointWeights
  }

  /// `activation = max(0, picture * weights + bias)`.
  ///
  /// - Parameters:
  ///   - picture: `(height, width, 3)`.
  ///   - activation: `(height, width, outputs)`, overwritten.
  ///   - workers: the threads.
  public func forward(_ picture: Tensor, into activation: inout Tensor, on workers: Workers) {
    runForward(picture, into: &activation, positive: nil, on: workers)
  }

  /// The same, noting where the activation is above zero.
  ///
  /// - Parameters:
  ///   - picture: `(height, width, 3)`.
  ///   - activation: `(height, width, outputs)`, overwritten.
  ///   - positive: of the activation's shape, overwritten.
  ///   - workers: the threads.
  public func forward(
    _ picture: Tensor, into activation: inout Tensor, positive: inout BitMask,
    on workers: Workers
  ) {
    precondition(positive.shape == activation.shape)
    positive.words.withUnsafeMutableBufferPointer {
      runForward(picture, into: &activation, positive: $0.baseAddress, on: workers)
    }
  }

  private func runForward(
    _ picture: Tensor, into activation: inout Tensor, positive: UnsafeMutablePointer<UInt16>?,
    on workers: Workers
  ) {
    let shape = activation.shape
    precondition(picture.shape == [shape.height, shape.width, 3] && shape.channels == outputs)
    var pass = PicturePass(shape)
    pass.isBrain = activation.format == .brain
    let kernels = level.kernels
    picture.withFloats { picture in
      weights.withFloats { weights in
        bias.withFloats { bias in
          activation.withMutableMemory { activation in
            pass.picture = picture.baseAddress
            pass.weights = weights.baseAddress
            pass.bias = bias.baseAddress
            pass.activation = activation
            pass.positive = positive
            // The kernel reads rows around its own, all from the picture: short runs cost nothing.
            withUnsafePointer(to: pass) { pass in
              workers.forEachRange(of: shape.height, grain: 4) { rows, _ in
                kernels.pictureForward(pass, rows.lowerBound, rows.upperBound)
              }
            }
          }
        }
      }
    }
  }

  /// The gradient with respect to the picture, from the gradient before the rectifier.
  ///
  /// - Parameters:
  ///   - outputGradient: `(height, width, outputs)`.
  ///   - pictureGradient: `(height, width, 3)`, overwritten.
  ///   - workers: the threads.
  public func backward(
    _ outputGradient: Tensor, into pictureGradient: inout Tensor, on workers: Workers
  ) {
    let shape = outputGradient.shape
    precondition(pictureGradient.shape == [shape.height, shape.width, 3])
    precondition(shape.channels == outputs)
    var pass = PicturePass(shape)
    pass.isBrain = outputGradient.format == .brain
    let kernels = level.kernels
    // A run of rows computes one more above and below: long runs, but several for each thread.
    let rows = max(8, shape.height.dividedUp(by: 4 * workers.threads))
    outputGradient.withMemory { gradient in
      adjointWeights.withFloats { weights in
        pictureGradient.withMutableFloats { pictureGradient in
          pass.gradient = gradient
          pass.adjointWeights = weights.baseAddress
          pass.pictureGradient = pictureGradient.baseAddress
          withUnsafePointer(to: pass) { pass in
            workers.forEach(
              shape.height.dividedUp(by: rows), scratch: kernels.pictureAdjointScratch(pass)
            ) { run, scratch in
              let end = min((run + 1) * rows, shape.height)
              kernels.pictureAdjoint(pass, run * rows, end, scratch)
            }
          }
        }
      }
    }
  }
}

extension PicturePass {
  fileprivate init(_ shape: Shape) {
    self.init()
    height = shape.height
    width = shape.width
    outputs = shape.channels
  }
}
