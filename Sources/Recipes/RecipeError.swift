import Files

/// What is wrong with a recipe.
public enum RecipeError: Error, Equatable {
  /// The file cannot be read or written.
  case file(FileError)
  /// The file is no recipe.
  case malformed(path: String, reason: String)
  /// A value that makes no sense.
  case outOfRange(field: String, value: String, allowed: String)
  /// No preset has this name.
  case unknownPreset(String, known: [String])
}

extension RecipeError: CustomStringConvertible {
  /// What is wrong, in one line, without the path.
  public var description: String {
    switch self {
    case .file(let error): error.description
    case .malformed(_, let reason): "not a recipe: \(reason.printable)"
    case .outOfRange(let field, let value, let allowed):
      "\(field) is \(value.printable); it must be \(allowed)"
    case .unknownPreset(let name, let known):
      "there is no preset '\(name.printable)'; there are \(known.joined(separator: ", "))"
    }
  }
}
