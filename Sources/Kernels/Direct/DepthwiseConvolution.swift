internal import CKernels
import Tensors

/// A 3×3 convolution of each channel by itself, zeros outside (Howard et al., "MobileNets", 2017).
public struct DepthwiseConvolution: Sendable {
  /// How many channels there are, a multiple of 16.
  public let channels: Int
  /// Stride and padding.
  public let geometry: ConvolutionGeometry

  private let weights: Tensor
  private let bias: Tensor
  private let range: ClosedRange<Float>
  private let level: KernelLevel

  /// A convolution.
  ///
  /// - Parameters:
  ///   - weights: `(3, 3, channels)`.
  ///   - bias: `(channels)`.
  ///   - geometry: stride and padding; the border is zero, and nothing is upsampled.
  ///   - range: what results are clamped to.
  ///   - level: the vector instructions to use.
  public init(
    weights: Tensor, bias: Tensor, geometry: ConvolutionGeometry,
    range: ClosedRange<Float> = -.infinity ... .infinity, level: KernelLevel = .best
  ) {
    channels = weights.shape.channels
    precondition(weights.shape == [3, 3, channels] && channels.isMultiple(of: 16))
    precondition(bias.shape == [channels] && geometry.border == .zero)
    self.weights = weights
    self.bias = bias
    self.geometry = geometry
    self.range = range
    self.level = level
  }

  /// The shape of what becomes of an input.
  public func outputShape(for input: Shape) -> Shape {
    let g = geometry
    return [
      g.extent(of: input.height, window: 3, before: g.top, after: g.bottom),
      g.extent(of: input.width, window: 3, before: g.left, after: g.right), channels,
    ]
  }

  /// `output = input * weights + bias`, clamped.
  ///
  /// - Parameters:
  ///   - input: `(height, width, channels)`.
  ///   - output: of `outputShape(for:)`, overwritten.
  ///   - workers: the threads.
  public func forward(_ input: Tensor, into output: inout Tensor, on workers: Workers) {
    let shape = output.shape
    precondition(input.shape.channels == channels && shape == outputShape(for: input.shape))
    var pass = DepthwisePass()
    pass.height = input.shape.height
    pass.width = input.shape.width
    pass.channels = channels
    pass.stride = geometry.stride
    pass.top = geometry.top
    pass.left = geometry.left
    pass.resultHeight = shape.height
    pass.resultWidth = shape.width
    pass.lower = range.lowerBound
    pass.upper = range.upperBound
    let kernels = level.kernels
    input.withFloats { input in
      output.withMutableFloats { output in
        weights.withFloats { weights in
          bias.withFloats { bias in
            pass.source = input.baseAddress
            pass.destination = output.baseAddress
            pass.weights = weights.baseAddress
            pass.bias = bias.baseAddress
            withUnsafePointer(to: pass) { pass in
              workers.forEachRange(of: shape.height, grain: 4) { rows, _ in
                kernels.depthwise(pass, rows.lowerBound, rows.upperBound)
              }
            }
          }
        }
      }
    }
  }
}
