import Checkpoints
import Files
import Recipes
import Tensors

/// A run that lies in a file, to go on with it after a crash or a power cut.
///
/// The file is a safetensors file of tensors, `(height, width, 3)` each: the picture, Adam's two moments or
/// what L-BFGS knows of the curvature, and the mean of the last pictures if there is one. Its metadata
/// says the rest.
public struct SavedRun: Sendable {
  /// What was asked for.
  public let recipe: Recipe

  /// How far it came.
  public let checkpoint: Checkpoint

  /// How long it had taken.
  public let seconds: Double

  /// What whoever runs it wants to remember besides, such as where the result goes.
  public let notes: [String: String]

  /// A run to save.
  public init(
    recipe: Recipe, checkpoint: Checkpoint, seconds: Double, notes: [String: String] = [:]
  ) {
    self.recipe = recipe
    self.checkpoint = checkpoint
    self.seconds = seconds
    self.notes = notes
  }
}

/// Why a saved run cannot be read, written or continued.
public enum SavedRunError: Error, Equatable {
  /// The file is no safetensors file, or cannot be read or written.
  case file(CheckpointError)
  /// The file is sound but holds no run, or one that makes no sense.
  case malformed(path: String, reason: String)
  /// Its recipe cannot be understood.
  case recipe(path: String, RecipeError)
  /// No run was interrupted.
  case none(folder: String)
  /// There is no run of this name.
  case missing(path: String)
  /// A process is at work on it.
  case running(path: String)
  /// A folder for it cannot be made.
  case cannotCreate(path: String, errno: Int32)

  /// The file or folder that the description speaks of.
  public var path: String {
    switch self {
    case .file(let error): error.path
    case .malformed(let path, _), .recipe(let path, _), .none(let path), .missing(let path),
      .running(let path), .cannotCreate(let path, _):
      path
    }
  }
}

extension SavedRunError: CustomStringConvertible {
  /// What is wrong, in one line, without the path.
  public var description: String {
    switch self {
    case .file(let error): "\(error)"
    case .malformed(_, let reason): "not an interrupted run: \(reason.printable)"
    case .recipe(_, let error): "\(error)"
    case .none: "no run was interrupted"
    case .missing: "there is no such run"
    case .running: "the run is still going on"
    case .cannotCreate(let path, let code): "\(FileError.cannotCreate(path: path, errno: code))"
    }
  }
}
