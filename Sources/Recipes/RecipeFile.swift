import Files
import Foundation
import Yams

/// Recipes in YAML files.
public enum RecipeFile {
  /// Recipes are short; a longer file is something else.
  private static let limit = 1 << 20

  /// Reads and validates a recipe; paths in it are taken as relative to the file's folder.
  public static func read(_ path: String) throws(RecipeError) -> Recipe {
    let bytes: [UInt8]
    do { bytes = try FileBytes.read(path, limit: limit) } catch { throw .file(error) }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .malformed(path: path, reason: "it is no text")
    }
    return try recipe(in: text, named: path)
  }

  /// Reads and validates a recipe that a file carries; paths in it are taken as relative to the file's
  /// folder.
  ///
  /// - Parameters:
  ///   - text: YAML.
  ///   - path: the file.
  public static func recipe(in text: String, named path: String) throws(RecipeError) -> Recipe {
    guard text.utf8.count <= limit else {
      throw .file(.tooLarge(path: path, bytes: text.utf8.count, limit: limit))
    }
    return try recipe(named: path) { try YAMLDecoder().decode(Recipe.self, from: text) }
  }

  /// Reads and validates a recipe that is a part of a file; paths in it are taken as relative to the
  /// file's folder.
  ///
  /// - Parameters:
  ///   - node: the part.
  ///   - path: the file.
  public static func recipe(in node: Node, named path: String) throws(RecipeError) -> Recipe {
    try recipe(named: path) { try YAMLDecoder().decode(Recipe.self, from: node) }
  }

  private static func recipe(
    named path: String, decode: () throws -> Recipe
  ) throws(RecipeError) -> Recipe {
    var recipe: Recipe
    do { recipe = try decode() } catch {
      throw .malformed(path: path, reason: reason(error))
    }
    let folder = path.parentFolder
    recipe.content = recipe.content.map { resolve($0, in: folder) }
    for i in recipe.styles.indices {
      recipe.styles[i].picture = resolve(recipe.styles[i].picture, in: folder)
      recipe.styles[i].mask = recipe.styles[i].mask.map { resolve($0, in: folder) }
    }
    recipe.protect = recipe.protect.map { resolve($0, in: folder) }
    try recipe.validate()
    return recipe
  }

  /// Writes a recipe.
  public static func write(_ recipe: Recipe, to path: String) throws(RecipeError) {
    let text = try text(of: recipe, named: path)
    do { try AtomicFile.write(Array(text.utf8), to: path) } catch { throw .file(error) }
  }

  /// A recipe as YAML; reading it gives the same recipe, to the last bit of every number.
  ///
  /// - Parameters:
  ///   - recipe: what to write.
  ///   - path: the name that errors bear.
  public static func text(
    of recipe: Recipe, named path: String = "recipe"
  ) throws(RecipeError) -> String {
    do { return try YAMLEncoder().encode(recipe) } catch {
      throw .malformed(path: path, reason: reason(error))
    }
  }

  private static func resolve(_ path: String, in folder: String) -> String {
    path.hasPrefix("/") || folder.isEmpty ? path : "\(folder)/\(path)"
  }

  /// The innermost reason of a decoding error, in a line.
  private static func reason(_ error: any Error) -> String {
    let text =
      switch error {
      case let error as RecipeError: "\(error)"
      case DecodingError.dataCorrupted(let context): reason(context)
      case DecodingError.typeMismatch(_, let context): reason(context)
      case DecodingError.keyNotFound(let key, _): "'\(key.stringValue)' is missing"
      case DecodingError.valueNotFound(_, let context): reason(context)
      default: "\(error)"
      }
    return text.split(whereSeparator: \.isNewline).first.map(String.init) ?? "it is empty"
  }

  private static func reason(_ context: DecodingError.Context) -> String {
    if let inner = context.underlyingError { return reason(inner) }
    let place = context.codingPath.map(\.stringValue).joined(separator: ".")
    return place.isEmpty ? context.debugDescription : "\(place): \(context.debugDescription)"
  }
}
