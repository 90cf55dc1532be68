import Files
import Foundation
import Pictures

/// Why no sample was painted.
enum PainterError: Error, Equatable {
  /// There is no sample of that name.
  case noSuchSample(name: String, known: [String])
  /// The picture, or its folder, cannot be written.
  case picture(PictureError)

  /// The status to exit with, from `sysexits.h`.
  var status: Int32 {
    switch self {
    case .noSuchSample: EX_USAGE
    case .picture(let error): error.kind == .cannotCreate ? EX_CANTCREAT : EX_IOERR
    }
  }
}

extension PainterError: CustomStringConvertible {
  /// One line: what it is about, and what is wrong with it.
  var description: String {
    switch self {
    case .noSuchSample(let name, let known):
      "\(name.printable): no such sample; there are \(known.joined(separator: ", "))"
    case .picture(let error): "\(error.path.printable): \(error)"
    }
  }
}
