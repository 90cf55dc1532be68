import Tensors

/// Numbers an ONNX graph's values and takes its constants out.
struct GraphTranslation {
  private let file: ONNXFile
  private var numbers: [String: Int] = [:]
  private var count = 0
  private var arrays: [Int: GraphDescription.IntegerArray] = [:]
  /// The constants that are tensors.
  private(set) var tensors: [Int: Tensor] = [:]

  init(_ file: ONNXFile) {
    self.file = file
  }

  /// The graph, with one picture in and one out.
  mutating func description(
    range: GraphDescription.PixelRange?
  ) throws(CheckpointError) -> GraphDescription {
    let graph = file.graph
    guard graph.nodes.count <= GraphDescription.mostNodes else {
      throw problem(.tooMany(what: "operations", limit: GraphDescription.mostNodes))
    }
    guard graph.inputs.count == 1, let input = graph.inputs.first else {
      throw problem(.interface("it reads \(graph.inputs.count) pictures where it should read one"))
    }
    let extents = input.extents
    guard extents.isEmpty || extents.count == 4, extents.first.map({ ($0 ?? 1) <= 1 }) ?? true,
      extents.isEmpty || (extents[1] ?? 3) == 3
    else {
      let text = extents.map { $0.map(String.init) ?? "?" }.joined(separator: "×")
      throw problem(.interface("it reads \(text), not a picture of 1×3×height×width"))
    }
    guard graph.outputs.count == 1, let output = graph.outputs.first else {
      throw problem(.interface("it makes \(graph.outputs.count) pictures and not one"))
    }
    let inputNumber = number(of: input.name)
    var nodes: [GraphDescription.Node] = []
    for node in graph.nodes {
      if try takeConstant(node) { continue }
      nodes.append(try translated(node))
    }
    guard let outputNumber = numbers[output],
      nodes.contains(where: { $0.outputs.contains(outputNumber) })
    else { throw problem(.interface("nothing is done to the picture")) }
    let last = nodes.last { $0.outputs.contains(outputNumber) }
    return GraphDescription(
      opset: graph.opset, nodes: nodes, input: inputNumber, output: outputNumber, arrays: arrays,
      range: range ?? .init(lastOperation: last, upperBound: upperBound(of: last)))
  }

  private func problem(_ problem: GraphProblem) -> CheckpointError {
    .unsupportedGraph(path: file.path, problem)
  }

  private mutating func number(of name: String) -> Int {
    if let number = numbers[name] { return number }
    count += 1
    numbers[name] = count
    return count
  }

  /// Takes in what a node says that only states a value, or dequantizes one.
  private mutating func takeConstant(_ node: ONNXGraph.Node) throws(CheckpointError) -> Bool {
    guard let output = node.outputs.first, !output.isEmpty else { return false }
    if node.operation == "DequantizeLinear", file.shape(of: output) != nil {
      tensors[number(of: output)] = try file.tensor(named: output)
      return true
    }
    guard node.operation == "Constant" else { return false }
    let value = number(of: output)
    switch (node.attributes.first?.key, node.attributes.first?.value) {
    case ("value", .tensor(let tensor)): try take(tensor, as: value)
    case ("value_int", .integer(let integer)):
      arrays[value] = .init(extents: [], values: [integer])
    case ("value_ints", .integers(let integers)):
      try requireFew(integers.count)
      arrays[value] = .init(extents: [integers.count], values: integers)
    case ("value_float", .number(let number)): tensors[value] = Tensor([number], shape: [])
    case ("value_floats", .numbers(let numbers)):
      tensors[value] = Tensor(numbers, shape: [numbers.count])
    default: throw problem(.operation("Constant", reason: "its value is not made of numbers"))
    }
    return true
  }

  /// Numbers a constant the first time that it is read.
  private mutating func operand(_ name: String) throws(CheckpointError) -> Int? {
    if name.isEmpty { return nil }
    if let number = numbers[name] { return number }
    guard let constant = file.graph.constants[name] else {
      throw problem(.undefined(value: name))
    }
    let number = number(of: name)
    try take(constant, as: number)
    return number
  }

  private mutating func take(_ constant: ONNXTensor, as number: Int) throws(CheckpointError) {
    if constant.isInteger {
      try requireFew(constant.shape.count)
      guard let values = file.integers(of: constant) else {
        throw .damaged(path: file.path, .entryUnreadable(tensor: constant.name))
      }
      arrays[number] = .init(extents: constant.shape.extents, values: values)
    } else {
      let tensor = try file.tensor(of: constant)
      guard tensor.withFloats({ $0.allSatisfy(\.isFinite) }) else {
        throw .notFinite(path: file.path, tensor: constant.name)
      }
      tensors[number] = tensor
    }
  }

  private func requireFew(_ count: Int) throws(CheckpointError) {
    guard count <= GraphDescription.mostIntegers else {
      throw problem(.tooMany(what: "integers in a constant", limit: GraphDescription.mostIntegers))
    }
  }

  private mutating func translated(
    _ node: ONNXGraph.Node
  ) throws(CheckpointError) -> GraphDescription.Node {
    var inputs: [Int?] = []
    for name in node.inputs { inputs.append(try operand(name)) }
    var outputs: [Int?] = []
    for name in node.outputs { outputs.append(name.isEmpty ? nil : number(of: name)) }
    var result = GraphDescription.Node(
      operation: String(node.operation.prefix(64)), inputs: inputs, outputs: outputs)
    for (name, attribute) in node.attributes {
      switch attribute {
      case .integer(let value): result.integers[name] = [value]
      case .integers(let values): result.integers[name] = values
      case .number(let value): result.numbers[name] = [value]
      case .numbers(let values): result.numbers[name] = values
      case .text(let text): result.texts[name] = text
      case .tensor(let tensor):
        // Only what `ConstantOfShape` repeats.
        if tensor.isInteger {
          result.integers[name] = file.integers(of: tensor)
        } else {
          result.numbers[name] = try file.tensor(of: tensor).elements
        }
      case .other:
        throw problem(.operation(node.operation, reason: "it has a graph of its own"))
      }
    }
    return result
  }

  /// What a `Clip` cuts at.
  private func upperBound(of node: GraphDescription.Node?) -> Float? {
    guard let node, node.operation == "Clip" else { return nil }
    if let bound = node.numbers["max"]?.first { return bound }
    guard node.inputs.count > 2, let input = node.inputs[2] else { return nil }
    return tensors[input]?.elements.first
  }
}
