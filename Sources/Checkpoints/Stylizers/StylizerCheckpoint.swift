import Tensors

/// A stylizer's weights in this program's own arrangement: floats, filters `(height, width, inputs,
/// outputs)`, under the names of `StylizerArchitecture`.
public struct StylizerCheckpoint: Sendable {
  /// Which network it is.
  public let architecture: StylizerArchitecture

  /// All tensors, by their canonical names.
  public let tensors: [(name: String, tensor: Tensor)]

  /// `architecture`, `source` and `license`.
  public let metadata: [String: String]

  /// Reads a checkpoint of this program's own.
  ///
  /// - Throws: `CheckpointError` when a tensor is missing, of another shape or not finite.
  public init(from source: any TensorSource) throws(CheckpointError) {
    guard let name = source.metadata["architecture"],
      let architecture = StylizerArchitecture.named(name)
    else { throw .unrecognized(path: source.path) }
    try self.init(architecture, origin: nil, metadata: source.metadata, path: source.path) {
      entry throws(CheckpointError) in
      guard let shape = source.shape(of: entry.name) else {
        throw .missingTensor(path: source.path, tensor: entry.name)
      }
      guard shape == entry.shape else {
        throw .wrongShape(
          path: source.path, tensor: entry.name, expected: entry.shape, found: shape)
      }
      return try source.tensor(named: entry.name)
    }
  }

  /// Reads the ONNX files in which the network was published, in the architecture's order.
  init(
    _ architecture: StylizerArchitecture, from files: [ONNXFile], origin: VGGCheckpoint.Origin?
  ) throws(CheckpointError) {
    let published = PublishedStylizer(architecture, files: files)
    try self.init(
      architecture, origin: origin, metadata: [:], path: files.first?.path ?? ""
    ) { entry throws(CheckpointError) in try published.tensor(entry) }
  }

  private init(
    _ architecture: StylizerArchitecture, origin: VGGCheckpoint.Origin?,
    metadata: [String: String], path: String,
    reading read: (StylizerArchitecture.Entry) throws(CheckpointError) -> Tensor
  ) throws(CheckpointError) {
    self.architecture = architecture
    var tensors: [(String, Tensor)] = []
    for entry in architecture.entries {
      let tensor = try read(entry)
      guard tensor.withFloats({ $0.allSatisfy(\.isFinite) }) else {
        throw .notFinite(path: path, tensor: entry.name)
      }
      tensors.append((entry.name, tensor))
    }
    self.tensors = tensors
    self.metadata = [
      "architecture": architecture.name,
      "source": origin?.source ?? metadata["source"] ?? "not stated",
      "license": origin?.license ?? metadata["license"] ?? "not stated",
    ]
  }

  /// Writes the weights to a safetensors file, replacing it whole or not at all.
  public func write(to path: String) throws(CheckpointError) {
    try SafetensorsFile.write(tensors, metadata: metadata, to: path)
  }
}

/// Where the published graphs keep what we call by our own names.
private struct PublishedStylizer {
  private let architecture: StylizerArchitecture
  private let files: [ONNXFile]

  /// The convolution that reads a weight, by that weight's name.
  private let convolutions: [String: (file: ONNXFile, node: ONNXGraph.Node)]
  private let layers: [String: StylizerArchitecture.PredictorLayer]

  init(_ architecture: StylizerArchitecture, files: [ONNXFile]) {
    self.architecture = architecture
    self.files = files
    convolutions = Dictionary(
      files.flatMap { file in
        file.graph.nodes.filter { $0.operation == "Conv" && $0.inputs.count >= 2 }
          .map { ($0.inputs[1], (file, $0)) }
      }
    ) { first, _ in first }
    layers = Dictionary(
      StylizerArchitecture.predictor.map { ($0.name, $0) }
    ) { first, _ in first }
  }

  func tensor(_ entry: StylizerArchitecture.Entry) throws(CheckpointError) -> Tensor {
    let parts = entry.name.split(separator: ".").map(String.init)
    return architecture.codeLength == 26
      ? try multistyle(parts, entry) : try magenta(parts, entry)
  }

  /// `contract.0.w`, `res.1.0.norm.gamma`, `expand.2.norm.beta`.
  private func multistyle(
    _ parts: [String], _ entry: StylizerArchitecture.Entry
  ) throws(CheckpointError) -> Tensor {
    var place = ""
    for part in parts.dropLast() {
      let number = (Int(part.drop { !$0.isNumber }) ?? 1) - 1
      switch part.prefix(while: { !$0.isNumber }) {
      case "residual": place += "res.\(number)."
      case "conv": place += "\(number)."
      case let name: place += "\(name).\(number)."
      }
    }
    let role = parts.last ?? ""
    let name = place + (role == "weight" ? "w" : "norm.\(role)")
    guard let file = files.first(where: { $0.shape(of: name) != nil }) else {
      throw .missingTensor(path: files.first?.path ?? "", tensor: name)
    }
    return try tensor(name, in: file, as: entry.shape)
  }

  /// The weights and biases that convolutions read: `transformer/residual/residual1/conv1`,
  /// `style_params/transformer/expand/conv1/conv/StyleNorm/Conv_1`.
  private func magenta(
    _ parts: [String], _ entry: StylizerArchitecture.Entry
  ) throws(CheckpointError) -> Tensor {
    let layer = layers[parts.dropLast().joined(separator: ".")]
    var place: String
    if let layer {
      place = layer.published
    } else {
      let number = parts[0].last.map(String.init) ?? ""
      switch parts[0].prefix(while: { !$0.isNumber }) {
      case "contract": place = "transformer/contract/conv\(number)"
      case "residual": place = "transformer/residual/\(parts[0])/\(parts[1])"
      default: place = "transformer/expand/conv\(number)/conv"
      }
      if parts.contains("gamma") { place = "style_params/\(place)/StyleNorm/Conv_1" }
      if parts.contains("beta") { place = "style_params/\(place)/StyleNorm/Conv" }
    }
    let names = ["weights_dequant", "depthwise_weights_dequant"].map { "\(place)/\($0)" }
    guard let name = names.first(where: { convolutions[$0] != nil }),
      let (file, node) = convolutions[name]
    else { throw .missingTensor(path: files.first?.path ?? "", tensor: names[0]) }
    guard parts.last == "bias" else { return try tensor(name, in: file, as: entry.shape) }
    guard node.inputs.count > 2 else { throw .missingTensor(path: file.path, tensor: entry.name) }
    return try tensor(node.inputs[2], in: file, as: entry.shape)
  }

  /// A tensor, ONNX's `(outputs, inputs, height, width)` turned into our order; the shape is compared
  /// before anything is read.
  private func tensor(
    _ name: String, in file: ONNXFile, as expected: Shape
  ) throws(CheckpointError) -> Tensor {
    guard let found = file.shape(of: name) else {
      throw .missingTensor(path: file.path, tensor: name)
    }
    guard found.rank == 4 else {
      guard found == expected else {
        throw .wrongShape(path: file.path, tensor: name, expected: expected, found: found)
      }
      return try file.tensor(named: name)
    }
    let turned: Shape = [found[2], found[3], found[1], found[0]]
    // A matrix has a window of one pixel, a depthwise filter one input.
    guard turned.extents.filter({ $0 != 1 }) == expected.extents.filter({ $0 != 1 }) else {
      throw .wrongShape(path: file.path, tensor: name, expected: expected, found: turned)
    }
    return try file.tensor(named: name).filterFromOIHW().reshaped(to: expected)
  }
}
