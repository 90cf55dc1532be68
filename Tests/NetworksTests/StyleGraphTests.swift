import Foundation
import Tensors
import TestSupport
import Testing

@testable import Checkpoints
@testable import Networks

/// Networks from ONNX files, against what onnxruntime paints with them (`Fixtures/style_graphs.py`).
@Suite struct StyleGraphTests {
  private let workers = Workers(threads: 2)

  private func fixture(_ name: String, _ type: String) throws -> String {
    try #require(Bundle.module.path(forResource: name, ofType: type))
  }

  private func golden(_ name: String) throws -> Tensor {
    try SafetensorsFile(path: fixture("style_graphs", "safetensors"), mapped: false)
      .tensor(named: name)
  }

  private func checkpoint(_ name: String) throws -> GraphCheckpoint {
    try GraphCheckpoint(from: ONNXFile(path: fixture(name, "onnx")), origin: "a test")
  }

  @Test(arguments: [
    ("transformer_9", "transformer", "small"), ("transformer_9", "transformer", "large"),
    ("transformer_11", "transformer", "small"), ("transformer_11", "transformer", "large"),
    ("transformer_17", "transformer", "small"), ("transformer_17", "transformer", "large"),
    ("assorted", "assorted", "small"), ("assorted", "assorted", "large"),
  ])
  func `a network paints as onnxruntime does`(
    file: String, network: String, size: String
  ) throws {
    let graph = try StyleGraph(checkpoint: checkpoint(file))
    let painting = try graph.paint(golden(size), on: workers, checkpoint: {})
    let expected = try golden("\(network).\(size)")
    let clamped = Tensor(expected.elements.map { min(max($0, 0), 1) }, shape: expected.shape)
    #expect(largestDifference(painting, clamped) < 1e-5)
  }

  @Test(arguments: ["transformer_11", "assorted"])
  func `any size comes back as it was, for any number of threads`(name: String) throws {
    let graph = try StyleGraph(checkpoint: checkpoint(name))
    var random = SeededRandom(seed: 1)
    for (height, width) in [(1, 1), (3, 50), (37, 22)] {
      let picture = random.uniform([height, width, 3], in: 0...1)
      let paintings = try [1, 3].map {
        try graph.paint(picture, on: Workers(threads: $0), checkpoint: {})
      }
      #expect(paintings[0].shape == picture.shape)
      #expect(paintings[0].elements.allSatisfy { (0...1).contains($0) })
      #expect(paintings[0].elements == paintings[1].elements)
    }
  }

