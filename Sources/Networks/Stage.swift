import Kernels
import Tensors

/// A layer at work on pictures of one size: its convolution and what has to be remembered of its
/// result for the way back.
struct Stage {
  let name: LayerName
  let convolution: VGG.Convolution

  /// Whether a loss reads the activation.
  let isRead: Bool

  /// The activation's shape, `(height, width, channels)`.
  let shape: Shape

  /// What the layer leaves.
  var result: Result

  enum Result {
    /// The activation, because a loss reads it.
    case kept(Tensor)
    /// The activation for the next layer only: its memory becomes that of its gradient, for which the
    /// bits suffice.
    case passing(Tensor, positive: BitMask)
    /// The maxima of 2×2 squares for the next layer only; the activation itself is never stored.
    case pooled(Tensor, record: PoolingRecord)
    /// Both: a loss reads the activation and pooling follows.
    case keptAndPooled(Tensor, pooled: Tensor, record: PoolingRecord)
  }

  init(
    _ layer: VGG.Layer, height: Int, width: Int, isRead: Bool, isPooled: Bool
  ) {
    name = layer.name
    convolution = layer.convolution
    self.isRead = isRead
    let shape: Shape = [height, width, layer.convolution.outputs]
    self.shape = shape
    let pooledShape = Pooling.pooledShape(of: shape)
    switch (isRead, isPooled) {
    case (true, false):
      result = .kept(Tensor(uninitialized: shape))
    case (false, false):
      result = .passing(Tensor(uninitialized: shape), positive: BitMask(shape: shape))
    case (false, true):
      result = .pooled(
        Tensor(uninitialized: pooledShape), record: PoolingRecord(pooledShape: pooledShape))
    case (true, true):
      result = .keptAndPooled(
        Tensor(uninitialized: shape), pooled: Tensor(uninitialized: pooledShape),
        record: PoolingRecord(pooledShape: pooledShape))
    }
  }

  /// Whether pooling follows.
  var isPooled: Bool {
    switch result {
    case .pooled, .keptAndPooled: true
    case .kept, .passing: false
    }
  }

  /// What the next layer reads.
  var output: Tensor {
    switch result {
    case .kept(let tensor), .passing(let tensor, _), .pooled(let tensor, _),
      .keptAndPooled(_, let tensor, _):
      tensor
    }
  }

  /// What a loss reads.
  var activation: Tensor? {
    switch result {
    case .kept(let tensor), .keptAndPooled(let tensor, _, _): tensor
    case .passing, .pooled: nil
    }
  }

  /// Takes the result out, to be written and put back: written in place, with a second owner, its
  /// tensors would be copied first.
  mutating func takeResult() -> Result {
    defer { result = .kept(Self.nothing) }
    return result
  }

  /// What lies where a tensor was taken out.
  static let nothing = Tensor(shape: [0])

  /// Computes the result from the output of the stage before.
  mutating func run(on input: Tensor, workers: Workers) {
    switch (takeResult(), convolution) {
    case (.kept(var activation), .ofPicture(let convolution)):
      convolution.forward(input, into: &activation, on: workers)
      result = .kept(activation)
    case (.kept(var activation), .ofFeatures(let convolution)):
      convolution.forward(input, into: &activation, on: workers)
      result = .kept(activation)
    case (.passing(var activation, var positive), .ofPicture(let convolution)):
      convolution.forward(input, into: &activation, positive: &positive, on: workers)
      result = .passing(activation, positive: positive)
    case (.passing(var activation, var positive), .ofFeatures(let convolution)):
      convolution.forward(input, into: &activation, positive: &positive, on: workers)
      result = .passing(activation, positive: positive)
    case (.pooled(var pooled, var record), .ofFeatures(let convolution)):
      convolution.forward(input, pooledInto: &pooled, record: &record, on: workers)
      result = .pooled(pooled, record: record)
    case (.keptAndPooled(var activation, var pooled, var record), .ofFeatures(let convolution)):
      convolution.forward(
        input, into: &activation, pooledInto: &pooled, record: &record, on: workers)
      result = .keptAndPooled(activation, pooled: pooled, record: record)
    case (.pooled, .ofPicture), (.keptAndPooled, .ofPicture):
      preconditionFailure("pooling right after the first convolution")
    }
  }
}
