import Tensors

/// What LPIPS (Zhang and others 2018) learned on top of a VGG-16: how much each channel of five layers
/// counts when people compare two pictures.
///
/// In this program's own arrangement its tensors are
///
///     conv1_2.head … conv5_3.head   (channels)
///
/// The Python package `lpips` has them in `weights/v0.1/vgg.pth`, as `lin0.model.1.weight` … `lin4`,
/// `(1, channels, 1, 1)` each; that file as safetensors can be imported. They fit torchvision's VGG-16
/// and no other.
public struct PerceptualHeadsCheckpoint: Sendable {
  /// What installed heads are called, and what their files say that they hold.
  public static let id = "lpips-vgg"

  /// The layers, shallow to deep.
  public static let layers = ["conv1_2", "conv2_2", "conv3_3", "conv4_3", "conv5_3"]

  private static let channels = [64, 128, 256, 512, 512]

  /// The weights of each layer's channels, `(channels)`, in the order of `layers`.
  public let weights: [Tensor]

  private let metadata: [String: String]

  /// Reads heads in this program's arrangement or in that of the Python package.
  ///
  /// - Throws: `CheckpointError` when one is missing, of another shape or not finite.
  public init(from source: any TensorSource) throws(CheckpointError) {
    try self.init(from: source, origin: nil)
  }

  init(
    from source: any TensorSource, origin: VGGCheckpoint.Origin?
  ) throws(CheckpointError) {
    let isCanonical = source.metadata["architecture"] == Self.id
    var weights: [Tensor] = []
    for (number, channels) in Self.channels.enumerated() {
      let name = isCanonical ? "\(Self.layers[number]).head" : Self.publishedName(number)
      let expected: Shape = isCanonical ? [channels] : [1, channels, 1, 1]
      guard let shape = source.shape(of: name) else {
        throw .missingTensor(path: source.path, tensor: name)
      }
      guard shape == expected else {
        throw .wrongShape(path: source.path, tensor: name, expected: expected, found: shape)
      }
      let tensor = try source.tensor(named: name)
      guard tensor.withFloats({ $0.allSatisfy(\.isFinite) }) else {
        throw .notFinite(path: source.path, tensor: name)
      }
      weights.append(tensor.reshaped(to: [channels]))
    }
    self.weights = weights
    metadata = [
      "architecture": Self.id,
      "source": origin?.source ?? source.metadata["source"] ?? "not stated",
      "license": origin?.license ?? source.metadata["license"] ?? "not stated",
    ]
  }

  /// Whether a file holds heads.
  static func recognizes(_ source: any TensorSource) -> Bool {
    source.metadata["architecture"] == id || source.shape(of: publishedName(0)) != nil
  }

  private static func publishedName(_ number: Int) -> String { "lin\(number).model.1.weight" }

  /// Writes the heads to a safetensors file, replacing it whole or not at all.
  public func write(to path: String) throws(CheckpointError) {
    let tensors = zip(Self.layers, weights).map { ("\($0).head", $1) }
    try SafetensorsFile.write(tensors, metadata: metadata, to: path)
  }
}

extension PerceptualHeadsCheckpoint: ModelCheckpoint {
  var architectureName: String { Self.id }
}
