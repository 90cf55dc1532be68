import Tensors
import TestSupport
import Testing

@testable import Checkpoints

@Suite struct StylizerCheckpointTests {
  private func weights(_ architecture: StylizerArchitecture) -> TensorDictionary {
    TensorDictionary(
      metadata: ["architecture": architecture.name, "license": "none"],
      tensors: Dictionary(
        uniqueKeysWithValues: architecture.entries.map {
          ($0.name, Tensor(repeating: 0.5, shape: $0.shape))
        }))
  }

  @Test(arguments: StylizerArchitecture.all)
  func `a checkpoint is read as it was written`(architecture: StylizerArchitecture) throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/model"
      try StylizerCheckpoint(from: weights(architecture)).write(to: path)
      let file = try SafetensorsFile(path: path, mapped: true)
      #expect(Set(file.names) == Set(architecture.entries.map(\.name)))
      let again = try StylizerCheckpoint(from: file)
      #expect(again.architecture == architecture)
      #expect(again.metadata["license"] == "none")
    }
  }

  @Test func `what does not fit is refused`() throws {
    let whole = weights(.multistyle26)
    let name = "residual3.conv2.gamma"
    var source = whole
    source.tensors[name] = nil
    #expect(throws: CheckpointError.missingTensor(path: "memory", tensor: name)) {
      try StylizerCheckpoint(from: source)
    }
    source.tensors[name] = Tensor(shape: [26, 31])
    #expect(
      throws: CheckpointError.wrongShape(
        path: "memory", tensor: name, expected: [26, 32], found: [26, 31])
    ) {
      try StylizerCheckpoint(from: source)
    }
    source.tensors[name] = Tensor(repeating: .nan, shape: [26, 32])
    #expect(throws: CheckpointError.notFinite(path: "memory", tensor: name)) {
      try StylizerCheckpoint(from: source)
    }
    source = whole
    source.metadata = [:]
    #expect(throws: CheckpointError.unrecognized(path: "memory")) {
      try StylizerCheckpoint(from: source)
    }
  }

  @Test func `a published file of another network is refused`() throws {
    let file = try ONNXFile(path: fixture("quantized.onnx"))
    for architecture in StylizerArchitecture.all {
      #expect {
        try StylizerCheckpoint(architecture, from: [file], origin: nil)
      } throws: { error in
        if case .missingTensor = error as? CheckpointError { true } else { false }
      }
    }
  }

  @Test func `an installed stylizer can be handed on as a file`() throws {
    try withTemporaryFolder { folder in
      let store = ModelStore(folder: "\(folder)/store")
      let path = "\(folder)/exported.safetensors"
      try StylizerCheckpoint(from: weights(.magenta)).write(to: path)
      try store.install("magenta", from: path)
      #expect(try store.import(path) == "magenta")
      #expect(
        throws: CheckpointError.wrongArchitecture(
          path: path, expected: "multistyle26", found: "magenta")
      ) {
        try store.install("multistyle26", from: path)
      }
    }
  }
}
