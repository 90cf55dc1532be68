import TestSupport
import Tensors
import Testing

@testable import Kernels

/// Extents of a convolution, and the level of vector instructions to run it on.
struct ConvolutionCase: CustomTestStringConvertible {
  var height: Int
  var width: Int
  var inputs: Int
  var outputs: Int
  var level = KernelLevel.best

  var testDescription: String { "\(height)×\(width), \(inputs) to \(outputs), \(level)" }

  /// The case on every level that this processor runs.
  var onEveryLevel: [ConvolutionCase] {
    KernelLevel.supported.map { level in
      var copy = self
      copy.level = level
      return copy
    }
  }

  /// Weights in -1...1, and biases.
  func filter(_ random: inout SeededRandom) -> ConvolutionFilter {
    ConvolutionFilter(
      weights: random.uniform([3, 3, inputs, outputs]), bias: random.uniform([outputs]))
  }

  var inputShape: Shape { [height, width, inputs] }
  var outputShape: Shape { [height, width, outputs] }
  var pooledShape: Shape { Pooling.pooledShape(of: outputShape) }
}

/// `max(0, x)` of every element.
func rectified(_ tensor: Tensor) -> Tensor {
  Tensor(tensor.elements.map { max(0, $0) }, shape: tensor.shape)
}
