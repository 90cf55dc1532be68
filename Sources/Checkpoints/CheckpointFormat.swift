import Archives
import Foundation

/// What kind of file somebody handed us, judged by its first bytes and only then by its name.
public enum CheckpointFormat: Equatable, Sendable {
  /// A safetensors file.
  case safetensors
  /// An HDF5 file, as Keras writes.
  case hdf5
  /// A zip archive, such as a wheel.
  case zip
  /// A PyTorch file, whose tensors only Python can unpickle.
  case pickle
  /// An ONNX file.
  case onnx
  /// None of these.
  case unknown

  /// The format of a file of this name with this content.
  init(of bytes: [UInt8], path: String) {
    if bytes.starts(with: [0x89] + Array("HDF\r\n".utf8) + [0x1A, 0x0A]) {
      self = .hdf5
    } else if bytes.starts(with: Array("PK".utf8) + [3, 4]) {  // a member's header
      let members = (try? ZipArchive(bytes: bytes, path: path))?.names ?? []
      self = members.contains { $0.hasSuffix("/data.pkl") } ? .pickle : .zip
    } else if bytes.count > 8, bytes[8] == UInt8(ascii: "{") {
      self = .safetensors
    } else if bytes.starts(with: [0x80, 0x02]) {  // protocol 2
      self = .pickle
    } else {
      self = Self.byExtension[(path as NSString).pathExtension.lowercased()] ?? .unknown
    }
  }

  private static let byExtension: [String: Self] = [
    "safetensors": .safetensors, "h5": .hdf5, "hdf5": .hdf5, "whl": .zip,
    "zip": .zip, "onnx": .onnx, "pt": .pickle, "pth": .pickle,
  ]
}
