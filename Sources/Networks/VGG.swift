import Kernels
import Tensors

/// The convolutional part of a VGG-16 or VGG-19 (Simonyan and Zisserman 2015) as a value: blocks of
/// rectified 3×3 convolutions with 2×2 max pooling between them.
public struct VGG: Sendable {
  /// A convolution and where it stands.
  public struct Layer: Sendable {
    /// Its place.
    public let name: LayerName

    /// Its weights, ready to run.
    public let convolution: GEMMConvolution
  }

  /// The convolutions, shallow to deep.
  public let layers: [Layer]

  /// What each of red, green and blue in 0…1 is multiplied by before the first convolution; `(3)`.
  public let inputScale: [Float]

  /// What is added after that; `(3)`.
  public let inputShift: [Float]

  /// A network of these layers.
  ///
  /// - Precondition: `layers` stand in order and the channels fit; scale and shift have 3 elements.
  public init(layers: [Layer], inputScale: [Float], inputShift: [Float]) {
    precondition(inputScale.count == 3 && inputShift.count == 3)
    var channels = 3
    for layer in layers {
      precondition(layer.convolution.filter.inputs == channels, "\(layer.name) does not fit")
      channels = layer.convolution.filter.outputs
    }
    self.layers = layers
    self.inputScale = inputScale
    self.inputShift = inputShift
  }

  /// Whether the network has this layer.
  public func contains(_ name: LayerName) -> Bool {
    layers.contains { $0.name == name }
  }

  /// The layers up to and including `deepest`.
  func layers(through deepest: LayerName) -> [Layer] {
    layers.filter { $0.name <= deepest }
  }

  /// The shortest side a picture may have so that something is left at `deepest`.
  public static func minimumSide(for deepest: LayerName) -> Int {
    1 << (deepest.block - 1)
  }
}
