import Foundation

/// What the operating system refused, and for which file.
public enum FileError: Error, Equatable {
  /// There is no such file.
  case missing(path: String)
  /// It is a folder, a pipe or a device.
  case notAFile(path: String)
  /// It is there and cannot be read.
  case unreadable(path: String, errno: Int32)
  /// It is larger than a file of its kind may be.
  case tooLarge(path: String, bytes: Int, limit: Int)
  /// It cannot be created: no such folder, no permission, a folder of that name.
  case cannotCreate(path: String, errno: Int32)
  /// Writing it failed half way, as on a full disk; nothing was left behind.
  case writeFailed(path: String, errno: Int32)

  /// The file.
  public var path: String {
    switch self {
    case .missing(let path), .notAFile(let path), .unreadable(let path, _),
      .tooLarge(let path, _, _), .cannotCreate(let path, _), .writeFailed(let path, _):
      path
    }
  }
}

extension FileError: CustomStringConvertible {
  /// What is wrong, without the path: the caller says which file it speaks of.
  public var description: String {
    switch self {
    case .missing: "no such file"
    case .notAFile: "not a regular file"
    case .unreadable(_, let code): "cannot be read: \(Self.reason(code))"
    case .tooLarge(_, let bytes, let limit): "\(bytes) bytes are more than the limit of \(limit)"
    case .cannotCreate(_, let code): "cannot be created: \(Self.reason(code))"
    case .writeFailed(_, let code): "cannot be written: \(Self.reason(code))"
    }
  }

  private static func reason(_ code: Int32) -> String {
    String(cString: strerror(code)).lowercased()
  }
}
