import Checkpoints
import Tensors

extension TensorSource {
  /// A tensor, if it has the expected shape.
  func tensor(named name: String, of expected: Shape) throws(CheckpointError) -> Tensor {
    guard let found = shape(of: name) else { throw .missingTensor(path: path, tensor: name) }
    guard found == expected else {
      throw .wrongShape(path: path, tensor: name, expected: expected, found: found)
    }
    return try tensor(named: name)
  }
}
