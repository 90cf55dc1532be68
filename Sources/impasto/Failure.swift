import ArgumentParser
import Batches
import Checkpoints
import Favorites
import Files
import Films
import Foundation
import History
import Pictures
import Recipes
import Styling
import Terminal

/// Why a command failed, as the user is told: one line, perhaps a hint, and an exit code.
struct Failure: Error {
  /// The file or model that is meant, if any.
  var subject: String?
  let problem: String
  var hint: String?
  let code: Code

  /// Exit codes after `sysexits.h`, and the shell's for signals.
  enum Code: Int32 {
    case usage = 64
    case badData = 65
    case noInput = 66
    case unavailable = 69
    case cannotCreate = 73
    case inputOutput = 74
    case interrupted = 130
  }

  init(_ problem: String, of subject: String? = nil, hint: String? = nil, code: Code) {
    self.subject = subject
    self.problem = problem
    self.hint = hint
    self.code = code
  }

  /// The one place where errors of all modules become words and codes.
  init(_ error: any Error) {
    switch error {
    case let failure as Failure: self = failure
    case let error as FileError: self.init(error)
    case let error as PictureError: self.init(error)
    case let error as CheckpointError: self.init(error)
    case let error as RecipeError: self.init(error)
    case let error as BatchError: self.init(error)
    case let error as FavoriteError: self.init(error)
    case let error as SavedRunError: self.init(error)
    case let error as HistoryError: self.init(error)
    case let error as FilmError: self.init(error)
    case let error as ConsoleError:
      self.init("\(error)", hint: error.hint, code: .unavailable)
    case let error as StylingError:
      self.init("\(error)", hint: error.hint, code: error.code)
    default:
      self.init(
        Impasto.message(for: error), hint: "'impasto --help' lists the commands",
        code: .usage)
    }
  }

  /// Prints `impasto: error: SUBJECT: PROBLEM` and the hint.
  func report() {
    let line = [subject.map(\.printable), problem.printable].compactMap(\.self)
      .joined(separator: ": ")
    var text = "impasto: error: \(line)\n"
    if let hint { text += "hint: \(hint.printable)\n" }
    FileHandle.standardError.write(Data(text.utf8))
  }
}

extension Failure {
  private init(_ error: FileError) {
    let code: Code =
      switch error {
      case .missing: .noInput
      case .notAFile, .tooLarge: .badData
      case .unreadable, .writeFailed: .inputOutput
      case .cannotCreate: .cannotCreate
      }
    self.init("\(error)", of: error.path, code: code)
  }

  private init(_ error: PictureError) {
    let code: Code =
      switch error.kind {
      case .noInput: .noInput
      case .badData: .badData
      case .cannotCreate: .cannotCreate
      case .failed: .inputOutput
      }
    self.init("\(error)", of: error.path, code: code)
  }

  private init(_ error: CheckpointError) {
    let code: Code =
      switch error.kind {
      case .missing: .noInput
      case .badData: .badData
      case .unavailable: .unavailable
      case .cannotCreate: .cannotCreate
      case .inputOutput: .inputOutput
      case .usage: .usage
      case .cancelled: .interrupted
      }
    self.init("\(error)", of: error.path, hint: error.hint, code: code)
  }

  private init(_ error: FavoriteError) {
    let code: Code =
      switch error.kind {
      case .missing: .noInput
      case .badData: .badData
      case .cannotCreate: .cannotCreate
      case .inputOutput: .inputOutput
      case .unavailable: .unavailable
      }
    self.init("\(error)", of: error.subject, hint: error.hint, code: code)
  }

  private init(_ error: HistoryError) {
    switch error {
    case .file(let error): self.init(error)
    case .picture(let error): self.init(error)
    case .checkpoint(let error): self.init(error)
    case .recipe, .malformed: self.init("\(error)", of: error.subject, code: .badData)
    case .notFound, .ambiguous, .noFrame:
      self.init("\(error)", of: error.subject, hint: error.hint, code: .noInput)
    }
  }

  private init(_ error: FilmError) {
    if case .file(let error) = error {
      self.init(error)
      return
    }
    let code: Code =
      switch error {
      case .noProgram, .notStarted, .running: .unavailable
      case .unreadable, .noPictures, .tooLarge, .file: .badData
      case .noFrames, .unknownExtension: .usage
      case .notWritten: .inputOutput
      }
    self.init("\(error)", of: error.subject, hint: error.hint, code: code)
  }

  private init(_ error: SavedRunError) {
    switch error {
    case .file(let error): self.init(error)
    case .malformed, .recipe: self.init("\(error)", of: error.path, code: .badData)
    case .none(let folder): self.init("\(error)", of: folder, code: .noInput)
    case .missing: self.init("\(error)", of: error.path, code: .noInput)
    case .running: self.init("\(error)", of: error.path, code: .unavailable)
    case .cannotCreate: self.init("\(error)", of: error.path, code: .cannotCreate)
    }
  }

  private init(_ error: RecipeError) {
    switch error {
    case .file(let error): self.init(error)
    case .malformed(let path, _): self.init("\(error)", of: path, code: .badData)
    case .outOfRange: self.init("\(error)", code: .badData)
    case .unknownPreset: self.init("\(error)", code: .usage)
    }
  }
}

extension StylingError {
  fileprivate var code: Failure.Code {
    switch self {
    case .unknownLayer, .noLayers: .usage
    case .tooNarrow, .otherShape, .nothingToPaint, .diverged: .badData
    case .noStylist: .unavailable
    }
  }

  fileprivate var hint: String? {
    switch self {
    case .unknownLayer: "'impasto models list' shows the models"
    case .noLayers, .otherShape: nil
    case .nothingToPaint: "masks are white where they apply"
    case .tooNarrow: "choose a larger --size or a less narrow picture"
    case .noStylist: "impasto models install magenta"
    case .diverged: "choose a smaller --learning-rate"
    }
  }
}
