import Files
import Tensors

/// A file that holds tensors by name.
public protocol TensorSource {
  /// The file.
  var path: String { get }

  /// The names of all tensors.
  var names: [String] { get }

  /// What the file says about itself.
  var metadata: [String: String] { get }

  /// The shape of a tensor, as the file stores it; `nil` when there is none of this name.
  func shape(of name: String) -> Shape?

  /// A tensor, its elements converted to `Float`.
  func tensor(named name: String) throws(CheckpointError) -> Tensor
}

/// The largest weight file that is read into memory: twice a whole VGG-19.
let largestCheckpoint = 1 << 30

/// The bytes of a file that nobody vouches for.
func checkpointBytes(at path: String) throws(CheckpointError) -> [UInt8] {
  do {
    return try FileBytes.read(path, limit: largestCheckpoint)
  } catch {
    throw .file(error)
  }
}

/// The tensors of a user's file, whatever its format.
func tensorSource(bytes: [UInt8], path: String) throws(CheckpointError) -> any TensorSource {
  switch CheckpointFormat(of: bytes, path: path) {
  case .safetensors: try SafetensorsFile(bytes: bytes, path: path)
  case .hdf5: try HDF5File(bytes: bytes, path: path)
  case .onnx: try ONNXFile(bytes: bytes, path: path)
  case let other: throw .unsupportedFormat(path: path, other)
  }
}

extension Shape {
  /// The shape with these extents; `nil` when one is negative or their product no `Int`, as in
  /// damaged files.
  init?(validating extents: [Int]) {
    var count = 1
    for extent in extents {
      let (product, overflow) = count.multipliedReportingOverflow(by: max(extent, 1))
      guard extent >= 0, !overflow else { return nil }
      count = product
    }
    self.init(extents)
  }
}
