import Files

/// Why an archive cannot be read.
public enum ZipError: Error, Equatable {
  /// The file cannot be read.
  case file(FileError)
  /// The directory or a member is broken, or there is no such member.
  case damaged(path: String, member: String?)
  /// A member unpacks to more than anyone wants.
  case tooLarge(path: String, member: String, bytes: Int, limit: Int)

  /// The archive.
  public var path: String {
    switch self {
    case .file(let error): error.path
    case .damaged(let path, _), .tooLarge(let path, _, _, _): path
    }
  }
}

extension ZipError: CustomStringConvertible {
  /// What is wrong, in one line, without the path.
  public var description: String {
    switch self {
    case .file(let error): "\(error)"
    case .damaged(_, nil): "not readable as a zip archive"
    case .damaged(_, let member?): "'\(member.printable)' cannot be read from the archive"
    case .tooLarge(_, let member, let bytes, let limit):
      "'\(member.printable)' has \(bytes) bytes, more than the limit of \(limit)"
    }
  }
}
