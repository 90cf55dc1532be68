/// The convolutions of a VGG: five blocks of 3×3 convolutions, with a 2×2 pooling behind each.
///
/// Simonyan and Zisserman 2014, table 1, columns D (`vgg16`) and E (`vgg19`), without the fully
/// connected layers.
public struct VGGArchitecture: Hashable, Sendable {
  /// `vgg16` or `vgg19`.
  public let name: String

  /// All convolutions, from conv1_1 on.
  public let convolutions: [Convolution]

  /// One 3×3 convolution.
  public struct Convolution: Hashable, Sendable {
    /// The block, from 1.
    public let block: Int
    /// The place in the block, from 1.
    public let index: Int
    /// The channels that come in; 3 for conv1_1.
    public let inputs: Int
    /// The channels that go out.
    public let outputs: Int

    /// The name in the literature and in canonical checkpoints: `conv4_2`.
    public var name: String { "conv\(block)_\(index)" }
  }

  /// Column D: 13 convolutions.
  public static let vgg16 = VGGArchitecture(name: "vgg16", depths: [2, 2, 3, 3, 3])

  /// Column E: 16 convolutions.
  public static let vgg19 = VGGArchitecture(name: "vgg19", depths: [2, 2, 4, 4, 4])

  /// A VGG with so many convolutions in each block; `divisor` makes the blocks narrower than the
  /// article's 64, 128, 256, 512 and 512 channels, for tests.
  init(name: String, depths: [Int], divisor: Int = 1) {
    self.name = name
    let widths = [64, 128, 256, 512, 512].map { $0 / divisor }
    var inputs = 3
    var convolutions: [Convolution] = []
    for (block, depth) in depths.enumerated() {
      for index in 0..<depth {
        convolutions.append(
          Convolution(
            block: block + 1, index: index + 1, inputs: inputs, outputs: widths[block]))
        inputs = widths[block]
      }
    }
    self.convolutions = convolutions
  }

  /// Whether style transfer needs this convolution: it reads nothing behind conv5_1.
  static func isRequired(_ convolution: Convolution) -> Bool {
    (convolution.block, convolution.index) <= (5, 1)
  }

  /// The place of a convolution in torchvision's `features`, where each is followed by a rectifier
  /// and each block by a pooling.
  func torchvisionIndex(of convolution: Convolution) -> Int {
    let before = convolutions.prefix { $0 != convolution }.count
    return 2 * before + convolution.block - 1
  }

  /// The convolution that tells this architecture from a shallower one.
  var deepestOfThirdBlock: Convolution? { convolutions.last { $0.block == 3 } }
}
