import Tensors

extension StylizerArchitecture {
  /// A layer of the network that reads a painting's style.
  public struct PredictorLayer: Hashable, Sendable {
    /// What it does.
    public enum Kind: Hashable, Sendable {
      /// A 3×3 convolution of the picture, stride 2.
      case stem
      /// A 1×1 convolution.
      case pointwise
      /// A 3×3 convolution of each channel.
      case depthwise(stride: Int)
    }

    /// The name in canonical checkpoints: `predictor.block3.expand`.
    public let name: String
    /// The name in the published graph.
    let published: String
    /// What it does.
    public let kind: Kind
    /// Channels that come in.
    public let inputs: Int
    /// Channels that go out.
    public let outputs: Int
    /// Whether results are clamped to 0…6.
    public let isRectified: Bool

    /// The shape of its weights.
    public var shape: Shape {
      switch kind {
      case .stem: [3, 3, inputs, outputs]
      case .pointwise: [inputs, outputs]
      case .depthwise: [3, 3, outputs]
      }
    }
  }

  /// The blocks of MobileNet-v2: channels out and stride; all but the first widen six times between.
  private static let blocks = [
    (16, 1), (24, 2), (24, 1), (32, 2), (32, 1), (32, 1), (64, 2), (64, 1), (64, 1), (64, 1),
    (96, 1),
    (96, 1), (96, 1), (160, 2), (160, 1), (160, 1), (320, 1),
  ]

  /// The layers that read a painting's style, in order; the mean over the picture is taken before the
  /// last.
  public static let predictor: [PredictorLayer] = {
    var layers = [
      PredictorLayer(
        name: "predictor.stem", published: "MobilenetV2/Conv", kind: .stem, inputs: 3, outputs: 32,
        isRectified: true)
    ]
    var inputs = 32
    for (index, (outputs, stride)) in blocks.enumerated() {
      let name = "predictor.block\(index)"
      let published = "MobilenetV2/expanded_conv" + (index == 0 ? "" : "_\(index)")
      let wide = index == 0 ? inputs : 6 * inputs
      if index > 0 {
        layers.append(
          PredictorLayer(
            name: "\(name).expand", published: "\(published)/expand", kind: .pointwise,
            inputs: inputs, outputs: wide, isRectified: true))
      }
      layers.append(
        PredictorLayer(
          name: "\(name).depthwise", published: "\(published)/depthwise",
          kind: .depthwise(stride: stride), inputs: wide, outputs: wide, isRectified: true))
      layers.append(
        PredictorLayer(
          name: "\(name).project", published: "\(published)/project", kind: .pointwise,
          inputs: wide, outputs: outputs, isRectified: false))
      inputs = outputs
    }
    layers.append(
      PredictorLayer(
        name: "predictor.head", published: "MobilenetV2/Conv_1", kind: .pointwise, inputs: inputs,
        outputs: 1280, isRectified: true))
    layers.append(
      PredictorLayer(
        name: "predictor.code", published: "mobilenet_conv/Conv", kind: .pointwise, inputs: 1280,
        outputs: 100, isRectified: false))
    return layers
  }()
}
