import Files

/// What is wrong with a theme's file.
public enum ThemeError: Error, Equatable {
  /// The file cannot be read.
  case file(FileError)
  /// The folder cannot be listed.
  case folder(path: String, reason: String)
  /// The file is no YAML.
  case malformed(path: String, reason: String)
  /// The file is YAML and no scheme: it has no name.
  case nameless(path: String)
  /// A color is missing.
  case missingColor(path: String, key: String)
  /// A color is not six hexadecimal digits.
  case badColor(path: String, key: String, value: String)
}

extension ThemeError: CustomStringConvertible {
  /// What is wrong, in one line that names the file.
  public var description: String {
    switch self {
    case .file(let error): "\(error.path.printable): \(error)"
    case .folder(let path, let reason): "\(path.printable): cannot be listed: \(reason.printable)"
    case .malformed(let path, let reason): "\(path.printable): no theme: \(reason.printable)"
    case .nameless(let path): "\(path.printable): no theme: it has no name"
    case .missingColor(let path, let key): "\(path.printable): \(key) is missing"
    case .badColor(let path, let key, let value):
      "\(path.printable): \(key) is '\(value.printable.prefix(40))', not six hexadecimal digits"
    }
  }
}
