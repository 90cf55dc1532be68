internal import CKernels
import Tensors

extension WinogradConvolution {
  /// `activation = max(0, input * weights + bias)`.
  ///
  /// - Parameters:
  ///   - input: `(height, width, inputs)`.
  ///   - activation: `(height, width, outputs)`, in the input's format, overwritten.
  ///   - workers: the threads.
  public func forward(_ input: Tensor, into activation: inout Tensor, on workers: Workers) {
    precondition(activation.shape == [input.shape.height, input.shape.width, outputs])
    precondition(activation.format == input.format)
    activation.withMutableMemory { activation in
      runForward(input, on: workers) { $0.destination = activation }
    }
  }

  /// The same, noting where the activation is above zero.
  ///
  /// - Parameters:
  ///   - input: `(height, width, inputs)`.
  ///   - activation: `(height, width, outputs)`, overwritten.
  ///   - positive: of the activation's shape, overwritten.
  ///   - workers: the threads.
  public func forward(
    _ input: Tensor, into activation: inout Tensor, positive: inout BitMask, on workers: Workers
  ) {
    precondition(activation.shape == [input.shape.height, input.shape.width, outputs])
    precondition(activation.format == input.format)
    precondition(positive.shape == activation.shape)
    activation.withMutableMemory { activation in
      positive.words.withUnsafeMutableBufferPointer { positive in
        runForward(input, on: workers) {
          $0.destination = activation
          $0.positive = positive.baseAddress
        }
      }
    }
  }

  /// `pooled =` the maxima of 2×2 squares of `max(0, input * weights + bias)`, which is itself not stored;
  /// an odd last row or column is dropped.
  ///
  /// - Parameters:
  ///   - input: `(height, width, inputs)`.
  ///   - pooled: `(height / 2, width / 2, outputs)`, overwritten.
  ///   - record: of `pooled`'s shape, overwritten.
  ///   - workers: the threads.
  public func forward(
    _ input: Tensor, pooledInto pooled: inout Tensor, record: inout PoolingRecord,
    on workers: Workers
  ) {
    runPooled(input, into: &pooled, record: &record, on: workers) { _ in }
  }

  /// The same where the activation is wanted too.
  ///
  /// - Parameters:
  ///   - input: `(height, width, inputs)`.
  ///   - activation: `(height, width, outputs)`, overwritten.
  ///   - pooled: `(height / 2, width / 2, outputs)`, overwritten.
  ///   - record: of `pooled`'s shape, overwritten.
  ///   - workers: the threads.
  public func forward(
    _ input: Tensor, into activation: inout Tensor, pooledInto pooled: inout Tensor,
    record: inout PoolingRecord, on workers: Workers
  ) {
    precondition(activation.shape == [input.shape.height, input.shape.width, outputs])
    precondition(activation.format == input.format)
    activation.withMutableMemory { activation in
      runPooled(input, into: &pooled, record: &record, on: workers) {
        $0.destination = activation
      }
    }
  }

  private func runPooled(
    _ input: Tensor, into pooled: inout Tensor, record: inout PoolingRecord, on workers: Workers,
    _ configure: (inout WinogradPass) -> Void
  ) {
    precondition(pooled.shape == [input.shape.height / 2, input.shape.width / 2, outputs])
    precondition(record.shape == pooled.shape && pooled.format == input.format)
    pooled.withMutableMemory { pooled in
      record.choices.withUnsafeMutableBufferPointer { choices in
        record.positive.words.withUnsafeMutableBufferPointer { positive in
          runForward(input, on: workers) {
            $0.pooled = pooled
            $0.pooledChoices = choices.baseAddress
            $0.positive = positive.baseAddress
            configure(&$0)
          }
        }
      }
    }
  }

  private func runForward(
    _ input: Tensor, on workers: Workers, _ configure: (inout WinogradPass) -> Void
  ) {
    precondition(input.shape.rank == 3 && input.shape.channels == inputs)
    var pass = WinogradPass()
    pass.height = input.shape.height
    pass.width = input.shape.width
    pass.inputs = inputs
    pass.outputs = outputs
    pass.isBrain = input.format == .brain
    configure(&pass)
    input.withMemory { input in
      bias.withFloats { bias in
        pass.source = input
        pass.bias = bias.baseAddress
        run(&pass, on: workers)
      }
    }
  }
}
