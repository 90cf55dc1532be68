internal import CKernels
import Tensors

/// A 3×3 convolution, stride 1, zero padding 1, and its gradient, by Winograd's F(4×4, 3×3): a quarter of
/// the multiplications (Lavin and Gray, "Fast algorithms for convolutional neural networks", 2016).
///
/// Channel counts are multiples of 16. Results do not depend on the number of threads.
public struct WinogradConvolution: Sendable {
  /// Channels that come in.
  public let inputs: Int

  /// Channels that go out.
  public let outputs: Int

  let weights: WinogradWeights
  let bias: Tensor
  let level: KernelLevel

  /// Transforms the filter.
  ///
  /// - Parameters:
  ///   - filter: the weights; channel counts are multiples of 16.
  ///   - precision: how the transformed weights are stored.
  ///   - level: the vector instructions to use.
  public init(
    _ filter: ConvolutionFilter, precision: WinogradPrecision = .single,
    level: KernelLevel = .best
  ) {
    inputs = filter.inputs
    outputs = filter.outputs
    weights = WinogradWeights(filter, precision: precision, level: level)
    bias = filter.bias
    self.level = level
  }
}

extension WinogradConvolution {
  /// Runs a pass that is complete but for its weights and its blocking.
  func run(_ pass: inout WinogradPass, on workers: Workers) {
    let kernels = level.kernels
    let blocking = WinogradBlocking(
      tiles: pass.height.dividedUp(by: 4) * pass.width.dividedUp(by: 4), inputs: pass.inputs,
      outputs: pass.outputs, tilesPerPanel: kernels.tilesPerPanel, threads: workers.threads,
      caches: .current)
    pass.panelsPerBlock = blocking.panels
    pass.outputsPerPass = blocking.outputsPerPass
    pass.blocksAtOnce = blocking.shares == 1 ? workers.threads : 0
    withWeights(&pass) { pass in
      let outputs = pass.pointee.outputs
      workers.forEach(blocking.blocks * blocking.shares, scratch: kernels.winogradScratch(pass)) {
        piece, scratch in
        let first = piece % blocking.shares * blocking.outputsPerShare
        let end = min(first + blocking.outputsPerShare, outputs)
        kernels.winograd(pass, piece / blocking.shares, first, end, scratch)
      }
    }
  }

  private func withWeights(
    _ pass: inout WinogradPass, _ body: (UnsafePointer<WinogradPass>) -> Void
  ) {
    switch weights.storage {
    case .single(let tensor):
      tensor.withFloats { floats in
        pass.weights = floats.baseAddress
        withUnsafePointer(to: pass, body)
      }
    case .half(let words, let scale):
      words.withUnsafeBufferPointer { words in
        pass.halfWeights = words.baseAddress
        pass.halfScale = scale
        withUnsafePointer(to: pass, body)
      }
    }
  }
}
