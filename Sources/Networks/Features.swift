import Tensors

/// What a network sees in a picture: the activations of the layers that somebody asked for.
///
/// They share the network's buffers, so let go of them before a gradient is taken or the next picture is
/// looked at; else that copies the buffers first.
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
public protocol FeatureLoss {
  /// The layers that it reads.
  var layers: Set<LayerName> { get }

  /// Replaces the activation of a layer that it reads by its gradient with respect to what the layer's
  /// rectifier was given: 0 wherever the activation is.
  ///
  /// In place, since these are the largest tensors there are.
  ///
  /// - Parameters:
  ///   - activation: `(height, width, channels)`.
  ///   - layer: one of `layers`.
  ///   - workers: the threads.
  func replace(_ activation: inout Tensor, at layer: LayerName, on workers: Workers)

  /// Adds what it says of the picture itself, not of its features, to the gradient with respect to
  /// the picture, `(height, width, 3)`.
  func addImageGradient(to gradient: inout Tensor, on workers: Workers)
}
