import Checkpoints
import Files
import Pictures

/// Why one picture of a batch was not painted.
public struct BatchFault: Error, Equatable, Sendable, Codable {
  /// The file that is meant, if any.
  public let path: String?

  /// What is wrong, in a line.
  public let reason: String

  /// A fault of these words.
  public init(path: String?, reason: String) {
    self.path = path
    self.reason = reason
  }

  /// What an error of the engine or the file system means for the picture.
  init(_ error: any Error) {
    switch error {
    case let fault as BatchFault: self = fault
    case let error as PictureError: self.init(path: error.path, reason: "\(error)")
    case let error as FileError: self.init(path: error.path, reason: "\(error)")
    case let error as CheckpointError: self.init(path: error.path, reason: "\(error)")
    default: self.init(path: nil, reason: "\(error)")
    }
  }

  /// Both in a line.
  public var line: String {
    ([path].compactMap(\.self) + [reason]).map(\.printable).joined(separator: ": ")
  }
}
