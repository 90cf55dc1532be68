import Tensors

/// A feed-forward network that paints at once: which tensors it has, and of which shapes.
///
/// The painting network of Johnson, Alahi and Fei-Fei 2016: three convolutions shrink the picture to a
/// quarter, residual blocks rework it, three more, behind upsampling, bring it back; what style it
/// paints is in the scale and shift of the normalizations behind them (Dumoulin et al. 2017).
public struct StylizerArchitecture: Hashable, Sendable {
  /// `magenta` or `multistyle26`.
  public let name: String

  /// A tensor's name and shape.
  public struct Entry: Hashable, Sendable {
    /// The name in canonical checkpoints.
    public let name: String
    /// The shape there.
    public let shape: Shape
  }

  /// All tensors.
  public let entries: [Entry]

  /// The ONNX files that it was published in.
  let files: [String]

  /// How many numbers describe a style to it: a painting's code, or a weight for each built-in style.
  public let codeLength: Int

  /// The architectures that are known.
  public static let all = [magenta, multistyle26]

  /// The architecture of this name.
  public static func named(_ name: String) -> StylizerArchitecture? {
    all.first { $0.name == name }
  }

  /// A convolution of the painting network.
  public struct Convolution: Hashable, Sendable {
    /// The name in canonical checkpoints: `residual2.conv1`.
    public let name: String
    /// The side of its square window.
    public let window: Int
    /// Channels that come in.
    public let inputs: Int
    /// Channels that go out.
    public let outputs: Int
    /// Whether a normalization in the style follows; else there is a bias.
    public let isStyled: Bool

    fileprivate var weight: Entry {
      Entry(name: "\(name).weight", shape: [window, window, inputs, outputs])
    }
  }

  /// The painting network's convolutions, first to last: three that contract, pairs of the residual
  /// blocks, three that expand.
  public let convolutions: [Convolution]

  private init(
    name: String, files: [String], codeLength: Int, convolutions: [Convolution], entries: [Entry]
  ) {
    self.name = name
    self.files = files
    self.codeLength = codeLength
    self.convolutions = convolutions
    self.entries = entries
  }

  private static func paintingLayers(
    widths: [Int], residuals: Int, expanding: [Int], isStyledThroughout: Bool
  ) -> [Convolution] {
    let depth = widths[2]
    let contracting = zip([3, widths[0], widths[1]], widths).enumerated().map { index, channels in
      Convolution(
        name: "contract\(index + 1)", window: index == 0 ? 9 : 3, inputs: channels.0,
        outputs: channels.1, isStyled: isStyledThroughout)
    }
    let residual = (0..<2 * residuals).map { index in
      Convolution(
        name: "residual\(index / 2 + 1).conv\(index % 2 + 1)", window: 3, inputs: depth,
        outputs: depth, isStyled: true)
    }
    let outputs = expanding + [3]
    let expand = zip([depth] + expanding, outputs).enumerated().map { index, channels in
      Convolution(
        name: "expand\(index + 1)", window: index == 2 ? 9 : 3, inputs: channels.0,
        outputs: channels.1, isStyled: true)
    }
    return contracting + residual + expand
  }

  /// Twenty-six styles in one network; a style's scales and shifts are rows of tables.
  public static let multistyle26 = {
    let styles = 26
    let convolutions = paintingLayers(
      widths: [32, 32, 32], residuals: 6, expanding: [8, 4], isStyledThroughout: true)
    return StylizerArchitecture(
      name: "multistyle26", files: ["multistyle26.onnx"], codeLength: styles,
      convolutions: convolutions,
      entries: convolutions.flatMap {
        [
          $0.weight, Entry(name: "\($0.name).gamma", shape: [styles, $0.outputs]),
          Entry(name: "\($0.name).beta", shape: [styles, $0.outputs]),
        ]
      })
  }()

  /// Any painting's style: a MobileNet-v2 reads it into 100 numbers, from which scales and shifts follow.
  ///
  /// Ghiasi and others 2017; Sandler and others 2018.
  public static let magenta = {
    let codeLength = 100
    let convolutions = paintingLayers(
      widths: [8, 16, 32], residuals: 5, expanding: [16, 8], isStyledThroughout: false)
    let painting = convolutions.flatMap { convolution in
      convolution.isStyled
        ? [convolution.weight]
          + ["gamma", "beta"].flatMap {
            [
              Entry(
                name: "\(convolution.name).\($0).weight", shape: [codeLength, convolution.outputs]),
              Entry(name: "\(convolution.name).\($0).bias", shape: [convolution.outputs]),
            ]
          }
        : [
          convolution.weight,
          Entry(name: "\(convolution.name).bias", shape: [convolution.outputs]),
        ]
    }
    let seeing = predictor.flatMap {
      [
        Entry(name: "\($0.name).weight", shape: $0.shape),
        Entry(name: "\($0.name).bias", shape: [$0.outputs]),
      ]
    }
    return StylizerArchitecture(
      name: "magenta", files: ["arbitrary_predict.onnx", "arbitrary_transform.onnx"],
      codeLength: codeLength, convolutions: convolutions, entries: seeing + painting)
  }()
}
