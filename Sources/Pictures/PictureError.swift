import Files

/// Why a picture cannot be read or written.
public enum PictureError: Error, Equatable {
  /// The operating system refused.
  case file(FileError)
  /// The file has no bytes.
  case empty(path: String)
  /// The first bytes are not those of a PNG, JPEG or WebP file.
  case unrecognized(path: String)
  /// The file is cut short or contradicts its format; `reason` is the codec's.
  case damaged(path: String, format: PictureFormat, reason: String)
  /// The file is sound, but of a kind that is not read.
  case unsupported(path: String, format: PictureFormat, reason: String)
  /// The header announces more pixels than `limit` allows.
  case tooLarge(path: String, width: Int, height: Int, limit: PictureLimit)
  /// There is no memory for what the codec needs.
  case outOfMemory(path: String)
  /// The file to write has none of the extensions that stand for a format.
  case unknownExtension(path: String)
  /// The format cannot hold the picture.
  case unencodable(path: String, format: PictureFormat, reason: String)

  /// The file.
  public var path: String {
    switch self {
    case .file(let error): error.path
    case .empty(let path), .unrecognized(let path), .damaged(let path, _, _),
      .unsupported(let path, _, _), .tooLarge(let path, _, _, _), .outOfMemory(let path),
      .unknownExtension(let path), .unencodable(let path, _, _):
      path
    }
  }

  /// What went wrong in the terms of `sysexits.h`.
  public enum Kind: Sendable {
    /// The file is missing or must not be read: `EX_NOINPUT`, 66.
    case noInput
    /// The file is there and no good: `EX_DATAERR`, 65.
    case badData
    /// The file cannot be created: `EX_CANTCREAT`, 73.
    case cannotCreate
    /// Writing the file failed half way, or memory ran out: `EX_IOERR`, 74.
    case failed
  }

  /// What went wrong in the terms of `sysexits.h`.
  public var kind: Kind {
    switch self {
    case .file(.missing), .file(.unreadable): .noInput
    case .file(.notAFile), .file(.tooLarge): .badData
    case .file(.cannotCreate), .unknownExtension, .unencodable: .cannotCreate
    case .file(.writeFailed), .outOfMemory: .failed
    case .empty, .unrecognized, .damaged, .unsupported, .tooLarge: .badData
    }
  }
}

extension PictureError: CustomStringConvertible {
  /// What is wrong, without the path: the caller says which file it speaks of.
  public var description: String {
    switch self {
    case .file(let error): "\(error)"
    case .empty: "the file is empty"
    case .unrecognized: "not a PNG, JPEG or WebP picture"
    case .damaged(_, let format, let reason): "damaged \(format.name) picture: \(reason)"
    case .unsupported(_, let format, let reason): "unsupported \(format.name) picture: \(reason)"
    case .tooLarge(_, let width, let height, let limit):
      width > limit.side || height > limit.side
        ? "\(width)×\(height) pixels: at most \(limit.side) a side are read"
        : "\(width)×\(height) pixels: at most \(limit.pixels) in all are read"
    case .outOfMemory: "not enough memory for the picture"
    case .unknownExtension: "a picture to write ends in .png, .jpg, .jpeg or .webp"
    case .unencodable(_, let format, let reason): "cannot be a \(format.name) picture: \(reason)"
    }
  }
}
