import Archives
import Files
import Foundation
import Pictures
import Recipes

/// Why a favorite cannot be kept, found or changed.
public enum FavoriteError: Error, Equatable {
  /// A file of the library or one to import cannot be read or written.
  case file(FileError)
  /// A picture cannot be read or written.
  case picture(PictureError)
  /// An archive to import cannot be read.
  case archive(ZipError)
  /// A picture's recipe makes no sense.
  case recipe(path: String, RecipeError)
  /// The picture carries no recipe and has none beside it.
  case noRecipe(path: String)
  /// No favorite bears this id, or begins with it.
  case notFound(id: String)
  /// Several favorites begin with this.
  case ambiguous(id: String, count: Int)
  /// The same pixels are a favorite already.
  case duplicate(of: UUID)
  /// The library is on a disk or in a folder where nothing can be written.
  case readOnly(path: String)
  /// There is no room for the library to grow.
  case diskFull(path: String)
  /// Another process holds the library for longer than anyone would wait.
  case locked(path: String)
  /// The library's file contradicts itself.
  case damaged(path: String, reason: String)
  /// A later version of the program made the library.
  case tooNew(path: String)
  /// SQLite failed in another way.
  case failed(path: String, reason: String)

  /// What kind of failure it is, which decides the exit code of a command.
  public enum Kind: Equatable, Sendable {
    /// There is no such favorite or file.
    case missing
    /// A file is there and wrong.
    case badData
    /// The destination cannot be created.
    case cannotCreate
    /// Reading or writing failed.
    case inputOutput
    /// It may work later.
    case unavailable
  }

  /// What kind of failure it is.
  public var kind: Kind {
    switch self {
    case .archive(.file(.missing)), .file(.missing), .notFound, .picture(.file(.missing)),
      .recipe(_, .file(.missing)):
      .missing
    case .file(.cannotCreate), .picture(.file(.cannotCreate)), .readOnly: .cannotCreate
    case .archive(.file(.unreadable)), .file(.unreadable), .file(.writeFailed),
      .picture(.file(.unreadable)),
      .picture(.file(.writeFailed)), .diskFull, .failed:
      .inputOutput
    case .locked: .unavailable
    case .archive, .file, .picture, .recipe, .noRecipe, .ambiguous, .duplicate, .damaged, .tooNew:
      .badData
    }
  }

  /// The file or id that the description speaks of.
  public var subject: String {
    switch self {
    case .file(let error): error.path
    case .picture(let error): error.path
    case .archive(let error): error.path
    case .recipe(let path, _), .noRecipe(let path), .readOnly(let path), .diskFull(let path),
      .locked(let path), .damaged(let path, _), .tooNew(let path), .failed(let path, _):
      path
    case .notFound(let id), .ambiguous(let id, _): id
    case .duplicate(let id): id.uuidString.lowercased()
    }
  }

  /// What the user can do about it, one line.
  public var hint: String? {
    switch self {
    case .damaged: "'impasto favorites rebuild' makes a new library of its pictures"
    case .locked: "close the other studio, or try again when it is idle"
    case .noRecipe: "only pictures of Impasto's carry a recipe"
    case .notFound, .ambiguous: "'impasto favorites list' shows the ids"
    case .tooNew: "a later version of Impasto made it; update this one"
    case .diskFull: "nothing was lost; make room and try again"
    case .archive, .file, .picture, .recipe, .duplicate, .readOnly, .failed: nil
    }
  }
}

extension FavoriteError: CustomStringConvertible {
  /// What is wrong, in one line, without the subject.
  public var description: String {
    switch self {
    case .file(let error): "\(error)"
    case .picture(let error): "\(error)"
    case .archive(let error): "\(error)"
    case .recipe(_, let error): "\(error)"
    case .noRecipe: "the picture carries no recipe"
    case .notFound: "there is no such favorite"
    case .ambiguous(_, let count): "\(count) favorites begin with this"
    case .duplicate: "this picture is a favorite already"
    case .readOnly: "the library cannot be written to"
    case .diskFull: "the disk is full"
    case .locked: "the library is in use by another process"
    case .damaged(_, let reason): "the library is damaged: \(reason.printable)"
    case .tooNew: "the library is of a form that is not known"
    case .failed(_, let reason): "the library cannot be used: \(reason.printable)"
    }
  }
}
