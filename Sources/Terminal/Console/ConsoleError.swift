import Files
import Foundation

/// Why the terminal cannot be used.
public enum ConsoleError: Error, Equatable {
  /// Standard input or output is a file or a pipe.
  case notATerminal(stream: String)
  /// `TERM` is missing or names a terminal that cannot place its cursor.
  case incapable(type: String)
  /// The terminal database has no entry for `TERM`, or one that is of no use.
  case unknownType(String)
  /// The device cannot be used; `code` is the `errno`.
  case device(path: String, code: Int32)
}

extension ConsoleError: CustomStringConvertible {
  /// What is wrong, in one line.
  public var description: String {
    switch self {
    case .notATerminal(let stream): "standard \(stream): is not a terminal"
    case .incapable(let type) where type.isEmpty: "TERM: is not set"
    case .incapable(let type): "TERM=\(type.printable): cannot place a cursor"
    case .unknownType(let type): "TERM=\(type.printable): has no entry in the terminal database"
    case .device(let path, let code):
      "\(path.printable): cannot be used: \(String(cString: strerror(code)).lowercased())"
    }
  }

  /// What may help.
  public var hint: String {
    switch self {
    case .notATerminal: "the studio needs a terminal; `impasto render` does not"
    case .incapable: "in a terminal that can, set TERM=xterm-256color"
    case .unknownType: "set TERM=xterm-256color, or install the package ncurses-term"
    case .device: "run it from a shell in a terminal window"
    }
  }
}
