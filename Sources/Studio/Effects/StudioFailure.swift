import Checkpoints
import Favorites
import Files
import Films
import Foundation
import History
import Pictures
import Recipes
import Styling

/// What the studio itself has to say of what went wrong.
enum StudioFailure: Error {
  /// A run is to go on, and there is none.
  case nothingToGoOnFrom
  /// An installed model is not the network that its name says.
  case otherNetwork(model: String)

  /// What is wrong with what, in one line.
  static func line(for error: any Error) -> String {
    func named(_ path: String, _ problem: String) -> String {
      "\((path as NSString).lastPathComponent): \(problem)"
    }
    switch error {
    case StudioFailure.nothingToGoOnFrom: return "there is no run to go on from"
    case StudioFailure.otherNetwork(let model): return named(model, "is a network of another kind")
    case let error as PictureError: return named(error.path, "\(error)")
    case FavoriteError.damaged(let path, _):
      // SQLite's reasons fill pages, and say nothing about what to do.
      return named(path, "the library is damaged")
    case let error as FavoriteError: return named(error.subject, "\(error)")
    case let error as HistoryError: return named(error.subject, "\(error)")
    case let error as SavedRunError: return named(error.path, "\(error)")
    case let error as FilmError: return named(error.subject, "\(error)")
    case let error as FileError: return named(error.path, "\(error)")
    case let error as CheckpointError:
      let line = named(error.path, "\(error)")
      return error.hint.map { "\(line); \($0)" } ?? line
    default: return "\(error)"
    }
  }
}
