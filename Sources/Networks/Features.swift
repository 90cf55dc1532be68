import Tensors

/// What a network sees in a picture: the activations of the layers that somebody asked for.
///
/// They share the network's buffers, so let go of them before the next picture is looked at; else
/// that copies the buffers first.
public struct Features: Sendable {
  /// The picture, `(height, width, 3)` in 0…1.
  public let image: Tensor

  private let activations: [LayerName: Tensor]

  init(image: Tensor, activations: [LayerName: Tensor]) {
    self.image = image
    self.activations = activations
  }

  /// The activation of a layer after its rectifier, `(height, width, channels)`.
  ///
  /// - Precondition: the layer was asked for.
  public subscript(layer: LayerName) -> Tensor {
    guard let activation = activations[layer] else {
      preconditionFailure("\(layer) was not asked for")
    }
    return activation
  }
}

/// A loss as seen from the network: it knows its gradient with respect to each layer that it reads.
///
/// Gradients are added to the one that comes from the deeper layers while it passes through, so that
/// none of them needs a buffer of its own.
public protocol FeatureLoss {
  /// The layers that it reads.
  var layers: Set<LayerName> { get }

  /// Writes its gradient with respect to the activation of a layer that it reads.
  ///
  /// - Parameters:
  ///   - layer: one of `layers`.
  ///   - activation: `(height, width, channels)`.
  ///   - gradient: of the same shape.
  ///   - isAdding: whether to add to what `gradient` holds; else that is overwritten.
  ///   - workers: the threads.
  func writeGradient(
    at layer: LayerName, of activation: Tensor, into gradient: inout Tensor, isAdding: Bool,
    on workers: Workers)

  /// Adds what it says of the picture itself, not of its features, to the gradient with respect to
  /// the picture, `(height, width, 3)`.
  func addImageGradient(to gradient: inout Tensor, on workers: Workers)
}
