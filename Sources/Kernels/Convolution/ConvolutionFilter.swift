import Tensors

/// The weights of a 3×3 convolution with stride 1 and zero padding 1.
public struct ConvolutionFilter: Sendable {
  /// `(3, 3, inputs, outputs)`, as Keras stores it.
  public let weights: Tensor

  /// `(outputs)`.
  public let bias: Tensor

  /// How many channels come in.
  public var inputs: Int { weights.shape[2] }

  /// How many channels go out.
  public var outputs: Int { weights.shape[3] }

  /// A filter.
  ///
  /// - Parameters:
  ///   - weights: `(3, 3, inputs, outputs)`.
  ///   - bias: `(outputs)`.
  public init(weights: Tensor, bias: Tensor) {
    precondition(weights.shape.rank == 4 && weights.shape[0] == 3 && weights.shape[1] == 3)
    precondition(bias.shape == [weights.shape[3]])
    self.weights = weights
    self.bias = bias
  }

  /// The filter that takes a gradient of the outputs back to the inputs: turned by 180°, inputs and
  /// outputs exchanged.
  ///
  /// - Returns: `(3, 3, outputs, inputs)`.
  func adjointWeights() -> Tensor {
    var adjoint = Tensor(uninitialized: [3, 3, outputs, inputs])
    weights.withFloats { weights in
      adjoint.withMutableFloats { adjoint in
        for tap in 0..<9 {
          for input in 0..<inputs {
            for output in 0..<outputs {
              adjoint[((8 - tap) * outputs + output) * inputs + input] =
                weights[(tap * inputs + input) * outputs + output]
            }
          }
        }
      }
    }
    return adjoint
  }
}
