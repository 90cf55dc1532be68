import Files
import Tensors

/// What is wrong with a weight file, or why a model cannot be had.
public enum CheckpointError: Error, Equatable {
  /// The operating system refused.
  case file(FileError)
  /// The file contradicts itself or its format.
  case damaged(path: String, Damage)
  /// It is no weight file, or one of a kind that cannot be read.
  case unsupportedFormat(path: String, CheckpointFormat)
  /// It holds tensors, but not under the names of any layout that is known.
  case unrecognized(path: String)
  /// The network has batch normalization, which no style transfer of ours knows.
  case batchNormalized(path: String)
  /// There is no such tensor.
  case missingTensor(path: String, tensor: String)
  /// The tensor's elements are of a type that is not read.
  case unsupportedType(path: String, tensor: String, type: String)
  /// The tensor does not fit the network.
  case wrongShape(path: String, tensor: String, expected: Shape, found: Shape)
  /// The tensor contains infinities or NaNs.
  case notFinite(path: String, tensor: String)
  /// The file holds another network than the name says.
  case wrongArchitecture(path: String, expected: String, found: String)
  /// The ONNX file's graph is not one that can be done.
  case unsupportedGraph(path: String, GraphProblem)
  /// The file is not the one whose SHA-256 is pinned.
  case wrongHash(path: String, expected: String, found: String)
  /// The process that reads HDF5 files could not be started.
  case readerNotStarted(path: String, errno: Int32)
  /// A model cannot bear this name.
  case invalidID(String)
  /// No model of this name is known or installed.
  case unknownModel(id: String)
  /// The model is known but not installed.
  case notInstalled(id: String)
  /// The model can only be imported from a file that the user has.
  case importOnly(id: String)
  /// The model's package could not be fetched.
  case fetchFailed(id: String, FetchFailure)
  /// The caller gave up.
  case cancelled(id: String)

  /// How a file contradicts itself.
  public enum Damage: Error, Equatable {
    /// The file ends too early.
    case truncated(expected: Int, found: Int)
    /// The header claims a length that no checkpoint's header has.
    case headerTooLong(bytes: UInt64, limit: Int)
    /// The header is not a JSON object of the expected form.
    case headerUnreadable
    /// A tensor's entry in the header is malformed.
    case entryUnreadable(tensor: String)
    /// A tensor has more or fewer bytes than its shape and type call for.
    case wrongLength(tensor: String, expected: Int, found: Int)
    /// A tensor overlaps another, leaves a hole or exceeds the file.
    case misplaced(tensor: String)
    /// Bytes at the end belong to no tensor.
    case unclaimed(bytes: Int)
    /// libhdf5 refused the file, crashed on it or did not come to an end.
    case hdf5(tensor: String?)
    /// A message of an ONNX file is malformed.
    case message(String)
    /// The archive's directory or a member is broken.
    case archive(member: String?)
  }

  /// Why a package could not be fetched.
  public enum FetchFailure: Error, Equatable {
    /// There is no `python3` to run pip with.
    case noPython
    /// Python has no pip.
    case noPip
    /// Neither the package index nor a mirror answers.
    case unreachable
    /// pip gave up for another reason, in its own words.
    case refused(reason: String)
  }

  /// What kind of failure it is, which decides the exit code of a command.
  public enum Kind: Equatable, Sendable {
    /// There is no such file or model.
    case missing
    /// The file is there and wrong.
    case badData
    /// The model can be had, but not now.
    case unavailable
    /// The destination cannot be created.
    case cannotCreate
    /// Reading or writing failed half way.
    case inputOutput
    /// What was asked for makes no sense.
    case usage
    /// The caller gave up.
    case cancelled
  }

  /// What kind of failure it is.
  public var kind: Kind {
    switch self {
    case .file(.missing), .unknownModel: .missing
    case .file(.cannotCreate): .cannotCreate
    case .file(.unreadable), .file(.writeFailed), .readerNotStarted: .inputOutput
    case .file(.notAFile), .file(.tooLarge), .damaged, .unsupportedFormat, .unrecognized,
      .batchNormalized, .missingTensor, .unsupportedType, .wrongShape, .notFinite,
      .wrongArchitecture, .unsupportedGraph, .wrongHash:
      .badData
    case .notInstalled, .importOnly, .fetchFailed: .unavailable
    case .invalidID: .usage
    case .cancelled: .cancelled
    }
  }

  /// The file or model that the description speaks of.
  public var path: String {
    switch self {
    case .file(let error): error.path
    case .damaged(let path, _), .unsupportedFormat(let path, _), .unrecognized(let path),
      .batchNormalized(let path), .missingTensor(let path, _), .unsupportedType(let path, _, _),
      .wrongShape(let path, _, _, _), .notFinite(let path, _), .wrongArchitecture(let path, _, _),
      .unsupportedGraph(let path, _), .wrongHash(let path, _, _), .readerNotStarted(let path, _):
      path
    case .invalidID(let id), .unknownModel(let id), .notInstalled(let id), .importOnly(let id),
      .fetchFailed(let id, _), .cancelled(let id):
      id
    }
  }
}
