import Files
import Foundation

/// Why a film cannot be painted.
public enum FilmError: Error, Equatable {
  /// ffmpeg or ffprobe is not installed.
  case noProgram(String)
  /// The operating system would not start a program.
  case notStarted(program: String, errno: Int32)
  /// There is no such file, or it cannot be read.
  case file(FileError)
  /// ffprobe or ffmpeg cannot make sense of the file.
  case unreadable(path: String, reason: String)
  /// There is no moving picture in it.
  case noPictures(path: String)
  /// A side is longer than any that is worked on.
  case tooLarge(path: String, width: Int, height: Int)
  /// The frames that were asked for are not there.
  case noFrames(path: String, first: Int, count: Int)
  /// ffmpeg could not write the film.
  case notWritten(path: String, reason: String)
  /// The name does not say which kind of film it is.
  case unknownExtension(path: String)
  /// Another process paints this film.
  case running(folder: String)

  /// The file or program.
  public var subject: String {
    switch self {
    case .noProgram(let name), .notStarted(let name, _): name
    case .file(let error): error.path
    case .unreadable(let path, _), .noPictures(let path), .tooLarge(let path, _, _),
      .noFrames(let path, _, _), .notWritten(let path, _), .unknownExtension(let path),
      .running(let path):
      path
    }
  }
}

extension FilmError: CustomStringConvertible {
  /// What is wrong, without the subject.
  public var description: String {
    switch self {
    case .noProgram: "is not installed"
    case .notStarted(_, let code):
      "cannot be started: \(String(cString: strerror(code)).lowercased())"
    case .file(let error): "\(error)"
    case .unreadable(_, let reason): "cannot be read as a film: \(reason)"
    case .noPictures: "there is no moving picture in it"
    case .tooLarge(_, let width, let height):
      "\(width)×\(height) pixels are more than can be worked on"
    case .noFrames(_, let first, let count): "there is no frame \(first); it has \(count)"
    case .notWritten(_, let reason): "cannot be written: \(reason)"
    case .unknownExtension: "the name does not say which kind of film it is"
    case .running: "another process is painting this film"
    }
  }

  /// What to do, if that can be said.
  public var hint: String? {
    switch self {
    case .noProgram: "apt-get install ffmpeg"
    case .unknownExtension: "end it in .mp4, .mkv, .mov, .m4v or .webm"
    default: nil
    }
  }
}
