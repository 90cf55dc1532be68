import Kernels
import Tensors

/// A network at work on pictures of one size: features out, gradient back.
///
/// Every buffer is allocated once. Only the activations that a loss reads are kept; of the others the
/// way back needs a bit an element, or three after pooling, and their memory holds their gradient then.
/// Used from one queue at a time.
public final class FeatureExtractor {
  /// The layers that a loss reads.
  public let layers: Set<LayerName>

  private let network: VGG
  private let workers: Workers
  private var stages: [Stage]
  private var input: Tensor
  private var imageGradient: Tensor

  /// Where the gradients of activations that are kept take turns: of two that follow each other one
  /// lies in each.
  private var gradientMemories: [TensorMemory]

  /// An extractor for pictures of `height` × `width` pixels.
  ///
  /// - Parameters:
  ///   - layers: what a loss will read; not empty.
  ///   - network: the weights.
  ///   - height: rows, at least `VGG.minimumSide(for:)` of the deepest layer.
  ///   - width: columns, at least as many.
  ///   - workers: the threads.
  public init(
    of layers: Set<LayerName>, through network: VGG, height: Int, width: Int, on workers: Workers
  ) {
    guard let deepest = layers.max() else { preconditionFailure("no layer to read") }
    precondition(layers.allSatisfy(network.contains), "no such layers: \(layers)")
    precondition(min(height, width) >= VGG.minimumSide(for: deepest), "\(height)×\(width)")
    self.layers = layers
    self.network = network
    self.workers = workers
    input = Tensor(uninitialized: [height, width, 3])
    imageGradient = Tensor(uninitialized: [height, width, 3])
    let used = network.layers.filter { $0.name <= deepest }
    stages = used.enumerated().map { index, layer in
      let scale = layer.name.block - 1
      return Stage(
        layer, height: height >> scale, width: width >> scale,
        isRead: layers.contains(layer.name),
        isPooled: index + 1 < used.count && used[index + 1].name.block > layer.name.block)
    }
    gradientMemories = Self.gradientMemories(for: stages)
  }

  /// Looks at a picture.
  ///
  /// - Parameters:
  ///   - image: `(height, width, 3)`, RGB in 0…1.
  ///   - checkpoint: called between layers; what it throws ends the pass.
  public func features<E: Error>(
    of image: Tensor, checkpoint: () throws(E) -> Void
  ) throws(E) -> Features {
    normalize(image)
    for index in stages.indices {
      try checkpoint()
      stages[index].run(on: index == 0 ? input : stages[index - 1].output, workers: workers)
    }
    var activations: [LayerName: Tensor] = [:]
    for stage in stages { activations[stage.name] = stage.activation }
    return Features(image: image, activations: activations)
  }

  /// Looks at a picture.
  public func features(of image: Tensor) -> Features {
    features(of: image, checkpoint: {})
  }

  /// The gradient of a loss of the last picture's features, with respect to that picture.
  ///
  /// - Parameters:
  ///   - loss: reads this extractor's layers.
  ///   - checkpoint: called between layers; what it throws ends the pass.
  /// - Returns: `(height, width, 3)`.
  public func gradient<E: Error>(
    of loss: some FeatureLoss, checkpoint: () throws(E) -> Void
  ) throws(E) -> Tensor {
    precondition(loss.layers == layers)
    let last = stages.count - 1
    var flow = GradientFlow(
      gradient: takeKeptGradient(at: last, of: loss, memory: 0), memory: 0, isPooled: false)
    if let activation = stages[last].activation {
      Rectifier.backward(&flow.gradient, activation: activation, on: workers)
    }
    for index in stages.indices.reversed() {
      do throws(E) { try checkpoint() } catch {
        giveBack(flow, at: index)
        throw error
      }
      if index > 0 { flow = step(flow, from: index, of: loss) }
    }
    if case .ofPicture(let convolution) = stages[0].convolution {
      convolution.backward(flow.gradient, into: &imageGradient, on: workers)
    }
    giveBack(flow, at: 0)
    denormalizeGradient()
    loss.addImageGradient(to: &imageGradient, on: workers)
    return imageGradient
  }

  /// The gradient of a loss of the last picture's features, with respect to that picture.
  public func gradient(of loss: some FeatureLoss) -> Tensor {
    gradient(of: loss, checkpoint: {})
  }
}

extension FeatureExtractor {
  /// The convolutions it runs, shallow to deep, and the operations that the definition of each takes:
  /// two for each product.
  public var convolutions: [(name: LayerName, operations: Double)] {
    stages.indices.map { index in
      let inputs = index == 0 ? 3 : stages[index - 1].shape.channels
      return (stages[index].name, 2 * 9 * Double(inputs) * Double(stages[index].shape.count))
    }
  }
}

// MARK: - The way back

extension FeatureExtractor {
  /// The gradient on its way: with respect to what a stage's rectifier was given, or to the pooled
  /// maxima of that.
  private struct GradientFlow {
    var gradient: Tensor
    /// Which of the gradient memories holds it; nil for the stage's own.
    let memory: Int?
    let isPooled: Bool
  }

