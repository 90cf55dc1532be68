import Files
import Foundation
import Tensors
import TestSupport
import Testing

@testable import Checkpoints

@Suite struct SafetensorsFileTests {
  @Test(arguments: [false, true])
  func `a file of the official library is read`(mapped: Bool) throws {
    let file = try SafetensorsFile(path: fixture("official.safetensors"), mapped: mapped)
    #expect(file.metadata == ["who": "torch \"2\"", "what": "é"])
    #expect(Set(file.names) == ["single", "half", "bfloat", "integers", "scalar", "empty"])
    #expect(try file.tensor(named: "single").elements == ramp([2, 3]).elements)
    #expect(try file.tensor(named: "half").elements == ramp([5]).elements)
    #expect(try file.tensor(named: "bfloat").elements == [1, -2.5, 3.140625])
    #expect(try file.tensor(named: "scalar").elements == [0.5])
    #expect(file.shape(of: "scalar") == [])
    #expect(try file.tensor(named: "empty").shape == [0, 3])
  }

  @Test func `only who asks for an unsupported type is refused`() throws {
    let path = fixture("official.safetensors")
    let file = try SafetensorsFile(path: path, mapped: false)
    #expect(file.shape(of: "integers") == [4])
    #expect(
      throws: CheckpointError.unsupportedType(path: path, tensor: "integers", type: "I64")
    ) { try file.tensor(named: "integers") }
    #expect(throws: CheckpointError.missingTensor(path: path, tensor: "none")) {
      try file.tensor(named: "none")
    }
  }

  @Test(arguments: [false, true])
  func `what is written is read back`(mapped: Bool) throws {
    var random = SeededRandom(seed: 1)
    let written: [(name: String, tensor: Tensor)] = [
      ("odd", random.uniform([3])), ("a \"b\" \\ \u{1}é🎨", random.uniform([2, 8, 1, 4])),
      ("none", random.uniform([0])), ("number", random.uniform([])),
      ("even", random.uniform([16])),
    ]
    let metadata = ["quote": "\"\n", "": "empty"]
    try withTemporaryFolder { folder in
      let path = "\(folder)/model"
      try SafetensorsFile.write(written, metadata: metadata, to: path)
      let file = try SafetensorsFile(path: path, mapped: mapped)
      #expect(file.metadata == metadata)
      #expect(Set(file.names) == Set(written.map(\.name)))
      for (name, tensor) in written {
        let read = try file.tensor(named: name)
        #expect(read.shape == tensor.shape && read.elements == tensor.elements)
      }
    }
  }

  @Test func `mapped tensors that fill cache lines start at one`() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/model"
      try SafetensorsFile.write([("b", ramp([3])), ("w", ramp([3, 3, 3, 64]))], to: path)
      let tensor = try SafetensorsFile(path: path, mapped: true).tensor(named: "w")
      let address = tensor.withFloats { Int(bitPattern: $0.baseAddress) }
      #expect(address.isMultiple(of: 64))
    }
  }

  @Test func `a mapped tensor outlives its file, and writing to it changes a copy`() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/model"
      try SafetensorsFile.write([("w", ramp([16]))], to: path)
      var tensor = try SafetensorsFile(path: path, mapped: true).tensor(named: "w")
      unlink(path)
      #expect(tensor.elements == ramp([16]).elements)
      tensor[0] = 7
      #expect(tensor[0] == 7 && tensor[1] == 0.5)
    }
  }

  @Test func `what the system refuses is passed on`() throws {
    for mapped in [false, true] {
      #expect(throws: CheckpointError.file(.missing(path: "/none"))) {
        try SafetensorsFile(path: "/none", mapped: mapped)
      }
      #expect(throws: CheckpointError.file(.notAFile(path: "/"))) {
        try SafetensorsFile(path: "/", mapped: mapped)
      }
    }
    #expect(throws: CheckpointError.file(.cannotCreate(path: "/none/a", errno: ENOENT))) {
      try SafetensorsFile.write([], to: "/none/a")
    }
  }

  static let damaged: [(header: String, data: Int, damage: CheckpointError.Damage)] = [
    (#"[]"#, 0, .headerUnreadable),
    (#"{"a":"#, 0, .headerUnreadable),
    (#"{"__metadata__":{"a":1}}"#, 0, .headerUnreadable),
    (#"{"a":{"dtype":"F32","shape":[1]}}"#, 4, .entryUnreadable(tensor: "a")),
    (#"{"a":7}"#, 4, .entryUnreadable(tensor: "a")),
    (entry("[-1]", "[0,4]"), 4, .entryUnreadable(tensor: "a")),
    (entry("[0.5]", "[0,4]"), 4, .entryUnreadable(tensor: "a")),
    (entry("[1e30]", "[0,4]"), 4, .entryUnreadable(tensor: "a")),
    (entry("[4294967296,4294967296]", "[0,4]"), 4, .entryUnreadable(tensor: "a")),
    (entry("[4294967296,0,4294967296]", "[0,0]"), 0, .entryUnreadable(tensor: "a")),
    (entry("[1]", "[0]"), 4, .entryUnreadable(tensor: "a")),
    (entry("[1]", "[0,8]"), 4, .misplaced(tensor: "a")),
    (entry("[1]", "[4,0]"), 4, .misplaced(tensor: "a")),
    (entry("[1]", "[-4,0]"), 4, .misplaced(tensor: "a")),
    (entry("[1]", "[0,9223372036854775807]"), 4, .misplaced(tensor: "a")),
    (entry("[1]", "[4,8]"), 8, .misplaced(tensor: "a")),
    (entry("[2]", "[0,4]"), 4, .wrongLength(tensor: "a", expected: 8, found: 4)),
    (
      entry("[4611686018427387904]", "[0,4]"), 4,
      .wrongLength(tensor: "a", expected: .max, found: 4)
    ),
    (entry("[1]", "[0,4]"), 5, .unclaimed(bytes: 1)),
    (
      #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"#
        + #""b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#, 8, .misplaced(tensor: "b")
    ),
    (String(repeating: #"{"a":"#, count: 100_000), 0, .headerUnreadable),
    (#"{"a":"# + String(repeating: "[", count: 100_000), 0, .headerUnreadable),
  ]

  private static func entry(_ shape: String, _ offsets: String) -> String {
    #"{"a":{"dtype":"F32","shape":\#(shape),"data_offsets":\#(offsets)}}"#
  }

  private static func file(header: String, data: Int) -> [UInt8] {
    withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian, Array.init) + Array(header.utf8)
      + [UInt8](repeating: 0, count: data)
  }

  @Test(arguments: damaged.indices)
  func `a header that cannot be true is refused`(index: Int) {
    let (header, data, damage) = Self.damaged[index]
    #expect(throws: CheckpointError.damaged(path: "x", damage)) {
      try SafetensorsFile(bytes: Self.file(header: header, data: data), path: "x")
    }
  }

  @Test func `a length that cannot be true is refused`() {
    #expect(throws: CheckpointError.damaged(path: "x", .truncated(expected: 8, found: 0))) {
      try SafetensorsFile(bytes: [], path: "x")
    }
    #expect(throws: CheckpointError.damaged(path: "x", .truncated(expected: 10, found: 9))) {
      try SafetensorsFile(bytes: [2, 0, 0, 0, 0, 0, 0, 0, 0x7B], path: "x")
    }
    #expect(
      throws: CheckpointError.damaged(
        path: "x", .headerTooLong(bytes: .max, limit: SafetensorsHeader.lengthLimit))
    ) {
      try SafetensorsFile(bytes: [UInt8](repeating: 255, count: 8), path: "x")
    }
  }

  @Test func `damaged files are read or refused`() throws {
    let bytes = try FileBytes.read(fixture("official.safetensors"))
    var random = SeededRandom(seed: 2)
    for _ in 0..<500 {
      let damaged = mutated(bytes, using: &random)
      do throws(CheckpointError) {
        let file = try SafetensorsFile(bytes: damaged, path: "x")
        for name in file.names { _ = try file.tensor(named: name) }
      } catch {
        #expect(error.kind == .badData)
      }
    }
  }
}
