import Kernels
import Tensors

/// The convolutional part of a VGG-16 or VGG-19 (Simonyan and Zisserman 2015) as a value: blocks of
/// rectified 3×3 convolutions with 2×2 max pooling between them.
public struct VGG: Sendable {
  /// A convolution and where it stands.
  struct Layer: Sendable {
    let name: LayerName
    let convolution: Convolution
  }

  /// A convolution with its weights ready to run.
  enum Convolution: Sendable {
    /// The first one, which reads the picture.
    case ofPicture(PictureConvolution)
    /// All others.
    case ofFeatures(WinogradConvolution)

    var outputs: Int {
      switch self {
      case .ofPicture(let convolution): convolution.outputs
      case .ofFeatures(let convolution): convolution.outputs
      }
    }
  }

  /// The convolutions, shallow to deep.
  let layers: [Layer]

  /// What each of red, green and blue in 0…1 is multiplied by before the first convolution; `(3)`.
  let inputScale: [Float]

  /// What is added after that; `(3)`.
  let inputShift: [Float]

  /// Whether the network has this layer.
  public func contains(_ name: LayerName) -> Bool {
    layers.contains { $0.name == name }
  }

  /// The shortest side a picture may have so that something is left at `deepest`.
  public static func minimumSide(for deepest: LayerName) -> Int {
    1 << (deepest.block - 1)
  }
}
