import Foundation
import TestSupport
import Tensors
import Testing

@testable import Checkpoints

@Suite struct PerceptualHeadsCheckpointTests {
  /// Heads as the Python package has them.
  private func write(
    to path: String, channels: [Int] = [64, 128, 256, 512, 512], breaking: Int? = nil
  ) throws -> [Tensor] {
    var random = SeededRandom(seed: 6)
    var heads = channels.map { random.uniform([1, $0, 1, 1], in: 0...1) }
    if let breaking { heads[breaking][3] = .nan }
    try SafetensorsFile.write(
      heads.enumerated().map { ("lin\($0.offset).model.1.weight", $0.element) }, metadata: [:],
      to: path)
    return heads
  }

  @Test func `heads are imported under their own name and read again`() throws {
    try withTemporaryFolder { folder in
      let heads = try write(to: "\(folder)/lpips_vgg.safetensors")
      let store = ModelStore(folder: "\(folder)/models")
      #expect(try store.import("\(folder)/lpips_vgg.safetensors") == PerceptualHeadsCheckpoint.id)
      let installed = try PerceptualHeadsCheckpoint(from: store.open(PerceptualHeadsCheckpoint.id))
      #expect(installed.weights.map(\.elements) == heads.map(\.elements))
      #expect(installed.weights.map(\.shape.rank) == [1, 1, 1, 1, 1])
      // A file of this program's own can be imported too.
      let again = try store.import(
        store.path(of: PerceptualHeadsCheckpoint.id), as: "mine")
      #expect(
        try PerceptualHeadsCheckpoint(from: store.open(again)).weights.map(\.elements)
          == heads.map(\.elements))
    }
  }

  @Test func `heads that do not fit are refused`() throws {
    try withTemporaryFolder { folder in
      let store = ModelStore(folder: "\(folder)/models")
      let path = "\(folder)/h.safetensors"
      _ = try write(to: path, channels: [64, 128, 256, 512])
      #expect(
        throws: CheckpointError.missingTensor(path: path, tensor: "lin4.model.1.weight")
      ) { try store.import(path) }
      _ = try write(to: path, channels: [64, 192, 384, 256, 256])
      #expect(throws: CheckpointError.self) { try store.import(path) }
      _ = try write(to: path, breaking: 2)
      #expect(
        throws: CheckpointError.notFinite(path: path, tensor: "lin2.model.1.weight")
      ) { try store.import(path) }
      #expect(try store.list().allSatisfy { !$0.isInstalled })
    }
  }
}
