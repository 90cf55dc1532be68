internal import CKernels
import Tensors

/// Where a gradient passes the rectifier of the layer below.
public enum RectifierGate: Sendable {
  /// Everywhere: there is none.
  case open
  /// Where a bit is set.
  case mask(BitMask)
  /// Where the rectifier's output is above zero.
  case activation(Tensor)
}

extension WinogradConvolution {
  /// The gradient with respect to the input, from the gradient before the rectifier.
  ///
  /// - Parameters:
  ///   - outputGradient: `(height, width, outputs)`.
  ///   - inputGradient: `(height, width, inputs)`, in the same format, overwritten.
  ///   - isAdding: add to what `inputGradient` holds, before the gate.
  ///   - gate: the rectifier that made the input.
  ///   - workers: the threads.
  public func backward(
    _ outputGradient: Tensor, into inputGradient: inout Tensor, isAdding: Bool = false,
    gate: RectifierGate = .open, on workers: Workers
  ) {
    let shape = inputGradient.shape
    precondition(outputGradient.shape == [shape.height, shape.width, outputs])
    runBackward(
      outputGradient, choices: nil, into: &inputGradient, isAdding: isAdding, gate: gate,
      on: workers)
  }

  /// The same from the gradient after 2×2 pooling; the one before it is not stored.
  ///
  /// A maximum of zero passes its gradient on: gate the pooled gradient by `record.positive` where it
  /// is made.
  ///
  /// - Parameters:
  ///   - pooledGradient: `(height / 2, width / 2, outputs)`.
  ///   - record: what the forward pass recorded.
  ///   - inputGradient: `(height, width, inputs)`, overwritten.
  ///   - isAdding: add to what `inputGradient` holds, before the gate.
  ///   - gate: the rectifier that made the input.
  ///   - workers: the threads.
  public func backward(
    unpooling pooledGradient: Tensor, record: PoolingRecord, into inputGradient: inout Tensor,
    isAdding: Bool = false, gate: RectifierGate = .open, on workers: Workers
  ) {
    let shape = inputGradient.shape
    precondition(pooledGradient.shape == [shape.height / 2, shape.width / 2, outputs])
    precondition(record.shape == pooledGradient.shape)
    guard pooledGradient.count > 0 else {
      // A picture one pixel high or wide leaves nothing after pooling.
      return backward(
        Tensor(shape: [shape.height, shape.width, outputs]).converted(to: inputGradient.format),
        into: &inputGradient,
        isAdding: isAdding, gate: gate, on: workers)
    }
    record.choices.withUnsafeBufferPointer { choices in
      runBackward(
        pooledGradient, choices: choices.baseAddress, into: &inputGradient, isAdding: isAdding,
        gate: gate, on: workers)
    }
  }

  private func runBackward(
    _ gradient: Tensor, choices: UnsafePointer<UInt32>?, into inputGradient: inout Tensor,
    isAdding: Bool, gate: RectifierGate, on workers: Workers
  ) {
    let shape = inputGradient.shape
    precondition(shape.rank == 3 && shape.channels == inputs)
    precondition(inputGradient.format == gradient.format)
    let gradientFormat = gradient.format
    var pass = WinogradPass()
    pass.height = shape.height
    pass.width = shape.width
    pass.inputs = outputs
    pass.outputs = inputs
    pass.isAdjoint = true
    pass.choices = choices
    pass.isBrain = gradient.format == .brain
    gradient.withMemory { gradient in
      inputGradient.withMutableMemory { inputGradient in
        pass.source = gradient
        pass.destination = inputGradient
        pass.addend = isAdding ? UnsafeRawPointer(inputGradient) : nil
        switch gate {
        case .open:
          run(&pass, on: workers)
        case .mask(let mask):
          precondition(mask.shape == shape)
          mask.words.withUnsafeBufferPointer { bits in
            pass.gateBits = bits.baseAddress
            run(&pass, on: workers)
          }
        case .activation(let activation):
          precondition(activation.shape == shape && activation.format == gradientFormat)
          activation.withMemory { activation in
            pass.gateActivation = activation
            run(&pass, on: workers)
          }
        }
      }
    }
  }
}
