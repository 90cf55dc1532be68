import Files
import Tensors
import TestSupport
import Testing

@testable import Checkpoints

/// Writes messages in Protocol Buffers' wire format.
struct WireWriter {
  var bytes: [UInt8] = []

  mutating func varint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  mutating func field(_ number: UInt64, _ value: Int) {
    varint(number << 3)
    varint(UInt64(bitPattern: Int64(value)))
  }

  mutating func field(_ number: UInt64, _ content: [UInt8]) {
    varint(number << 3 | 2)
    varint(UInt64(content.count))
    bytes += content
  }

  mutating func field(_ number: UInt64, _ text: String) { field(number, Array(text.utf8)) }

  static func message(_ write: (inout WireWriter) -> Void) -> [UInt8] {
    var writer = WireWriter()
    write(&writer)
    return writer.bytes
  }

  /// A model with the input `x`, the output `y`, and what `graph` adds.
  static func model(
    opset: Int = 15, domain: String = "", _ graph: (inout WireWriter) -> Void
  ) -> [UInt8] {
    message {
      $0.field(
        7,
        message { writer in
          writer.field(11, message { $0.field(1, "x") })
          writer.field(12, message { $0.field(1, "y") })
          graph(&writer)
        })
      $0.field(
        8,
        message {
          $0.field(1, domain)
          $0.field(2, opset)
        })
    }
  }

  mutating func node(
    _ operation: String, _ inputs: [String], _ outputs: [String], domain: String = ""
  ) {
    field(
      1,
      Self.message { node in
        for input in inputs { node.field(1, input) }
        for output in outputs { node.field(2, output) }
        node.field(4, operation)
        node.field(7, domain)
      })
  }
}

