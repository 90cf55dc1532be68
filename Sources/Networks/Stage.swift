import Kernels
import Tensors

/// A layer at work on pictures of one size: its convolution, its result, and what has to be remembered of
/// that for the way back.
///
/// On the way back, the memory of a result becomes that of its gradient, for which bits suffice.
struct Stage {
  let name: LayerName
  let convolution: VGG.Convolution

  /// Whether a loss reads the activation.
  let isRead: Bool

  /// The activation's shape, `(height, width, channels)`.
  let shape: Shape

  /// What the layer leaves; on the way back, the gradient with respect to what the rectifier was given.
  private var result: Result

  private enum Result {
    /// The activation, and where it is above zero.
    case plain(Tensor, positive: BitMask)
    /// The maxima of 2×2 squares for the next layer only; the activation itself is never stored.
    case pooled(Tensor, record: PoolingRecord)
    /// Both: a loss reads the activation and pooling follows.
    case both(Tensor, pooled: Tensor, record: PoolingRecord)
  }

  init(
    _ layer: VGG.Layer, height: Int, width: Int, format: ElementFormat, isRead: Bool, isPooled: Bool
  ) {
    name = layer.name
    convolution = layer.convolution
    self.isRead = isRead
    let shape: Shape = [height, width, layer.convolution.outputs]
    self.shape = shape
    let pooledShape = Pooling.pooledShape(of: shape)
    switch (isRead, isPooled) {
    case (_, false):
      result = .plain(Tensor(uninitialized: shape, as: format), positive: BitMask(shape: shape))
    case (false, true):
      result = .pooled(
        Tensor(uninitialized: pooledShape, as: format),
        record: PoolingRecord(pooledShape: pooledShape))
    case (true, true):
      result = .both(
        Tensor(uninitialized: shape, as: format),
        pooled: Tensor(uninitialized: pooledShape, as: format),
        record: PoolingRecord(pooledShape: pooledShape))
    }
  }

  /// What the next layer reads.
  var output: Tensor {
    switch result {
    case .plain(let tensor, _), .pooled(let tensor, _), .both(_, let tensor, _): tensor
    }
  }

  /// What a loss reads.
  var activation: Tensor? {
    switch result {
    case .plain(let tensor, _), .both(let tensor, _, _): isRead ? tensor : nil
    case .pooled: nil
    }
  }

  /// Takes the result out, to be written and put back: written in place, with a second owner, its
  /// tensors would be copied first.
  private mutating func takeResult() -> Result {
    defer { result = Self.nothing }
    return result
  }

  /// What lies where a result was taken out.
  private static let nothing = Result.plain(
    Tensor(shape: [0]), positive: BitMask(shape: [0, 0, 0]))
}

// MARK: - There

extension Stage {
  /// Computes the result from the output of the stage before.
  mutating func run(on input: Tensor, workers: Workers) {
    switch (takeResult(), convolution) {
    case (.plain(var activation, var positive), .ofPicture(let convolution)):
      convolution.forward(input, into: &activation, positive: &positive, on: workers)
      result = .plain(activation, positive: positive)
    case (.plain(var activation, var positive), .ofFeatures(let convolution)):
      convolution.forward(input, into: &activation, positive: &positive, on: workers)
      result = .plain(activation, positive: positive)
    case (.pooled(var pooled, var record), .ofFeatures(let convolution)):
      convolution.forward(input, pooledInto: &pooled, record: &record, on: workers)
      result = .pooled(pooled, record: record)
    case (.both(var activation, var pooled, var record), .ofFeatures(let convolution)):
      convolution.forward(
        input, into: &activation, pooledInto: &pooled, record: &record, on: workers)
      result = .both(activation, pooled: pooled, record: record)
    case (.pooled, .ofPicture), (.both, .ofPicture):
      preconditionFailure("pooling right after the first convolution")
    }
  }
}

// MARK: - And back

extension Stage {
  /// Begins the way back, at the last stage: its gradient is the loss's alone.
  mutating func takeGradient(of loss: some FeatureLoss, on workers: Workers) {
    guard case .plain(var activation, let positive) = takeResult() else {
      preconditionFailure("a pooling that nobody reads")
    }
    loss.replace(&activation, at: name, on: workers)
    result = .plain(activation, positive: positive)
  }

  /// Computes the gradient from that of the stage after, and the loss's.
  mutating func takeGradient(from next: Stage, of loss: some FeatureLoss, on workers: Workers) {
    switch takeResult() {
    case .plain(var activation, let positive):
      if isRead { loss.replace(&activation, at: name, on: workers) }
      next.sendBack(into: &activation, isAdding: isRead, gate: .mask(positive), on: workers)
      result = .plain(activation, positive: positive)
    case .pooled(var pooled, let record):
      next.sendBack(into: &pooled, isAdding: false, gate: .mask(record.positive), on: workers)
      result = .pooled(pooled, record: record)
    case .both(var activation, var pooled, let record):
      next.sendBack(into: &pooled, isAdding: false, gate: .mask(record.positive), on: workers)
      loss.replace(&activation, at: name, on: workers)
      Pooling.addGradient(pooled, record: record, to: &activation, on: workers)
      result = .both(activation, pooled: pooled, record: record)
    }
  }

  /// Takes the gradient through the convolution.
  private func sendBack(
    into gradient: inout Tensor, isAdding: Bool, gate: RectifierGate, on workers: Workers
  ) {
    guard case .ofFeatures(let convolution) = convolution else {
      preconditionFailure("nothing comes before the first convolution")
    }
    switch result {
    case .plain(let own, _), .both(let own, _, _):
      convolution.backward(own, into: &gradient, isAdding: isAdding, gate: gate, on: workers)
    case .pooled(let own, let record):
      convolution.backward(
        unpooling: own, record: record, into: &gradient, isAdding: isAdding, gate: gate,
        on: workers)
    }
  }

  /// Takes the gradient through the first convolution to the picture, `(height, width, 3)`.
  func sendBack(intoPicture gradient: inout Tensor, on workers: Workers) {
    guard case .ofPicture(let convolution) = convolution, case .plain(let own, _) = result else {
      preconditionFailure("not the first convolution")
    }
    convolution.backward(own, into: &gradient, on: workers)
  }
}
