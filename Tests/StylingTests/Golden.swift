import Checkpoints
import Foundation
import Networks
import Tensors
import Testing

/// What PyTorch computed: inputs, features, losses, gradient and a trajectory.
struct Golden {
  let file: SafetensorsFile

  /// The small network's values, whose weights are in the same file.
  static func thin() throws -> Golden { try Golden(named: "thin_golden") }

  /// The real VGG-16's values.
  static func vgg16() throws -> Golden { try Golden(named: "vgg16_golden") }

  private init(named name: String) throws {
    let path = try #require(
      Bundle.module.path(forResource: name, ofType: "safetensors"))
    file = try SafetensorsFile(path: path, mapped: false)
  }

  /// A tensor; leading axes of extent 1 are dropped.
  subscript(name: String) -> Tensor {
    get throws {
      let tensor = try file.tensor(named: name)
      let extents = Array(tensor.shape.extents.drop { $0 == 1 })
      return tensor.reshaped(to: Shape(extents))
    }
  }

  static let contentLayer = LayerName(block: 4, index: 2)
  static let styleLayers = (1...5).map { LayerName(block: $0, index: 1) }
}
