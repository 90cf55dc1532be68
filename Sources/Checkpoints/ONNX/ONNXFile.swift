import Files
import Tensors

/// An ONNX file: a graph of operations, and the constants that they read.
///
/// The file is one message in Protocol Buffers' wire format. Its weights go by the names of the
/// graph's values: constants by their own, and quantized ones also, as floats, by the name of the
/// `DequantizeLinear` operation's result.
public struct ONNXFile: TensorSource, Sendable {
  /// The file.
  public let path: String

  /// The graph.
  public let graph: ONNXGraph

  private let bytes: [UInt8]
  private let dequantizations: [String: ONNXGraph.Node]

  /// Reads a file's graph; constants are read when asked for.
  public init(path: String) throws(CheckpointError) {
    try self.init(bytes: try checkpointBytes(at: path), path: path)
  }

  /// Reads the graph of a file in memory.
  public init(bytes: [UInt8], path: String) throws(CheckpointError) {
    self.bytes = bytes
    self.path = path
    do {
      graph = try ONNXGraphReader(bytes: bytes).model()
    } catch {
      switch error {
      case .message(let name): throw .damaged(path: path, .message(name))
      case .problem(let problem): throw .unsupportedGraph(path: path, problem)
      }
    }
    let constants = graph.constants
    dequantizations = Dictionary(
      graph.nodes.filter { node in
        node.operation == "DequantizeLinear" && node.inputs.count >= 2
          && node.inputs.allSatisfy { $0.isEmpty || constants[$0] != nil }
      }.compactMap { node in node.outputs.first.map { ($0, node) } }
    ) { first, _ in first }
  }

  /// Always empty.
  public var metadata: [String: String] { [:] }

  /// The names of all constants, and of those that are dequantized.
  public var names: [String] {
    (Array(graph.constants.keys) + Array(dequantizations.keys)).sorted()
  }

  /// The shape of a constant.
  public func shape(of name: String) -> Shape? {
    let quantized = dequantizations[name].map { $0.inputs[0] }
    return graph.constants[quantized ?? name]?.shape
  }

  /// A constant, its elements converted to `Float`.
  public func tensor(named name: String) throws(CheckpointError) -> Tensor {
    if let node = dequantizations[name] { return try dequantized(node) }
    guard let constant = graph.constants[name] else {
      throw .missingTensor(path: path, tensor: name)
    }
    return try tensor(of: constant)
  }

  /// The tensor of a constant or of an attribute.
  public func tensor(of constant: ONNXTensor) throws(CheckpointError) -> Tensor {
    guard ONNXTensor.ElementType(rawValue: constant.type) != nil else {
      throw .unsupportedType(
        path: path, tensor: constant.name, type: "\(constant.type) of ONNX")
    }
    guard let floats = constant.floats(in: bytes) else {
      throw .damaged(path: path, .entryUnreadable(tensor: constant.name))
    }
    return Tensor(floats, shape: constant.shape)
  }

  /// The integers of a constant or of an attribute; nil when it has none.
  public func integers(of constant: ONNXTensor) -> [Int]? { constant.integers(in: bytes) }

  /// `(x - zero point) * scale`, with one of each for the whole tensor or for each index along an
  /// axis.
  private func dequantized(_ node: ONNXGraph.Node) throws(CheckpointError) -> Tensor {
    let name = node.inputs[0]
    let unsupported = CheckpointError.unsupportedGraph(
      path: path, .operation("DequantizeLinear", reason: "'\(name)'"))
    var values = try tensor(named: name)
    let scale = try tensor(named: node.inputs[1]).elements
    let hasZero = node.inputs.count > 2 && !node.inputs[2].isEmpty
    let zero =
      hasZero
      ? try tensor(named: node.inputs[2]).elements : [Float](repeating: 0, count: scale.count)
    guard zero.count == scale.count, !scale.isEmpty else { throw unsupported }
    let extents = values.shape.extents
    var axis = 1
    if case .integer(let given)? = node.attributes["axis"] { axis = given }
    if axis < 0 { axis += extents.count }
    guard scale.count == 1 || (extents.indices.contains(axis) && extents[axis] == scale.count)
    else { throw unsupported }
    let run = scale.count == 1 ? max(values.count, 1) : extents[(axis + 1)...].reduce(1, *)
    values.withMutableFloats { values in
      for i in values.indices {
        let place = i / run % scale.count
        values[i] = (values[i] - zero[place]) * scale[place]
      }
    }
    return values
  }
}
