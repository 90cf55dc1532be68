import Files
import Foundation
import Tensors
import TestSupport

@testable import Checkpoints

/// The path of a fixture; `Fixtures/make.py` made them.
func fixture(_ name: String) -> String {
  Bundle.module.bundleURL.appendingPathComponent("Fixtures/\(name)").path
}

/// 0, 0.5, 1, … as in the fixtures.
func ramp(_ shape: Shape) -> Tensor {
  Tensor((0..<shape.count).map { Float($0) / 2 }, shape: shape)
}

/// Tensors that are in no file.
struct TensorDictionary: TensorSource {
  var path = "memory"
  var metadata: [String: String] = [:]
  var tensors: [String: Tensor]

  var names: [String] { tensors.keys.sorted() }
  func shape(of name: String) -> Shape? { tensors[name]?.shape }
  func tensor(named name: String) throws(CheckpointError) -> Tensor {
    guard let tensor = tensors[name] else { throw .missingTensor(path: path, tensor: name) }
    return tensor
  }
}

extension VGGArchitecture {
  /// The networks of the article, one thirty-second as wide.
  static let narrow16 = VGGArchitecture(name: "vgg16", depths: [2, 2, 3, 3, 3], divisor: 32)
  static let narrow19 = VGGArchitecture(name: "vgg19", depths: [2, 2, 4, 4, 4], divisor: 32)
}

/// Random weights of a narrow VGG as a file of some layout would have them.
func randomWeights(
  _ layout: WeightLayout, _ architecture: VGGArchitecture, prefix: String = ""
) -> TensorDictionary {
  var random = SeededRandom(seed: 7)
  var tensors: [String: Tensor] = [:]
  for convolution in architecture.convolutions {
    let (inputs, outputs) = (convolution.inputs, convolution.outputs)
    let names = layout.names(of: convolution, in: architecture)
    let shape: Shape =
      layout.filterOrder == .hwio ? [3, 3, inputs, outputs] : [outputs, inputs, 3, 3]
    tensors[prefix + names.filter] = random.uniform(shape)
    tensors[prefix + names.bias] = random.uniform([outputs])
  }
  if layout == .canonical {
    tensors[VGGCheckpoint.inputScale] = random.uniform([3])
    tensors[VGGCheckpoint.inputShift] = random.uniform([3])
  }
  return TensorDictionary(tensors: tensors)
}

/// Damages bytes: flips some, overwrites some, cuts some off or repeats them.
func mutated(_ bytes: [UInt8], using random: inout SeededRandom) -> [UInt8] {
  var bytes = bytes
  switch Int.random(in: 0..<5, using: &random) {
  case 0:
    bytes.removeLast(Int.random(in: 1...bytes.count, using: &random))
  case 1:
    let start = Int.random(in: 0..<bytes.count, using: &random)
    let end = min(bytes.count, start + Int.random(in: 1...16, using: &random))
    bytes.replaceSubrange(start..<end, with: repeatElement(0xFF, count: end - start))
  case 2:
    let start = Int.random(in: 0..<bytes.count, using: &random)
    bytes.insert(contentsOf: bytes[start...].prefix(8), at: start)
  default:
    for _ in 0..<Int.random(in: 1...8, using: &random) {
      // Headers are at the start, and there the interesting bytes are.
      let end = Bool.random(using: &random) ? bytes.count : min(bytes.count, 512)
      bytes[Int.random(in: 0..<end, using: &random)] = .random(in: 0...255, using: &random)
    }
  }
  return bytes
}
