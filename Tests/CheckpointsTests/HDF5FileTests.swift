import Files
import Foundation
import Tensors
import TestSupport
import Testing

@testable import Checkpoints

@Suite struct HDF5FileTests {
  static let datasets: [(name: String, shape: Shape)] = [
    ("contiguous", [3, 4]), ("empty", [0, 3]), ("group/bigendian", [2, 2, 2]),
    ("group/double", [2, 3]), ("group/half", [5]), ("group/inner/chunked", [20, 30]),
    ("group/kernel:0", [1, 2, 3, 4]), ("scalar", []),
  ]

  @Test func `the floating-point datasets of a file of h5py's are listed`() throws {
    let file = try HDF5File(path: fixture("datasets.h5"))
    #expect(file.names == Self.datasets.map(\.name))
    #expect(file.names.map(file.shape) == Self.datasets.map(\.shape))
  }

  @Test func `chunked, compressed, half, double and big-endian data are converted`() throws {
    let file = try HDF5File(path: fixture("datasets.h5"))
    for (name, shape) in Self.datasets where name != "scalar" {
      #expect(try file.tensor(named: name).elements == ramp(shape).elements, "\(name)")
    }
    #expect(try file.tensor(named: "scalar").elements == [0.5])
    #expect(
      throws: CheckpointError.missingTensor(path: file.path, tensor: "integers")
    ) { try file.tensor(named: "integers") }
  }

  @Test func `a dataset that leads outside the file or is too large is refused`() throws {
    let path = fixture("hostile.h5")
    let file = try HDF5File(path: path)
    #expect(Set(file.names) == ["harmless", "huge", "outside"])
    #expect(try file.tensor(named: "harmless").elements == ramp([4]).elements)
    #expect(throws: CheckpointError.damaged(path: path, .hdf5(tensor: "outside"))) {
      try file.tensor(named: "outside")
    }
    let bytes = (1 << 50) * 4
    #expect(
      throws: CheckpointError.file(.tooLarge(path: path, bytes: bytes, limit: largestCheckpoint))
    ) { try file.tensor(named: "huge") }
  }

  @Test func `what is no HDF5 file is refused`() {
    for bytes in [
      [], [1, 2, 3], Array("\u{89}HDF\r\n\u{1A}\n".unicodeScalars.map { UInt8($0.value) }),
    ] {
      #expect(throws: CheckpointError.damaged(path: "x", .hdf5(tensor: nil))) {
        try HDF5File(bytes: bytes, path: "x")
      }
    }
    #expect(throws: CheckpointError.file(.missing(path: "/none"))) { try HDF5File(path: "/none") }
  }

  @Test func `damaged files are read or refused`() throws {
    let bytes = try FileBytes.read(fixture("datasets.h5"))
    var random = SeededRandom(seed: 3)
    for _ in 0..<200 {
      let damaged = mutated(bytes, using: &random)
      do throws(CheckpointError) {
        let file = try HDF5File(bytes: damaged, path: "x")
        for name in file.names.prefix(4) { _ = try file.tensor(named: name) }
      } catch {
        #expect(error.kind == .badData)
      }
    }
  }
}
