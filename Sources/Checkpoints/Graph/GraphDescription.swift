import Tensors

/// A network as it is kept: operations on numbered values, the constants apart.
///
/// The names of an ONNX file are gone: what is kept can be printed and indexed safely.
public struct GraphDescription: Codable, Equatable, Sendable {
  /// An operation, as ONNX defines it.
  public struct Node: Codable, Equatable, Sendable {
    /// What it does: `Conv`.
    public var operation: String
    /// The values it reads; nil for one that is left out.
    public var inputs: [Int?]
    /// The values it makes; nil for one that nobody wants.
    public var outputs: [Int?]
    /// Parameters that are integers, or one.
    public var integers: [String: [Int]] = [:]
    /// Parameters that are numbers, or one.
    public var numbers: [String: [Float]] = [:]
    /// Parameters that are words.
    public var texts: [String: String] = [:]
  }

  /// A constant that is made of integers, such as an extent.
  public struct IntegerArray: Codable, Equatable, Sendable {
    /// The extents.
    public var extents: [Int]
    /// The elements, row-major.
    public var values: [Int]
  }

  /// What a picture's numbers run over in a network.
  public enum PixelRange: String, Codable, CaseIterable, Sendable {
    /// 0…255, as in PyTorch's example and ONNX's zoo.
    case bytes = "255"
    /// 0…1.
    case unit = "1"
    /// -1…1.
    case signed
  }

  /// The version of ONNX's operators.
  public var opset: Int
  /// The operations; each reads only what those before it make.
  public var nodes: [Node]
  /// The picture that comes in, `(1, 3, height, width)` to the operations.
  public var input: Int
  /// The picture that comes out.
  public var output: Int
  /// The constants that are integers, by their values' numbers.
  public var arrays: [Int: IntegerArray]
  /// What the numbers of both pictures run over.
  public var range: PixelRange

  /// The most elements that an array of integers has: sizes and offsets are few.
  static let mostIntegers = 4096
  static let mostNodes = 1 << 14
}

extension GraphDescription {
  /// Whether each operation reads only what is there, as in a file that nobody has changed.
  ///
  /// - Parameter tensors: the numbers of the constants that are tensors.
  func isSound(tensors: Set<Int>) -> Bool {
    guard nodes.count <= Self.mostNodes, ONNXGraph.opsets.contains(opset) else { return false }
    for array in arrays.values {
      guard array.values.count <= Self.mostIntegers,
        Shape(validating: array.extents)?.count == array.values.count
      else { return false }
    }
    var known = tensors.union(arrays.keys)
    guard known.insert(input).inserted else { return false }
    for node in nodes {
      guard node.inputs.allSatisfy({ $0.map(known.contains) ?? true }) else { return false }
      for output in node.outputs {
        if let output, !known.insert(output).inserted { return false }
      }
    }
    return known.contains(output)
  }
}

extension GraphDescription.PixelRange {
  /// What a network's last operation says of its range: one that ends in a sigmoid, or is cut to at
  /// most 1, paints in 0…1, one that ends in a hyperbolic tangent in -1…1, any other in 0…255.
  init(lastOperation node: GraphDescription.Node?, upperBound: Float?) {
    switch node?.operation {
    case "Sigmoid": self = .unit
    case "Clip": self = (upperBound ?? .infinity) <= 1 ? .unit : .bytes
    case "Tanh": self = .signed
    default: self = .bytes
    }
  }
}
