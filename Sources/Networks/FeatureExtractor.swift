import Kernels
import Tensors

/// A network at work on pictures of one size: features out, gradient back.
///
/// Owns every buffer that takes; a pass allocates no activations. Used from one queue at a time.
public final class FeatureExtractor {
  private let layers: [VGG.Layer]
  private let network: VGG
  private let workers: Workers

  private var input: Tensor
  private var activations: [Tensor]
  /// What follows the last convolution of each block but the deepest, by block.
  private var pooled: [Int: Tensor] = [:]

  /// An extractor for pictures of `height` × `width` pixels.
  ///
  /// - Parameters:
  ///   - network: the weights.
  ///   - deepest: the deepest layer that will be asked for.
  ///   - height: rows, at least `VGG.minimumSide(for: deepest)`.
  ///   - width: columns, at least as many.
  ///   - workers: the threads.
  public init(
    _ network: VGG, through deepest: LayerName, height: Int, width: Int, on workers: Workers
  ) {
    precondition(network.contains(deepest), "no layer \(deepest)")
    precondition(min(height, width) >= VGG.minimumSide(for: deepest), "\(height)×\(width)")
    self.network = network
    self.workers = workers
    layers = network.layers(through: deepest)
    input = Tensor(uninitialized: [height, width, 3])
    activations = []
    var shape = input.shape
    for layer in layers {
      if layer.name.index == 1, layer.name.block > 1 {
        shape = Pooling.pooledShape(of: shape)
        pooled[layer.name.block - 1] = Tensor(uninitialized: shape)
      }
      shape = [shape.height, shape.width, layer.convolution.filter.outputs]
      activations.append(Tensor(uninitialized: shape))
    }
  }

  /// Looks at a picture.
  ///
  /// - Parameters:
  ///   - image: `(height, width, 3)`, RGB in 0…1.
  ///   - names: the layers to give back.
  ///   - checkpoint: called between layers; what it throws ends the pass.
  public func features<E: Error>(
    of image: Tensor, at names: Set<LayerName>, checkpoint: () throws(E) -> Void
  ) throws(E) -> Features {
    normalize(image)
    for (i, layer) in layers.enumerated() {
      try checkpoint()
      if layer.name.index == 1, layer.name.block > 1 {
        pool(activations[i - 1], block: layer.name.block - 1)
      }
      layer.convolution.forwardRectified(source(of: i), into: &activations[i], on: workers)
    }
    let read = zip(layers, activations).filter { names.contains($0.0.name) }
    return Features(
      image: image, activations: Dictionary(uniqueKeysWithValues: read.map { ($0.name, $1) }))
  }

  /// Looks at a picture.
  public func features(of image: Tensor, at names: Set<LayerName>) -> Features {
    features(of: image, at: names, checkpoint: {})
  }

  /// The gradient of a loss of the last picture's features, with respect to that picture.
  ///
  /// - Parameters:
  ///   - loss: reads layers that this extractor reaches.
  ///   - checkpoint: called between layers; what it throws ends the pass.
  /// - Returns: `(height, width, 3)`.
  public func gradient<E: Error>(
    of loss: some FeatureLoss, checkpoint: () throws(E) -> Void
  ) throws(E) -> Tensor {
    var gradient = Tensor(shape: activations[layers.count - 1].shape)
    for (i, layer) in layers.enumerated().reversed() {
      try checkpoint()
      if loss.layers.contains(layer.name) {
        loss.addGradient(at: layer.name, of: activations[i], to: &gradient, on: workers)
      }
      Rectifier.backward(&gradient, activation: activations[i], on: workers)
      var below = Tensor(uninitialized: source(of: i).shape)
      layer.convolution.backward(gradient, into: &below, on: workers)
      if layer.name.index == 1, layer.name.block > 1 {
        gradient = Tensor(uninitialized: activations[i - 1].shape)
        Pooling.backward(below, input: activations[i - 1], into: &gradient, on: workers)
      } else {
        gradient = below
      }
    }
    denormalize(&gradient)
    loss.addImageGradient(to: &gradient, on: workers)
    return gradient
  }

  /// The gradient of a loss of the last picture's features, with respect to that picture.
  public func gradient(of loss: some FeatureLoss) -> Tensor {
    gradient(of: loss, checkpoint: {})
  }

  /// What the convolution of layer `i` reads.
  private func source(of i: Int) -> Tensor {
    guard i > 0 else { return input }
    let name = layers[i].name
    guard name.index == 1 else { return activations[i - 1] }
    return pooled[name.block - 1] ?? activations[i - 1]
  }

  private func pool(_ activation: Tensor, block: Int) {
    guard var target = pooled.removeValue(forKey: block) else { return }
    Pooling.forward(activation, into: &target, on: workers)
    pooled[block] = target
  }

  private func normalize(_ image: Tensor) {
    precondition(image.shape == input.shape)
    let (scale, shift) = (network.inputScale, network.inputShift)
    image.withFloats { image in
      input.withMutableFloats { input in
        for i in image.indices { input[i] = image[i] * scale[i % 3] + shift[i % 3] }
      }
    }
  }

  private func denormalize(_ gradient: inout Tensor) {
    let scale = network.inputScale
    gradient.withMutableFloats { gradient in
      for i in gradient.indices { gradient[i] *= scale[i % 3] }
    }
  }
}
