import Files
import Foundation
import Tensors

extension SafetensorsFile {
  /// A cache line: where mapped tensors should start.
  private static let alignment = 64

  /// Writes tensors to a file as F32, replacing it whole or not at all.
  ///
  /// The data starts at a multiple of 64 bytes. Since the format allows no holes, tensors that fill
  /// a multiple of 64 bytes come first, so that all of those are aligned when mapped.
  ///
  /// - Parameters:
  ///   - tensors: each with a name of its own, none called `__metadata__`.
  ///   - metadata: what the file should say about itself.
  ///   - path: the file.
  public static func write(
    _ tensors: [(name: String, tensor: Tensor)], metadata: [String: String] = [:],
    to path: String
  ) throws(CheckpointError) {
    precondition(Set(tensors.map(\.name)).count == tensors.count, "duplicate tensor names")
    precondition(!tensors.contains { $0.name == metadataKey }, "a tensor named \(metadataKey)")
    let isAligned = { (tensor: Tensor) in (tensor.count * 4).isMultiple(of: alignment) }
    let ordered =
      tensors.filter { isAligned($0.tensor) } + tensors.filter { !isAligned($0.tensor) }
    let header = header(of: ordered, metadata: metadata)
    do {
      try AtomicFile.write(to: path) { file throws(FileError) in
        try file.append(header)
        for (_, tensor) in ordered {
          try tensor.withFloats { floats throws(FileError) in
            try file.append(UnsafeRawBufferPointer(floats))
          }
        }
      }
    } catch {
      throw .file(error)
    }
  }

  /// The header with its length in front and spaces behind.
  private static func header(
    of tensors: [(name: String, tensor: Tensor)], metadata: [String: String]
  ) -> [UInt8] {
    var members: [String] = []
    if !metadata.isEmpty {
      let pairs = metadata.sorted { $0.key < $1.key }.map { "\(json($0.key)):\(json($0.value))" }
      members.append("\(json(metadataKey)):{\(pairs.joined(separator: ","))}")
    }
    var offset = 0
    for (name, tensor) in tensors {
      let end = offset + tensor.count * MemoryLayout<Float>.size
      let shape = tensor.shape.extents.map(String.init).joined(separator: ",")
      members.append(
        #"\#(json(name)):{"dtype":"F32","shape":[\#(shape)],"data_offsets":[\#(offset),\#(end)]}"#)
      offset = end
    }
    var text = Array("{\(members.joined(separator: ","))}".utf8)
    while !(8 + text.count).isMultiple(of: alignment) { text.append(UInt8(ascii: " ")) }
    return withUnsafeBytes(of: UInt64(text.count).littleEndian, Array.init) + text
  }

  /// A JSON string literal.
  private static func json(_ text: String) -> String {
    var literal = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": literal += "\\\(scalar)"
      case "\0"..<" ": literal += String(format: "\\u%04x", scalar.value)
      default: literal.unicodeScalars.append(scalar)
      }
    }
    return literal + "\""
  }
}
