import Tensors

/// A 1×1 convolution: each pixel's channels by a matrix.
public struct PointwiseConvolution: Sendable {
  /// Channels that come in.
  public let inputs: Int
  /// Channels that go out.
  public let outputs: Int

  private let weights: Tensor
  private let bias: Tensor
  private let range: ClosedRange<Float>

  /// A convolution.
  ///
  /// - Parameters:
  ///   - weights: `(inputs, outputs)`.
  ///   - bias: `(outputs)`.
  ///   - range: what results are clamped to.
  public init(
    weights: Tensor, bias: Tensor, range: ClosedRange<Float> = -.infinity ... .infinity
  ) {
    precondition(weights.shape.rank == 2 && bias.shape == [weights.shape[1]])
    inputs = weights.shape[0]
    outputs = weights.shape[1]
    self.weights = weights
    self.bias = bias
    self.range = range
  }

  /// `output = input * weights + bias`, clamped.
  ///
  /// - Parameters:
  ///   - input: `(height, width, inputs)`.
  ///   - output: `(height, width, outputs)`, overwritten.
  ///   - workers: the threads.
  public func forward(_ input: Tensor, into output: inout Tensor, on workers: Workers) {
    let shape = input.shape
    precondition(shape.channels == inputs)
    precondition(output.shape == [shape.height, shape.width, outputs])
    let pixels = shape.height * shape.width
    let (inputs, outputs, range) = (inputs, outputs, range)
    input.withFloats { input in
      output.withMutableFloats { output in
        weights.withFloats { weights in
          bias.withFloats { bias in
            guard let source = input.baseAddress, let target = output.baseAddress,
              let matrix = weights.baseAddress, let bias = bias.baseAddress
            else { return }
            // Few enough that even 8×8 pixels occupy several threads.
            workers.forEachRange(of: pixels, grain: pixels > 1024 ? 256 : 32) { pixels, _ in
              let rows = target + pixels.lowerBound * outputs
              for row in 0..<pixels.count {
                (rows + row * outputs).update(from: bias, count: outputs)
              }
              BLAS.multiply(
                source + pixels.lowerBound * inputs, matrix, into: rows, rows: pixels.count,
                columns: outputs, inner: inputs, beta: 1)
              guard range.lowerBound > -.infinity || range.upperBound < .infinity else { return }
              for i in 0..<pixels.count * outputs {
                rows[i] = min(max(rows[i], range.lowerBound), range.upperBound)
              }
            }
          }
        }
      }
    }
  }
}