  /// Takes the gradient from stage `index` to the one before it.
  private func step(
    _ flow: GradientFlow, from index: Int, of loss: some FeatureLoss
  ) -> GradientFlow {
    guard case .ofFeatures(let convolution) = stages[index].convolution else { return flow }
    var flow = flow
    if flow.isPooled, let activation = stages[index].activation {
      flow = unpool(flow, at: index, onto: activation, of: loss)
    }
    let below = index - 1
    var (target, gate): (GradientFlow, RectifierGate)
    switch stages[below].takeResult() {
    case .kept(let activation):
      stages[below].result = .kept(activation)
      let memory = flow.memory == 0 ? 1 : 0
      target = GradientFlow(
        gradient: takeKeptGradient(at: below, of: loss, memory: memory), memory: memory,
        isPooled: false)
      gate = .activation(activation)
    case .passing(let activation, let positive):
      target = GradientFlow(gradient: activation, memory: nil, isPooled: false)
      stages[below].result = .passing(Stage.nothing, positive: positive)
      gate = .mask(positive)
    case .pooled(let pooled, let record):
      target = GradientFlow(gradient: pooled, memory: nil, isPooled: true)
      stages[below].result = .pooled(Stage.nothing, record: record)
      gate = .mask(record.positive)
    case .keptAndPooled(let activation, let pooled, let record):
      target = GradientFlow(gradient: pooled, memory: nil, isPooled: true)
      stages[below].result = .keptAndPooled(activation, pooled: Stage.nothing, record: record)
      gate = .mask(record.positive)
    }
    // A kept gradient has the loss's share already.
    let isAdding = target.memory != nil
    if flow.isPooled, case .pooled(_, let record) = stages[index].result {
      convolution.backward(
        unpooling: flow.gradient, record: record, into: &target.gradient, isAdding: isAdding,
        gate: gate, on: workers)
    } else {
      convolution.backward(
        flow.gradient, into: &target.gradient, isAdding: isAdding, gate: gate, on: workers)
    }
    giveBack(flow, at: index)
    return target
  }

  /// Where a loss reads what pooling follows, its share joins before the maxima are taken.
  private func unpool(
    _ flow: GradientFlow, at index: Int, onto activation: Tensor, of loss: some FeatureLoss
  ) -> GradientFlow {
    var gradient = gradientMemories[0].take(stages[index].shape)
    Pooling.backward(flow.gradient, input: activation, into: &gradient, on: workers)
    loss.writeGradient(
      at: stages[index].name, of: activation, into: &gradient, isAdding: true, on: workers)
    Rectifier.backward(&gradient, activation: activation, on: workers)
    giveBack(flow, at: index)
    return GradientFlow(gradient: gradient, memory: 0, isPooled: false)
  }

  /// The loss's gradient with respect to a kept activation.
  private func takeKeptGradient(
    at index: Int, of loss: some FeatureLoss, memory: Int
  ) -> Tensor {
    var gradient = gradientMemories[memory].take(stages[index].shape)
    if let activation = stages[index].activation {
      loss.writeGradient(
        at: stages[index].name, of: activation, into: &gradient, isAdding: false, on: workers)
    }
    return gradient
  }

  /// Returns the memory of stage `index`'s gradient to whom it belongs.
  private func giveBack(_ flow: consuming GradientFlow, at index: Int) {
    let memory = flow.memory
    if let memory {
      gradientMemories[memory].giveBack(flow.gradient)
      return
    }
    switch stages[index].takeResult() {
    case .passing(_, let positive):
      stages[index].result = .passing(flow.gradient, positive: positive)
    case .pooled(_, let record):
      stages[index].result = .pooled(flow.gradient, record: record)
    case .keptAndPooled(let activation, _, let record):
      stages[index].result = .keptAndPooled(activation, pooled: flow.gradient, record: record)
    case .kept(let activation):
      stages[index].result = .kept(activation)
    }
  }

  /// Two memories, each as large as the largest gradient that will lie there: `step` alternates.
  private static func gradientMemories(for stages: [Stage]) -> [TensorMemory] {
    var capacities = [0, 0]
    var current: Int? = nil
    for stage in stages.reversed() {
      guard stage.isRead else {
        current = nil
        continue
      }
      // Through a pooling the gradient comes in the stage's own memory, and both are free.
      let memory = current == 0 && !stage.isPooled ? 1 : 0
      capacities[memory] = max(capacities[memory], stage.shape.count)
      current = memory
    }
    return capacities.map(TensorMemory.init(capacity:))
  }
}

// MARK: - The picture

extension FeatureExtractor {
  private func normalize(_ image: Tensor) {
    precondition(image.shape == input.shape)
    let (scale, shift) = (network.inputScale, network.inputShift)
    image.withFloats { image in
      input.withMutableFloats { input in
        workers.forEachRange(of: image.count / 3, grain: 1 << 14) { pixels, _ in
          for pixel in pixels {
            for c in 0..<3 { input[3 * pixel + c] = image[3 * pixel + c] * scale[c] + shift[c] }
          }
        }
      }
    }
  }

  private func denormalizeGradient() {
    let scale = network.inputScale
    imageGradient.withMutableFloats { gradient in
      workers.forEachRange(of: gradient.count / 3, grain: 1 << 14) { pixels, _ in
        for pixel in pixels {
          for c in 0..<3 { gradient[3 * pixel + c] *= scale[c] }
        }
      }
    }
  }
}
