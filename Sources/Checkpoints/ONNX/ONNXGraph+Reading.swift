import Tensors

/// Reads the few messages of ONNX's schema that a style network is made of (`onnx.proto`, IR version
/// 3 and later), by their field numbers.
struct ONNXGraphReader {
  /// Fails as one of these.
  enum Failure: Error {
    case message(String)
    case problem(GraphProblem)
  }

  /// No style network has as many; each costs memory that the file does not have to pay for.
  private static let mostNodes = 1 << 16
  private static let mostValues = 1 << 10
  private static let highestRank = 8

  let bytes: [UInt8]

  /// `ModelProto`.
  func model() throws(Failure) -> ONNXGraph {
    var graph: ONNXGraph?
    var opsets: [(domain: String, version: Int)] = []
    try forEachField(of: "model", in: 0..<bytes.count) { field throws(Failure) in
      switch field.number {
      case 7: graph = try self.graph(in: try message(field))
      case 8:
        try requireFew("operator sets", opsets.count, limit: Self.mostValues)
        opsets.append(try operatorSet(in: try message(field)))
      default: break
      }
    }
    guard var graph else { throw .message("model") }
    guard let own = opsets.first(where: { Self.isOwn($0.domain) }) else {
      throw .problem(.opset(domain: opsets.first?.domain ?? "", version: 0))
    }
    guard ONNXGraph.opsets.contains(own.version) else {
      throw .problem(.opset(domain: "", version: own.version))
    }
    if let stranger = graph.nodes.first(where: { !Self.isOwn($0.domain) }) {
      let version = opsets.first { $0.domain == stranger.domain }?.version ?? 0
      throw .problem(.opset(domain: stranger.domain, version: version))
    }
    graph.opset = own.version
    do { try graph.sort() } catch { throw .problem(error) }
    return graph
  }

  private static func isOwn(_ domain: String) -> Bool { domain.isEmpty || domain == "ai.onnx" }

  /// `OperatorSetIdProto`.
  private func operatorSet(in range: Range<Int>) throws(Failure) -> (String, Int) {
    var domain = ""
    var version = 0
    try forEachField(of: "opset_import", in: range) { field throws(Failure) in
      switch field.number {
      case 1: domain = try text(field)
      case 2: version = field.value.integer ?? 0
      default: break
      }
    }
    return (domain, version)
  }

  /// `GraphProto`.
  private func graph(in range: Range<Int>) throws(Failure) -> ONNXGraph {
    var graph = ONNXGraph()
    try forEachField(of: "graph", in: range) { field throws(Failure) in
      switch field.number {
      case 1:
        try requireFew("operations", graph.nodes.count, limit: Self.mostNodes)
        graph.nodes.append(try node(in: try message(field)))
      case 5:
        try requireFew("constants", graph.constants.count, limit: Self.mostNodes)
        let tensor = try tensor(in: try message(field))
        guard graph.constants.updateValue(tensor, forKey: tensor.name) == nil else {
          throw .problem(.definedTwice(value: tensor.name))
        }
      case 11:
        try requireFew("inputs", graph.inputs.count, limit: Self.mostNodes)
        graph.inputs.append(try valueInfo(in: try message(field)))
      case 12:
        try requireFew("outputs", graph.outputs.count, limit: Self.mostValues)
        graph.outputs.append(try valueInfo(in: try message(field)).name)
      case 15:
        throw .problem(.operation("sparse_initializer", reason: "sparse weights"))
      default: break
      }
    }
    // Before IR version 4 constants were inputs too.
    graph.inputs.removeAll { graph.constants[$0.name] != nil }
    return graph
  }

  /// `NodeProto`.
  private func node(in range: Range<Int>) throws(Failure) -> ONNXGraph.Node {
    var node = ONNXGraph.Node()
    try forEachField(of: "node", in: range) { field throws(Failure) in
      try requireFew("values", node.inputs.count + node.outputs.count, limit: Self.mostValues)
      switch field.number {
      case 1: node.inputs.append(try text(field))
      case 2: node.outputs.append(try text(field))
      case 4: node.operation = try text(field)
      case 5:
        try requireFew("attributes", node.attributes.count, limit: Self.mostValues)
        let (name, value) = try attribute(in: try message(field))
        node.attributes[name] = value
      case 7: node.domain = try text(field)
      default: break
      }
    }
    return node
  }

  /// `AttributeProto`.
  private func attribute(
    in range: Range<Int>
  ) throws(Failure) -> (String, ONNXGraph.Attribute) {
    var name = ""
    var value = ONNXGraph.Attribute.other
    var integers: [Int] = []
    var numbers: [Float] = []
    var type: Int?
    try forEachField(of: "attribute", in: range) { field throws(Failure) in
      switch field.number {
      case 1: name = try text(field)
      case 2: value = .number(try float(field))
      case 3: value = .integer(field.value.integer ?? 0)
      case 4: value = .text(try text(field))
      case 5: value = .tensor(try tensor(in: try message(field)))
      case 7: try appendFloats(field, to: &numbers)
      case 8: try appendIntegers(field, to: &integers)
      case 20: type = field.value.integer
      default: break
      }
    }
    switch type {
    case 6: value = .numbers(numbers)
    case 7: value = .integers(integers)
    // Proto3 leaves out what is zero.
    case 2: if case .other = value { value = .integer(0) }
    case 1: if case .other = value { value = .number(0) }
    default:
      if !integers.isEmpty { value = .integers(integers) }
      if !numbers.isEmpty { value = .numbers(numbers) }
    }
    return (name, value)
  }

