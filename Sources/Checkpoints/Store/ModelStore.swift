import Files
import Foundation

/// The folder of installed models: one safetensors file for each, `ID.safetensors`.
///
/// Files appear there by renaming and are never changed, so several processes may install, open and
/// remove at once: each sees a whole model or none.
public struct ModelStore: Sendable {
  /// The folder; it need not exist before the first model is installed.
  public let folder: String

  let catalog: ModelCatalog
  let architectures: [VGGArchitecture]
  let python: String

  /// The store in a folder.
  public init(folder: String) {
    self.init(folder: folder, catalog: .standard)
  }

  /// A store that knows other models, for tests; `python` is a path or a name to look up.
  init(
    folder: String, catalog: ModelCatalog, architectures: [VGGArchitecture] = [.vgg19, .vgg16],
    python: String = "python3"
  ) {
    self.folder = folder
    self.catalog = catalog
    self.architectures = architectures
    self.python = python
  }

  /// A model that is known, installed or both.
  public struct Listing: Equatable, Sendable {
    /// Its name.
    public let id: String
    /// What the catalog knows of it; `nil` for a model that the user imported under another name.
    public let known: KnownModel?
    /// The file, if it is installed.
    public let path: String?
    /// The size of the file, or of what there is to download; `nil` when the user must bring it.
    public let byteCount: Int?

    /// Whether it can be opened.
    public var isInstalled: Bool { path != nil }
  }

  /// The models of the catalog, then those that the user imported under other names.
  public func list() throws(CheckpointError) -> [Listing] {
    let installed = try installedIDs()
    return catalog.models.map { model in
      installed.contains(model.id)
        ? listing(of: model.id, known: model)
        : Listing(id: model.id, known: model, path: nil, byteCount: model.downloadSize)
    }
      + installed.filter { catalog[$0] == nil }.sorted().map { listing(of: $0, known: nil) }
  }

  /// Whether a model can be opened.
  public func isInstalled(_ id: String) -> Bool {
    Self.isValid(id) && FileManager.default.fileExists(atPath: file(of: id))
  }

  /// The file of an installed model.
  public func path(of id: String) throws(CheckpointError) -> String {
    try Self.validate(id)
    guard isInstalled(id) else {
      throw catalog[id] == nil ? .unknownModel(id: id) : .notInstalled(id: id)
    }
    return file(of: id)
  }

  /// An installed model, its weights mapped into memory.
  public func open(_ id: String) throws(CheckpointError) -> SafetensorsFile {
    try SafetensorsFile(path: path(of: id), mapped: true)
  }

  /// Deletes an installed model.
  ///
  /// Whoever has it open can go on.
  public func remove(_ id: String) throws(CheckpointError) {
    let path = try path(of: id)
    guard unlink(path) == 0 else { throw .file(.writeFailed(path: path, errno: errno)) }
  }

  func file(of id: String) -> String { "\(folder)/\(id).safetensors" }

  /// Names become file names and are printed; what could be neither is refused.
  static func validate(_ id: String) throws(CheckpointError) {
    guard isValid(id) else { throw .invalidID(id) }
  }

  private static func isValid(_ id: String) -> Bool {
    guard let first = id.unicodeScalars.first, (1...64).contains(id.utf8.count) else {
      return false
    }
    let isAlphanumeric = { (scalar: Unicode.Scalar) in
      scalar.isASCII && scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
    }
    return isAlphanumeric(first)
      && id.unicodeScalars.allSatisfy { isAlphanumeric($0) || "._-".unicodeScalars.contains($0) }
  }

  private func installedIDs() throws(CheckpointError) -> Set<String> {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: folder)
    } catch CocoaError.fileReadNoSuchFile {
      return []  // nothing was ever installed
    } catch {
      throw .file(.unreadable(path: folder, errno: error.posixCode ?? EIO))
    }
    return Set(
      names.filter { $0.hasSuffix(".safetensors") }.map { String($0.dropLast(12)) }
        .filter { Self.isValid($0) })
  }

  private func listing(of id: String, known: KnownModel?) -> Listing {
    let path = file(of: id)
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    return Listing(id: id, known: known, path: path, byteCount: attributes?[.size] as? Int)
  }
}

extension KnownModel {
  var downloadSize: Int? {
    if case .wheel(let wheel) = source { wheel.byteCount } else { nil }
  }
}

extension Error {
  /// The `errno` below an error of Foundation's.
  var posixCode: Int32? {
    let error = self as NSError
    if error.domain == NSPOSIXErrorDomain { return Int32(error.code) }
    return (error.userInfo[NSUnderlyingErrorKey] as? any Error)?.posixCode
  }
}
