internal import CKernels
import Tensors

/// How transformed weights are stored; the arithmetic is in single precision either way.
public enum WinogradPrecision: Sendable {
  /// 144 bytes for each pair of channels.
  case single
  /// 72 bytes, at a relative error of about 1e-3.
  case half
}

/// A 3×3 filter transformed for Winograd's F(4×4, 3×3), 36 numbers for each pair of channels.
///
/// One set serves a convolution and its adjoint. It is laid out as the inner loops read it:
/// `(36, outputs / 16, inputs / 16, 16, 16)`, outputs last.
struct WinogradWeights: Sendable {
  enum Storage: Sendable {
    case single(Tensor)
    /// IEEE binary16, to be multiplied by `scale`, a power of two.
    case half([UInt16], scale: Float)
  }

  let storage: Storage

  /// Transforms a filter whose channel counts are multiples of 16.
  init(_ filter: ConvolutionFilter, precision: WinogradPrecision, level: KernelLevel) {
    let (inputs, outputs) = (filter.inputs, filter.outputs)
    precondition(inputs % 16 == 0 && outputs % 16 == 0)
    let kernels = level.kernels
    storage = filter.weights.withFloats { weights in
      guard let start = weights.baseAddress else { preconditionFailure("tensors have memory") }
      switch precision {
      case .single:
        var transformed = Tensor(uninitialized: [36, outputs / 16, inputs / 16, 16, 16])
        transformed.withMutableFloats {
          kernels.winogradFilter(start, inputs, outputs, $0.baseAddress, nil, 1)
        }
        return .single(transformed)
      case .half:
        // Coefficients are at most 3.5 times the largest weight. Half precision ends at 65504 and
        // becomes coarse below 6e-5; scaled, the largest are between 2048 and 65504.
        let largest = weights.reduce(0) { max($0, abs($1)) }
        let scale = largest > 0 && largest.isFinite ? 8192 / largest.binade : 1
        let transformed = [UInt16](unsafeUninitializedCapacity: 36 * inputs * outputs) {
          kernels.winogradFilter(start, inputs, outputs, nil, $0.baseAddress, scale)
          $1 = 36 * inputs * outputs
        }
        return .half(transformed, scale: 1 / scale)
      }
    }
  }
}
