import Checkpoints
import Foundation
import Networks
import Tensors
import Testing

/// The real feed-forward networks, in a store beside the tests; fetched once, where there is a network.
enum RealStylizers {
  /// The installed weights of a model; nil when they cannot be had.
  static func checkpoint(_ id: String) -> SafetensorsFile? {
    if !store.isInstalled(id) { try? store.install(id) }
    return try? store.open(id)
  }

  static let areThere = ["magenta", "multistyle26"].allSatisfy { checkpoint($0) != nil }

  private static let store: ModelStore = {
    let products = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
      .deletingLastPathComponent()
    return ModelStore(folder: products.appendingPathComponent("models").path)
  }()
}

/// What onnxruntime computed of the published graphs, without the quantization of activations.
struct StylizerGolden {
  private let file: SafetensorsFile

  init() throws {
    let path = try #require(
      Bundle.module.path(forResource: "stylizer_golden", ofType: "safetensors"))
    file = try SafetensorsFile(path: path, mapped: false)
  }

  /// A tensor as it was recorded.
  subscript(name: String) -> Tensor {
    get throws { try file.tensor(named: name) }
  }

  /// A picture: recorded in half precision, but of 8 bits.
  func picture(_ name: String) throws -> Tensor {
    let values = try file.tensor(named: name)
    return Tensor(values.elements.map { ($0 * 255).rounded() / 255 }, shape: values.shape)
  }
}