@Suite struct ONNXFileTests {
  @Test func `constants are dequantized as onnx does`() throws {
    let file = try ONNXFile(path: fixture("quantized.onnx"))
    #expect(file.graph.opset == 15)
    #expect(file.graph.nodes.map(\.operation).suffix(1) == ["Relu"])
    let w = try file.tensor(named: "w_float")
    #expect(w.shape == [2, 3, 2])
    #expect(w.elements == [-3, -2.5, -10, -8, 0, 0.25, 0, 0.5, 2, 4, 1.5, 1.75])
    let u = try file.tensor(named: "u_float").elements
    #expect(u == [-12.8, 0, 12.7].map { Float($0) })
    #expect(
      try file.tensor(named: "b_float").elements == [100_000 * Float(1e-3), -100_000 * Float(1e-4)])
    #expect(try file.tensor(named: "w").elements == (-6..<6).map { Float($0) })
    #expect(file.shape(of: "w_float") == [2, 3, 2])
    #expect(throws: CheckpointError.missingTensor(path: file.path, tensor: "z")) {
      try file.tensor(named: "z")
    }
  }

  @Test func `elements of all types and all spellings are read`() throws {
    let file = try ONNXFile(path: fixture("typed.onnx"))
    #expect(try file.tensor(named: "floats").elements == [1.5, -2, 1e30])
    #expect(try file.tensor(named: "halves").elements == [1.5, -0.25])
    #expect(try file.tensor(named: "bytes").elements == [-128, 0, 127])
    #expect(try file.tensor(named: "doubles").elements == [1.5, -0.5])
    let longs = try #require(file.graph.constants["longs"])
    #expect(file.integers(of: longs) == [-1, .max])
    let floats = try #require(file.graph.constants["floats"])
    #expect(file.integers(of: floats) == nil)
  }

  @Test func `attributes are read`() throws {
    let file = try ONNXFile(path: fixture("typed.onnx"))
    let node = try #require(file.graph.nodes.first)
    guard case .text("reflect") = node.attributes["mode"],
      case .integers([0, -1, 2]) = node.attributes["pads"],
      case .number(0.5) = node.attributes["value"],
      case .numbers([1, 2]) = node.attributes["scales"],
      case .integer(0) = node.attributes["zero"]
    else {
      Issue.record("\(node.attributes)")
      return
    }
  }

  static let hostile: [(bytes: [UInt8], problem: GraphProblem)] = [
    (
      WireWriter.model(opset: 99) { $0.node("Relu", ["x"], ["y"]) }, .opset(domain: "", version: 99)
    ),
    (
      WireWriter.model(domain: "com.example") { $0.node("Relu", ["x"], ["y"]) },
      .opset(domain: "com.example", version: 0)
    ),
    (
      WireWriter.model { $0.node("Relu", ["x"], ["y"], domain: "com.example") },
      .opset(domain: "com.example", version: 0)
    ),
    (
      WireWriter.model {
        $0.node("Add", ["x", "b"], ["a"])
        $0.node("Relu", ["a"], ["b"])
        $0.node("Relu", ["b"], ["y"])
      }, .cycle(value: "a")
    ),
    (WireWriter.model { $0.node("Relu", ["y"], ["y"]) }, .cycle(value: "y")),
    (WireWriter.model { $0.node("Relu", ["z"], ["y"]) }, .undefined(value: "z")),
    (WireWriter.model { _ in }, .undefined(value: "y")),
    (
      WireWriter.model {
        $0.node("Relu", ["x"], ["y"])
        $0.node("Tanh", ["x"], ["y"])
      }, .definedTwice(value: "y")
    ),
    (
      WireWriter.model {
        $0.node("Relu", ["x"], ["y"])
        $0.field(
          5,
          WireWriter.message {
            $0.field(8, "w")
            $0.field(14, 1)
          })
      }, .externalData(tensor: "w")
    ),
    (
      WireWriter.model { $0.node("Sum", Array(repeating: "x", count: 1500), ["y"]) },
      .tooMany(what: "values", limit: 1024)
    ),
  ]

  @Test(arguments: hostile.indices)
  func `a graph that cannot be done is refused`(index: Int) {
    let (bytes, problem) = Self.hostile[index]
    #expect(throws: CheckpointError.unsupportedGraph(path: "x", problem)) {
      try ONNXFile(bytes: bytes, path: "x")
    }
  }

  @Test(arguments: [[1 << 40, 1 << 40], [1 << 62], [2], [-1]])
  func `a tensor that claims more than there is is refused`(extents: [Int]) {
    let bytes = WireWriter.model {
      $0.node("Relu", ["x"], ["y"])
      $0.field(
        5,
        WireWriter.message { tensor in
          for extent in extents { tensor.field(1, extent) }
          tensor.field(2, 1)
          tensor.field(8, "w")
          tensor.field(9, [0, 0, 0, 0])
        })
    }
    #expect {
      try ONNXFile(bytes: bytes, path: "x").tensor(named: "w")
    } throws: { error in
      (error as? CheckpointError)?.kind == .badData
    }
  }

  @Test func `endless numbers and lengths are refused`() {
    for bytes: [UInt8] in [
      [], [0x3A], [0x3A, 0xFF], [0x3A] + [UInt8](repeating: 0xFF, count: 20), [0x3A, 0x7F, 1],
      [0x3B], [0x00, 0x00], [0x39, 1, 2],
    ] {
      #expect {
        try ONNXFile(bytes: bytes, path: "x")
      } throws: { error in
        (error as? CheckpointError)?.kind == .badData
      }
    }
  }

  @Test(arguments: ["quantized.onnx", "typed.onnx"])
  func `damaged files are read or refused`(name: String) throws {
    let bytes = try FileBytes.read(fixture(name))
    var random = SeededRandom(seed: 3)
    var damaged = (0..<1500).map { _ in mutated(bytes, using: &random) }
    damaged += bytes.indices.map { Array(bytes[..<$0]) }
    for bytes in damaged {
      do throws(CheckpointError) {
        let file = try ONNXFile(bytes: bytes, path: "x")
        for name in file.names { _ = try file.tensor(named: name) }
        for constant in file.graph.constants.values { _ = file.integers(of: constant) }
      } catch {
        #expect([.badData, .missing].contains(error.kind), "\(error)")
      }
    }
  }
}
