import Checkpoints
import Networks
import Tensors

/// A stylizer's weights drawn at random: small, so that nothing saturates.
struct RandomStylizer: TensorSource {
  let architecture: StylizerArchitecture
  let path = "memory"
  private let tensors: [String: Tensor]

  init(_ architecture: StylizerArchitecture, seed: UInt64 = 1) {
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

  var names: [String] { architecture.entries.map(\.name) }
  var metadata: [String: String] { ["architecture": architecture.name] }
  func shape(of name: String) -> Shape? { tensors[name]?.shape }
  func tensor(named name: String) throws(CheckpointError) -> Tensor {
    guard let tensor = tensors[name] else { throw .missingTensor(path: path, tensor: name) }
    return tensor
  }
}