  @Test func `what is kept paints as what was imported`() throws {
    try withTemporaryFolder { folder in
      let imported = try checkpoint("assorted")
      try imported.write(to: "\(folder)/model")
      let kept = try GraphCheckpoint(from: SafetensorsFile(path: "\(folder)/model", mapped: true))
      #expect(kept.graph == imported.graph && kept.graph.range == .unit)
      #expect(try checkpoint("transformer_9").graph.range == .bytes)
      let picture = try golden("small")
      let (a, b) = (try StyleGraph(checkpoint: imported), try StyleGraph(checkpoint: kept))
      #expect(
        try a.paint(picture, on: workers, checkpoint: {}).elements
          == b.paint(picture, on: workers, checkpoint: {}).elements)
    }
  }

  @Test func `a pass ends where it is told to`() throws {
    struct Enough: Error {}
    let graph = try StyleGraph(checkpoint: checkpoint("transformer_11"))
    var count = 0
    #expect(throws: Enough.self) {
      try graph.paint(golden("small"), on: workers) { () throws(Enough) in
        count += 1
        if count == 7 { throw Enough() }
      }
    }
    #expect(count == 7)
  }

  // MARK: What cannot be done

  private struct Memory: TensorSource {
    let path = "memory"
    var names: [String] { tensors.keys.sorted() }
    var metadata: [String: String]
    var tensors: [String: Tensor] = [:]
    func shape(of name: String) -> Shape? { tensors[name]?.shape }
    func tensor(named name: String) throws(CheckpointError) -> Tensor {
      guard let tensor = tensors[name] else { throw .missingTensor(path: path, tensor: name) }
      return tensor
    }
  }

  /// A graph of nodes that work on the values 1, the picture, to 2, the result.
  private func problem(
    _ nodes: [GraphDescription.Node], arrays: [Int: GraphDescription.IntegerArray] = [:],
    tensors: [String: Tensor] = [:]
  ) throws -> CheckpointError? {
    let graph = GraphDescription(
      opset: 13, nodes: nodes, input: 1, output: 2, arrays: arrays, range: .unit)
    let text = String(decoding: try GraphCheckpoint.encoder.encode(graph), as: UTF8.self)
    let source = Memory(metadata: ["architecture": "graph", "graph": text], tensors: tensors)
    do {
      _ = try StyleGraph(checkpoint: GraphCheckpoint(from: source))
      return nil
    } catch {
      return error
    }
  }

  private func node(
    _ operation: String, _ inputs: [Int?], _ outputs: [Int?] = [2],
    integers: [String: [Int]] = [:], numbers: [String: [Float]] = [:], texts: [String: String] = [:]
  ) -> GraphDescription.Node {
    .init(
      operation: operation, inputs: inputs, outputs: outputs, integers: integers,
      numbers: numbers, texts: texts)
  }

  @Test func `operations that no style network has are named`() throws {
    let error = try #require(try problem([node("LSTM", [1])]))
    #expect(
      "\(error)"
        == "the operation LSTM is not supported: no style network of the known kinds has it")
    #expect(error.kind == .badData)
  }

  @Test func `what would take all memory is refused before any is taken`() throws {
    let huge = [Int.max, 1 << 40, 5000, -1]
    for extent in huge {
      #expect(
        try problem(
          [node("Pad", [1, 3])],
          arrays: [3: .init(extents: [8], values: [0, 0, extent, 0, 0, 0, 0, 0])]) != nil)
      #expect(
        try problem(
          [node("ConstantOfShape", [3], [4]), node("Add", [1, 4])],
          arrays: [3: .init(extents: [1], values: [extent])]) != nil)
      #expect(
        try problem(
          [node("Resize", [1, nil, nil, 3])],
          arrays: [3: .init(extents: [4], values: [1, 3, extent, extent])]) != nil)
    }
    for scale: Float in [1e30, .infinity, .nan, 0, -1, 4096] {
      #expect(
        try problem([node("Upsample", [1], numbers: ["scales": [1, 1, scale, scale]])]) != nil)
    }
    // Doubling without end.
    let doubling = (0..<40).map { index in
      node(
        "Concat", [index == 0 ? 1 : 10 + index, index == 0 ? 1 : 10 + index],
        [index == 39 ? 2 : 11 + index], integers: ["axis": [1]])
    }
    #expect(try problem(doubling) != nil)
  }

  @Test func `weights that do not fit are refused`() throws {
    for shape: Shape in [[4, 3, 0, 3], [4, 5, 3, 3], [4, 3, 200, 1], [4, 3], [0, 3, 3, 3]] {
      let error = try problem([node("Conv", [1, 3])], tensors: ["3": Tensor(shape: shape)])
      #expect(error != nil, "\(shape)")
    }
    let weights = ["3": Tensor(repeating: 0.1, shape: [3, 3, 3, 3])]
    #expect(
      try problem([node("Conv", [1, 3], integers: ["pads": [1, 1, 1, 1]])], tensors: weights) == nil
    )
    for integers: [String: [Int]] in [
      ["strides": [2, 1]], ["strides": [0, 0]], ["strides": [.max, .max]], ["dilations": [0, 0]],
      ["group": [0]], ["group": [-3]], ["group": [2]], ["pads": [-1, 0, 0, 0]], ["pads": [1]],
      ["dilations": [.max, .max]],
    ] {
      #expect(
        try problem([node("Conv", [1, 3], integers: integers)], tensors: weights) != nil,
        "\(integers)")
    }
    for integers: [String: [Int]] in [
      ["pads": [40, 40, 100, 100]], ["output_padding": [7, 7]], ["output_shape": [1, 1]],
      ["strides": [-2, -2]],
    ] {
      #expect(
        try problem([node("ConvTranspose", [1, 3], integers: integers)], tensors: weights) != nil,
        "\(integers)")
    }
    #expect(
      try problem(
        [node("InstanceNormalization", [1, 3, 3], numbers: ["epsilon": [0]])],
        tensors: ["3": Tensor(shape: [3])]) != nil)
  }

  @Test func `a file that contradicts itself is damaged`() throws {
    let damaged = CheckpointError.damaged(path: "memory", .headerUnreadable)
    #expect(try problem([node("Relu", [7])]) == damaged)
    #expect(try problem([node("Relu", [1], [1])]) == damaged)
    #expect(try problem([node("Relu", [2])]) == damaged)
    #expect(try problem([]) == damaged)
    #expect(
      try problem([node("Relu", [1])], arrays: [3: .init(extents: [2], values: [1])]) == damaged)
    #expect(
      try problem([node("Relu", [1])], arrays: [3: .init(extents: [-1], values: [])]) == damaged)
    #expect(throws: damaged) {
      try GraphCheckpoint(from: Memory(metadata: ["architecture": "graph", "graph": "{"]))
    }
    #expect(throws: CheckpointError.notFinite(path: "memory", tensor: "3")) {
      let graph = GraphDescription(
        opset: 13, nodes: [node("Relu", [1])], input: 1, output: 2, arrays: [:], range: .unit)
      let text = String(decoding: try GraphCheckpoint.encoder.encode(graph), as: UTF8.self)
      _ = try GraphCheckpoint(
        from: Memory(
          metadata: ["architecture": "graph", "graph": text],
          tensors: ["3": Tensor([.nan], shape: [1])]))
    }
  }

  @Test func `numbers are not taken for pictures, nor pictures for numbers`() throws {
    #expect(try problem([node("Shape", [1])]) != nil)
    #expect(try problem([node("Gather", [1, 1])]) != nil)
    #expect(try problem([node("Conv", [1, 1])]) != nil)
    #expect(
      try problem([node("Concat", [1, 3])], arrays: [3: .init(extents: [1], values: [3])]) != nil)
    #expect(try problem([node("Add", [1])]) != nil)
    #expect(try problem([node("Relu", [])]) != nil)
    #expect(try problem([node("Div", [1, 3])], tensors: ["3": Tensor(shape: [])]) != nil)
  }

  @Test func `mutated files never crash`() throws {
    let original =
      try FileManager.default.contents(atPath: fixture("assorted", "onnx"))
      .map { [UInt8]($0) } ?? []
    var random = SeededRandom(seed: 7)
    var accepted = 0
    for _ in 0..<120 {
      var bytes = original
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        bytes[Int.random(in: bytes.indices, using: &random)] = .random(in: 0...255, using: &random)
      }
      if let file = try? ONNXFile(bytes: bytes, path: "x"),
        let checkpoint = try? GraphCheckpoint(from: file, origin: ""),
        let graph = try? StyleGraph(checkpoint: checkpoint),
        (try? graph.paint(golden("small"), on: workers, checkpoint: {})) != nil
      {
        accepted += 1
      }
    }
    #expect(accepted > 0 && accepted < 120)
  }
}
