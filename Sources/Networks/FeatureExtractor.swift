import Kernels
import Tensors

/// A network at work on pictures of one size: features out, gradient back.
///
/// Every buffer is allocated once. The way back needs a bit of each activation, or three after pooling,
/// beside what a loss reads; its gradients lie where the activations were.
/// Used from one queue at a time.
public final class FeatureExtractor {
  /// The layers that a loss reads.
  public let layers: Set<LayerName>

  private let network: VGG
  private let workers: Workers
  private var stages: [Stage]
  private var input: Tensor
  private var imageGradient: Tensor

  /// Whether the stages hold activations; else gradients.
  private var isLooking = false

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
        layer, height: height >> scale, width: width >> scale, format: network.activations,
        isRead: layers.contains(layer.name),
        isPooled: index + 1 < used.count && used[index + 1].name.block > layer.name.block)
    }
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
    isLooking = false
    for index in stages.indices {
      try checkpoint()
      stages[index].run(on: index == 0 ? input : stages[index - 1].output, workers: workers)
    }
    var activations: [LayerName: Tensor] = [:]
    for stage in stages { activations[stage.name] = stage.activation }
    isLooking = true
    return Features(image: image, activations: activations)
  }

  /// Looks at a picture.
  public func features(of image: Tensor) -> Features {
    features(of: image, checkpoint: {})
  }

  /// The gradient of a loss of the last picture's features, with respect to that picture.
  ///
  /// It takes the features' place: the picture has to be looked at again before the next one.
  ///
  /// - Parameters:
  ///   - loss: reads this extractor's layers.
  ///   - checkpoint: called between layers; what it throws ends the pass.
  /// - Returns: `(height, width, 3)`.
  public func gradient<E: Error>(
    of loss: some FeatureLoss, checkpoint: () throws(E) -> Void
  ) throws(E) -> Tensor {
    precondition(loss.layers == layers)
    precondition(isLooking, "the features are gone")
    isLooking = false
    stages[stages.count - 1].takeGradient(of: loss, on: workers)
    for index in stages.indices.reversed() {
      try checkpoint()
      guard index > 0 else { break }
      let next = stages[index]
      stages[index - 1].takeGradient(from: next, of: loss, on: workers)
    }
    stages[0].sendBack(intoPicture: &imageGradient, on: workers)
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
