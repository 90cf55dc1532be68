import Tensors

/// What an ONNX file describes: operations on named values, in an order in which they can be done.
public struct ONNXGraph: Sendable {
  /// One operation.
  public struct Node: Sendable {
    /// What it does: `Conv`.
    public internal(set) var operation = ""
    /// The values it reads; an empty name stands for one that is left out.
    public internal(set) var inputs: [String] = []
    /// The values it makes.
    public internal(set) var outputs: [String] = []
    /// Its parameters.
    public internal(set) var attributes: [String: Attribute] = [:]
    /// The operator set that defines it; empty for ONNX's own.
    var domain = ""
  }

  /// A parameter of an operation.
  public enum Attribute: Sendable {
    /// An integer.
    case integer(Int)
    /// A number.
    case number(Float)
    /// Text.
    case text(String)
    /// Integers.
    case integers([Int])
    /// Numbers.
    case numbers([Float])
    /// A tensor.
    case tensor(ONNXTensor)
    /// A graph, or something else that no operation that is understood has.
    case other
  }

  /// The version of ONNX's operators.
  public internal(set) var opset = 0
  /// The operations; each reads only what those before it make.
  public internal(set) var nodes: [Node] = []
  /// The constants.
  public internal(set) var constants: [String: ONNXTensor] = [:]
  /// What is fed in, constants left out, and the extents it has; nil for those that vary.
  public internal(set) var inputs: [(name: String, extents: [Int?])] = []
  /// What comes out.
  public internal(set) var outputs: [String] = []
}

/// What is wrong with an ONNX file's graph, or not supported.
public enum GraphProblem: Error, Equatable {
  /// The operators are of a version, or of a set, that is not known.
  case opset(domain: String, version: Int)
  /// The weights are in another file.
  case externalData(tensor: String)
  /// The operations need each other's results.
  case cycle(value: String)
  /// Nothing makes a value that an operation reads.
  case undefined(value: String)
  /// Two operations make the same value.
  case definedTwice(value: String)
  /// There are more of something than any style network has.
  case tooMany(what: String, limit: Int)
  /// It is no network from one picture to another.
  case interface(String)
  /// An operation that is not supported, or not in this form.
  case operation(String, reason: String)
}

extension ONNXGraph {
  /// The versions of ONNX's operators that are known.
  static let opsets = 7...22

  /// Puts the operations into an order in which they can be done (Kahn 1962).
  mutating func sort() throws(GraphProblem) {
    var maker: [String: Int] = [:]
    for (index, node) in nodes.enumerated() {
      for output in node.outputs where !output.isEmpty {
        guard maker.updateValue(index, forKey: output) == nil, constants[output] == nil else {
          throw .definedTwice(value: output)
        }
      }
    }
    let given = Set(inputs.map(\.name))
    var waiting = [Int](repeating: 0, count: nodes.count)
    var readers = [[Int]](repeating: [], count: nodes.count)
    for (index, node) in nodes.enumerated() {
      for input in Set(node.inputs) where !input.isEmpty && constants[input] == nil {
        if let made = maker[input] {
          readers[made].append(index)
          waiting[index] += 1
        } else if !given.contains(input) {
          throw .undefined(value: input)
        }
      }
    }
    var order: [Int] = nodes.indices.filter { waiting[$0] == 0 }
    var next = 0
    while next < order.count {
      for reader in readers[order[next]] {
        waiting[reader] -= 1
        if waiting[reader] == 0 { order.append(reader) }
      }
      next += 1
    }
    guard order.count == nodes.count else {
      let stuck = nodes.indices.first { waiting[$0] > 0 }
      throw .cycle(value: stuck.flatMap { nodes[$0].outputs.first } ?? "")
    }
    for output in outputs
    where maker[output] == nil && constants[output] == nil && !given.contains(output) {
      throw .undefined(value: output)
    }
    nodes = order.map { nodes[$0] }
  }
}