  /// `TensorProto`.
  private func tensor(in range: Range<Int>) throws(Failure) -> ONNXTensor {
    var name = ""
    var extents: [Int] = []
    var type = 0
    var floats: [Float] = []
    var integers: [Int] = []
    var raw: Range<Int>?
    var isExternal = false
    try forEachField(of: "tensor", in: range) { field throws(Failure) in
      switch field.number {
      case 1:
        try appendIntegers(field, to: &extents)
        try requireFew("axes", extents.count - 1, limit: Self.highestRank)
      case 2: type = field.value.integer ?? 0
      case 4: try appendFloats(field, to: &floats)
      case 5, 7: try appendIntegers(field, to: &integers)
      case 8: name = try text(field)
      case 9: raw = try message(field)
      case 13: isExternal = true
      case 14: if field.value.integer == 1 { isExternal = true }
      default: break
      }
    }
    if isExternal { throw .problem(.externalData(tensor: name)) }
    guard let shape = Shape(validating: extents) else { throw .message("tensor '\(name)'") }
    let elements: ONNXTensor.Elements =
      if let raw { .raw(raw) } else if !floats.isEmpty { .floats(floats) } else {
        .integers(integers)
      }
    return ONNXTensor(name: name, shape: shape, type: type, elements: elements)
  }

  /// `ValueInfoProto`: a name, and in `type.tensor_type.shape` the extents.
  private func valueInfo(in range: Range<Int>) throws(Failure) -> (name: String, extents: [Int?]) {
    var name = ""
    var extents: [Int?] = []
    try forEachField(of: "value_info", in: range) { field throws(Failure) in
      switch field.number {
      case 1: name = try text(field)
      case 2:
        try forEachField(of: "type", in: try message(field)) { field throws(Failure) in
          guard field.number == 1 else { return }
          try forEachField(of: "tensor_type", in: try message(field)) { field throws(Failure) in
            guard field.number == 2 else { return }
            try forEachField(of: "shape", in: try message(field)) { field throws(Failure) in
              guard field.number == 1 else { return }
              try requireFew("axes", extents.count, limit: Self.highestRank)
              var extent: Int?
              try forEachField(of: "dim", in: try message(field)) { field throws(Failure) in
                if field.number == 1 { extent = field.value.integer }
              }
              extents.append(extent)
            }
          }
        }
      default: break
      }
    }
    return (name, extents)
  }
}

extension ONNXGraphReader {
  private func forEachField(
    of name: String, in range: Range<Int>,
    _ body: (ProtobufMessage.Field) throws(Failure) -> Void
  ) throws(Failure) {
    var message = ProtobufMessage(bytes, in: range)
    while let field = message.next() { try body(field) }
    if message.isBroken { throw .message(name) }
  }

  private func requireFew(_ what: String, _ count: Int, limit: Int) throws(Failure) {
    guard count < limit else { throw .problem(.tooMany(what: what, limit: limit)) }
  }

  private func message(_ field: ProtobufMessage.Field) throws(Failure) -> Range<Int> {
    guard let range = field.value.range else { throw .message("field \(field.number)") }
    return range
  }

  private func text(_ field: ProtobufMessage.Field) throws(Failure) -> String {
    guard let range = field.value.range, range.count <= 1 << 16 else {
      throw .message("field \(field.number)")
    }
    return String(decoding: bytes[range], as: UTF8.self)
  }

  private func float(_ field: ProtobufMessage.Field) throws(Failure) -> Float {
    guard case .fixed32(let bits) = field.value else { throw .message("field \(field.number)") }
    return Float(bitPattern: bits)
  }

  /// Repeated integers come one a field, or packed into one.
  private func appendIntegers(
    _ field: ProtobufMessage.Field, to values: inout [Int]
  ) throws(Failure) {
    if let value = field.value.integer {
      values.append(value)
      return
    }
    let range = try message(field)
    var packed = ProtobufMessage(bytes, in: range)
    while packed.hasMore {
      guard let value = packed.varint() else { throw .message("field \(field.number)") }
      values.append(Int(truncatingIfNeeded: Int64(bitPattern: value)))
    }
  }

  private func appendFloats(
    _ field: ProtobufMessage.Field, to values: inout [Float]
  ) throws(Failure) {
    if case .fixed32(let bits) = field.value {
      values.append(Float(bitPattern: bits))
      return
    }
    let range = try message(field)
    guard range.count.isMultiple(of: 4) else { throw .message("field \(field.number)") }
    var packed = ProtobufMessage(bytes, in: range)
    while let bits = packed.fixed(4) {
      values.append(Float(bitPattern: UInt32(truncatingIfNeeded: bits)))
    }
  }
}
