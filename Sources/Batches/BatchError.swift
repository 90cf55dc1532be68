import Files

/// Why a batch cannot begin, or a cluster not work on it.
public enum BatchError: Error, Equatable {
  /// What kind of failure it is, as far as an exit code tells.
  public enum Kind: Sendable {
    case missing, badData, cannotCreate, inputOutput, unavailable, usage
  }

  /// A file that cannot be read or written.
  case file(FileError)
  /// A plan or table that makes no sense; lines and rows are counted from 1.
  case malformed(path: String, place: String?, reason: String, hint: String?)
  /// A pattern or folder that names no picture.
  case noPictures(String)
  /// A plan without photographs, or with recipes that need paintings and none of those.
  case nothingToPaint(what: String)
  /// The template of names holds something else than what it may.
  case template(String, reason: String, hint: String?)
  /// Two items would be written to the same file.
  case sameOutput(String, first: String, second: String)
  /// Another batch works on the folder.
  case busy(folder: String)
  /// There is no program of the cluster's.
  case noScheduler(program: String)
  /// The cluster refused; in its own words.
  case refused(program: String, reason: String)
  /// A job of this folder is still at work.
  case submitted(folder: String, job: String)
  /// Nothing was submitted from this folder.
  case notSubmitted(folder: String)
}

extension BatchError {
  /// What an exit code may tell.
  public var kind: Kind {
    switch self {
    case .file(let error):
      switch error {
      case .missing: .missing
      case .notAFile, .tooLarge: .badData
      case .cannotCreate: .cannotCreate
      case .unreadable, .writeFailed: .inputOutput
      }
    case .malformed: .badData
    case .noPictures, .notSubmitted: .missing
    case .template, .sameOutput, .nothingToPaint: .usage
    case .busy, .noScheduler, .refused, .submitted: .unavailable
    }
  }

  /// The file, folder or program that is meant.
  public var subject: String? {
    switch self {
    case .file(let error): error.path
    case .malformed(let path, let place, _, _): place.map { "\(path), \($0)" } ?? path
    case .noPictures(let pattern): pattern
    case .template(let text, _, _): text
    case .nothingToPaint: nil
    case .sameOutput(let output, _, _): output
    case .busy(let folder), .submitted(let folder, _), .notSubmitted(let folder): folder
    case .noScheduler(let program), .refused(let program, _): program
    }
  }

  /// What to do about it.
  public var hint: String? {
    switch self {
    case .file: nil
    case .malformed(_, _, _, let hint), .template(_, _, let hint): hint
    case .nothingToPaint: "impasto batch photos/ --style painting.jpg -o results"
    case .noPictures: "pictures are .png, .jpg and .webp files"
    case .sameOutput:
      "name the pictures apart, as with --name '{folder}/{content}-{style}.png' or '{index}.png'"
    case .busy: "wait for it, or choose another folder"
    case .noScheduler:
      "install Slurm's clients (Debian: slurm-client), or leave --engine slurm out"
    case .refused: "'sinfo' shows the partitions; --slurm-option passes options on"
    case .submitted: "'impasto batch status' shows how far it is, 'cancel' ends it"
    case .notSubmitted: "impasto batch PLAN -o FOLDER --engine slurm"
    }
  }
}

extension BatchError: CustomStringConvertible {
  /// What is wrong, in one line, without the subject.
  public var description: String {
    switch self {
    case .file(let error): error.description
    case .malformed(_, _, let reason, _), .template(_, let reason, _): reason.printable
    case .nothingToPaint(let what): "no \(what) was given"
    case .noPictures: "there are no pictures"
    case .sameOutput(_, let first, let second):
      "two pictures would have this name: \(first.printable) and \(second.printable)"
    case .busy: "another batch is at work in this folder"
    case .noScheduler: "there is no such program; it is Slurm's"
    case .refused(_, let reason): reason.printable
    case .submitted(_, let job): "job \(job.printable) of this folder is still at work"
    case .notSubmitted: "nothing was submitted from this folder"
    }
  }
}
