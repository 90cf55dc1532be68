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

  /// How finely numbers are kept; sums are in single precision either way.
  public enum Precision: Sendable {
    /// In single precision.
    case full
    /// Weights in binary16 and activations in bfloat16, in half of the memory. Gradients lie where
    /// activations were, and span more than binary16 does.
    case mixed

    var weights: WinogradPrecision {
      switch self {
      case .full: .single
      case .mixed: .half
      }
    }

    var activations: ElementFormat {
      switch self {
      case .full: .single
      case .mixed: .brain
      }
    }
  }

  /// How activations are kept.
  let activations: ElementFormat

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

  /// Whether it is a VGG-16 that sees pictures as torchvision's does, and with as many channels: the one
  /// network that LPIPS' heads fit, provided that its weights are torchvision's.
  public var canBearPerceptualHeads: Bool {
    let deviations: [Float] = [0.229, 0.224, 0.225]
    let means: [Float] = [0.485, 0.456, 0.406]
    return contains(LayerName(block: 5, index: 3)) && !contains(LayerName(block: 3, index: 4))
      && layers[0].convolution.outputs == 64
      && (0..<3).allSatisfy { channel in
        abs(inputScale[channel] * deviations[channel] - 1) < 1e-4
          && abs(inputShift[channel] * deviations[channel] + means[channel]) < 1e-4
      }
  }

  /// The last convolution of each block: where perceptual distances look, as LPIPS does.
  public var lastLayers: [LayerName] {
    Dictionary(grouping: layers.map(\.name), by: \.block).values.compactMap { $0.max() }.sorted()
  }

  /// The shortest side a picture may have so that something is left at `deepest`.
  public static func minimumSide(for deepest: LayerName) -> Int {
    1 << (deepest.block - 1)
  }
}
