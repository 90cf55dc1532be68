import Files
import Pictures
import Recipes
import Styling

/// Why a run cannot be recorded, found or read.
public enum HistoryError: Error, Equatable {
  /// A file cannot be read or written.
  case file(FileError)
  /// A frame cannot be read or written.
  case picture(PictureError)
  /// A record's recipe makes no sense.
  case recipe(path: String, RecipeError)
  /// What it takes to go on cannot be read or written.
  case checkpoint(SavedRunError)
  /// A file is there and is not what it should be.
  case malformed(path: String, reason: String)
  /// No run bears this name, or begins with it.
  case notFound(name: String)
  /// Several runs begin with this.
  case ambiguous(name: String, count: Int)
  /// The run has no frame of this iteration.
  case noFrame(name: String, iteration: Int)

  /// The file or run that the description speaks of.
  public var subject: String {
    switch self {
    case .file(let error): error.path
    case .picture(let error): error.path
    case .checkpoint(let error): error.path
    case .recipe(let path, _), .malformed(let path, _): path
    case .notFound(let name), .ambiguous(let name, _), .noFrame(let name, _): name
    }
  }

  /// What the user can do about it, one line.
  public var hint: String? {
    switch self {
    case .notFound, .ambiguous: "'impasto history list' shows the runs"
    case .noFrame: "'impasto history show' lists the iterations that were kept"
    case .file, .picture, .recipe, .checkpoint, .malformed: nil
    }
  }
}

extension HistoryError: CustomStringConvertible {
  /// What is wrong, in one line, without the subject.
  public var description: String {
    switch self {
    case .file(let error): "\(error)"
    case .picture(let error): "\(error)"
    case .recipe(_, let error): "\(error)"
    case .checkpoint(let error): "\(error)"
    case .malformed(_, let reason): "not a run's: \(reason)"
    case .notFound: "there is no such run"
    case .ambiguous(_, let count): "\(count) runs begin with this"
    case .noFrame(_, let iteration): "iteration \(iteration) was not kept"
    }
  }
}
