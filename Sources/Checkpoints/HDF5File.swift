import Files
import Tensors

internal import CHDF5Reader

/// The floating-point datasets of an HDF5 file, such as Keras writes its weights to.
///
/// A dataset's name is its path without the leading slash: `block1_conv1/block1_conv1/kernel:0`.
/// Halves and doubles are converted to `Float`, compressed and chunked data unpacked, all by
/// libhdf5, in a child process that it may crash: see `CHDF5Reader.h`. First the names and shapes
/// are listed; data is read one tensor at a time, when asked for, so that a small file that claims
/// to unpack to something huge costs nothing until its shape has been looked at.
public struct HDF5File: TensorSource, Sendable {
  /// The file.
  public let path: String

  /// The names of all datasets, in the order of the file's links.
  public let names: [String]

  private let shapes: [String: Shape]
  private let image: [UInt8]

  /// Reads a file and lists its datasets.
  public init(path: String) throws(CheckpointError) {
    try self.init(bytes: try checkpointBytes(at: path), path: path)
  }

  init(bytes: [UInt8], path: String) throws(CheckpointError) {
    self.path = path
    image = bytes
    let listing: [(name: String, shape: Shape)]?
    do {
      var child = try HDF5Child(listing: bytes, seconds: 5)
      listing = Self.listing(from: &child)
    } catch {
      throw .readerNotStarted(path: path, errno: error.errno)
    }
    guard let listing else { throw .damaged(path: path, .hdf5(tensor: nil)) }
    names = listing.map(\.name)
    shapes = Dictionary(listing.map { ($0.name, $0.shape) }) { first, _ in first }
  }

  /// Always empty: Keras' attributes are of no use here.
  public var metadata: [String: String] { [:] }

  /// The shape of a dataset; `nil` when there is none of this name.
  public func shape(of name: String) -> Shape? { shapes[name] }

  /// A dataset's elements, converted to `Float`.
  public func tensor(named name: String) throws(CheckpointError) -> Tensor {
    guard let shape = shapes[name] else { throw .missingTensor(path: path, tensor: name) }
    guard shape.count <= largestCheckpoint / 4 else {
      let bytes = min(shape.count, .max / 4) * 4
      throw .file(.tooLarge(path: path, bytes: bytes, limit: largestCheckpoint))
    }
    var tensor = Tensor(uninitialized: shape)
    let isComplete: Bool
    do {
      var child = try HDF5Child(
        reading: name, count: shape.count, from: image, seconds: 10 + UInt32(shape.count >> 22))
      isComplete =
        tensor.withMutableFloats { child.read(into: UnsafeMutableRawBufferPointer($0)) }
        && child.next(UInt32(0)) == UInt32(hdf5_end_mark)
    } catch {
      throw .readerNotStarted(path: path, errno: error.errno)
    }
    guard isComplete else { throw .damaged(path: path, .hdf5(tensor: name)) }
    return tensor
  }

  /// The datasets that a child lists; `nil` if it does not come to the end.
  private static func listing(from child: inout HDF5Child) -> [(name: String, shape: Shape)]? {
    var datasets: [(String, Shape)] = []
    while let record = child.next(hdf5_dataset()) {
      if record.mark == UInt32(hdf5_end_mark) { return datasets }
      // The child is no more to be trusted than the file.
      guard record.mark == UInt32(hdf5_dataset_mark),
        (1...hdf5_longest_name).contains(Int(record.name_length)),
        record.rank <= hdf5_highest_rank,
        datasets.count < hdf5_most_datasets,
        let name = child.text(count: Int(record.name_length))
      else { return nil }
      let extents = withUnsafeBytes(of: record.extents) {
        $0.bindMemory(to: UInt64.self).prefix(Int(record.rank)).map { Int(clamping: $0) }
      }
      guard let shape = Shape(validating: extents) else { return nil }
      datasets.append((name, shape))
    }
    return nil
  }
}
