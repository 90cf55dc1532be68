import Archives

extension CheckpointError {
  /// What is wrong with an archive that was to hold a checkpoint.
  init(_ error: ZipError) {
    switch error {
    case .file(let error): self = .file(error)
    case .damaged(let path, let member): self = .damaged(path: path, .archive(member: member))
    case .tooLarge(let path, _, let bytes, let limit):
      self = .file(.tooLarge(path: path, bytes: bytes, limit: limit))
    }
  }
}
