import Checkpoints
import Tensors

/// A stylizer's weights drawn at random: small, so that nothing saturates.
public struct RandomStylizer: TensorSource, Sendable {
  /// Which network it is.
  public let architecture: StylizerArchitecture
  /// No file.
  public let path = "memory"
  private let tensors: [String: Tensor]

  /// Weights drawn from a seed.
  public init(_ architecture: StylizerArchitecture, seed: UInt64 = 1) {
    self.architecture = architecture
    var random = SeededRandom(seed: seed)
    var tensors: [String: Tensor] = [:]
    for entry in architecture.entries {
      let fan = max(1, entry.shape.count / max(entry.shape.channels, 1))
      let bound = Float(1 / Double(fan).squareRoot())
      tensors[entry.name] = random.uniform(entry.shape, in: -bound...bound)
    }
    self.tensors = tensors
  }

  /// All tensors.
  public var names: [String] { architecture.entries.map(\.name) }
  /// Which network it is, as in a file.
  public var metadata: [String: String] { ["architecture": architecture.name] }

  /// The shape of a tensor.
  public func shape(of name: String) -> Shape? { tensors[name]?.shape }

  /// A tensor.
  public func tensor(named name: String) throws(CheckpointError) -> Tensor {
    guard let tensor = tensors[name] else { throw .missingTensor(path: path, tensor: name) }
    return tensor
  }

  /// Makes it an installed model.
  public func install(in models: String) throws(CheckpointError) {
    try SafetensorsFile.write(
      names.compactMap { name in tensors[name].map { (name, $0) } }, metadata: metadata,
      to: "\(models)/\(architecture.name).safetensors")
  }
}
