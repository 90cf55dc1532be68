import Files
import Tensors

/// A safetensors file: named tensors behind a header in JSON.
///
/// From the bytes up:
///
///     8 bytes   n, the header's length, little-endian
///     n bytes   UTF-8 JSON, starting with '{', perhaps padded with spaces:
///               { "__metadata__": { "key": "value", … },
///                 "conv1_1.weight": { "dtype": "F32", "shape": [3, 3, 3, 64],
///                                     "data_offsets": [0, 6912] }, … }
///     the rest  the tensors, row-major, little-endian; offsets count from here, and
///               together the tensors cover it without holes or overlaps
///
/// The format's specification is part of Hugging Face's safetensors library. Elements of type F32,
/// F16 and BF16 are read; tensors of other types may be present.
public struct SafetensorsFile: TensorSource, Sendable {
  static let metadataKey = "__metadata__"

  private enum Content: Sendable {
    case mapped(MappedFile)
    case read([UInt8])

    func withBytes<R, E: Error>(
      _ body: (UnsafeRawBufferPointer) throws(E) -> R
    ) throws(E) -> R {
      switch self {
      case .mapped(let file):
        try file.withBytes(body)
      case .read(let bytes):
        try bytes.withUnsafeBufferPointer { bytes throws(E) in
          try body(UnsafeRawBufferPointer(bytes))
        }
      }
    }
  }

  /// The file.
  public let path: String

  private let header: SafetensorsHeader
  private let content: Content

  /// Opens a file and checks its header; tensors are read when asked for.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - mapped: whether tensors may stay in the file and be paged in when touched. Only for files
  ///     that nobody changes in place, such as installed models.
  public init(path: String, mapped: Bool) throws(CheckpointError) {
    guard mapped else {
      try self.init(bytes: try checkpointBytes(at: path), path: path)
      return
    }
    let file: MappedFile
    do {
      file = try MappedFile(path: path)
    } catch {
      throw .file(error)
    }
    try self.init(content: .mapped(file), path: path)
  }

  init(bytes: [UInt8], path: String) throws(CheckpointError) {
    try self.init(content: .read(bytes), path: path)
  }

  private init(content: Content, path: String) throws(CheckpointError) {
    self.path = path
    self.content = content
    do {
      header = try content.withBytes { bytes throws(CheckpointError.Damage) in
        try SafetensorsHeader(of: bytes)
      }
    } catch {
      throw .damaged(path: path, error)
    }
  }

  /// The names of all tensors, in the order of their data.
  public var names: [String] { header.names }

  /// What the file says about itself.
  public var metadata: [String: String] { header.metadata }

  /// The shape of a tensor; `nil` when there is none of this name.
  public func shape(of name: String) -> Shape? { header.entries[name]?.shape }

  /// A tensor, its elements widened to `Float`.
  ///
  /// F32 tensors of a mapped file are not copied.
  public func tensor(named name: String) throws(CheckpointError) -> Tensor {
    guard let entry = header.entries[name] else {
      throw .missingTensor(path: path, tensor: name)
    }
    guard let type = SafetensorsType(rawValue: entry.type) else {
      throw .unsupportedType(path: path, tensor: name, type: entry.type)
    }
    return content.withBytes { bytes in
      let elements = UnsafeRawBufferPointer(rebasing: bytes[entry.range])
      if case .mapped(let file) = content,
        let tensor = Self.borrowed(elements, type, entry.shape, owner: file)
      {
        return tensor
      }
      return Self.widened(elements, type, entry.shape)
    }
  }

  /// The elements where they are, when they are aligned floats.
  private static func borrowed(
    _ bytes: UnsafeRawBufferPointer, _ type: SafetensorsType, _ shape: Shape, owner: MappedFile
  ) -> Tensor? {
    guard type == .float32, !bytes.isEmpty, let start = bytes.baseAddress,
      Int(bitPattern: start).isMultiple(of: MemoryLayout<Float>.alignment)
    else { return nil }
    let floats = UnsafeBufferPointer(
      start: start.bindMemory(to: Float.self, capacity: shape.count), count: shape.count)
    return Tensor(borrowing: floats, shape: shape, owner: owner)
  }

  private static func widened(
    _ bytes: UnsafeRawBufferPointer, _ type: SafetensorsType, _ shape: Shape
  ) -> Tensor {
    var tensor = Tensor(uninitialized: shape)
    tensor.withMutableFloats { floats in
      for index in floats.indices {
        floats[index] =
          switch type {
          case .float32:
            Float(bitPattern: bytes.loadUnaligned(fromByteOffset: 4 * index, as: UInt32.self))
          case .float16:
            Float(
              Float16(bitPattern: bytes.loadUnaligned(fromByteOffset: 2 * index, as: UInt16.self)))
          case .bfloat16:
            Float(
              bitPattern: UInt32(bytes.loadUnaligned(fromByteOffset: 2 * index, as: UInt16.self))
                << 16)
          }
      }
    }
    return tensor
  }
}
