import Files
import Foundation
import Tensors

/// A network of one style that the user has brought: its graph and its weights.
public struct GraphCheckpoint: Sendable {
  /// What its file calls its architecture.
  public static let architecture = "graph"

  /// The operations.
  public let graph: GraphDescription

  /// The constants that are tensors, in ONNX's order of axes, by their values' numbers.
  public let tensors: [Int: Tensor]

  /// `architecture`, `graph`, `source` and `license`.
  public let metadata: [String: String]

  /// The file that it is from.
  public let path: String

  private static let graphKey = "graph"

  /// Reads a network as this program keeps it.
  public init(from source: some TensorSource) throws(CheckpointError) {
    path = source.path
    metadata = source.metadata
    guard metadata["architecture"] == Self.architecture, let text = metadata[Self.graphKey] else {
      throw .unrecognized(path: path)
    }
    guard let graph = try? Self.decoder.decode(GraphDescription.self, from: Data(text.utf8)) else {
      throw .damaged(path: path, .headerUnreadable)
    }
    var tensors: [Int: Tensor] = [:]
    for name in source.names {
      guard let number = Int(name) else { throw .unrecognized(path: path) }
      tensors[number] = try source.tensor(named: name)
    }
    guard graph.isSound(tensors: Set(tensors.keys)) else {
      throw .damaged(path: path, .headerUnreadable)
    }
    self.graph = graph
    self.tensors = tensors
    try requireFinite()
  }

  /// Takes over the graph of an ONNX file.
  ///
  /// - Parameters:
  ///   - file: a graph from one picture, `(1, 3, height, width)`, to another.
  ///   - range: what the pictures' numbers run over; by default what the last operation says.
  ///   - origin: where the file is from.
  public init(
    from file: ONNXFile, range: GraphDescription.PixelRange? = nil, origin: String
  ) throws(CheckpointError) {
    path = file.path
    var translation = GraphTranslation(file)
    graph = try translation.description(range: range)
    tensors = translation.tensors
    let text = (try? Self.encoder.encode(graph)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    metadata = [
      "architecture": Self.architecture, Self.graphKey: text, "source": origin,
      "license": "not stated",
    ]
    try requireFinite()
  }

  /// Writes the network to a safetensors file, replacing it whole or not at all.
  public func write(to path: String) throws(CheckpointError) {
    try SafetensorsFile.write(
      tensors.sorted { $0.key < $1.key }.map { ("\($0.key)", $0.value) }, metadata: metadata,
      to: path)
  }

  private func requireFinite() throws(CheckpointError) {
    for (number, tensor) in tensors
    where !tensor.withFloats({ $0.allSatisfy(\.isFinite) }) {
      throw .notFinite(path: path, tensor: "\(number)")
    }
  }

  /// JSON has no infinities; a clip may.
  private static let infinities = ("inf", "-inf", "nan")

  static var encoder: JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: infinities.0, negativeInfinity: infinities.1, nan: infinities.2)
    return encoder
  }

  private static var decoder: JSONDecoder {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: infinities.0, negativeInfinity: infinities.1, nan: infinities.2)
    return decoder
  }
}

extension GraphCheckpoint: ModelCheckpoint {
  var architectureName: String { Self.architecture }
}
