import Favorites
import Files
import Foundation
import Recipes
import Yams

/// Plans in YAML files.
///
/// ```yaml
/// contents: [photos/*.jpg, portrait.png]
/// styles:
///   - paintings/monet.jpg
///   - {name: both, mix: [monet.jpg, {picture: klee.jpg, weight: 2}]}
/// recipe: {method: instant, size: 256}
/// variations:
///   full: {}
///   soft: {strength: 0.6}
/// tables: more.csv
/// output: results
/// name: "{content}-{style}-{variation}.png"
/// jobs: 2
/// threads: 1
/// slurm: [--partition=main]
/// ```
public enum BatchPlanFile {
  /// Plans are short; tables hold what is long.
  static let limit = 16 << 20

  /// Whether a file is a plan, by its name.
  public static func isPlan(_ path: String) -> Bool {
    ["yaml", "yml"].contains((path as NSString).pathExtension.lowercased())
  }

  /// Whether a file is a table, by its name.
  public static func isTable(_ path: String) -> Bool {
    ["csv", "tsv"].contains((path as NSString).pathExtension.lowercased())
  }

  /// Reads a plan; paths in it are taken as relative to the file's folder.
  ///
  /// - Throws: `BatchError.file`, `malformed`, `noPictures`, `template`.
  public static func read(_ path: String) throws(BatchError) -> BatchPlan {
    let text = try text(of: path)
    let reader = PlanReader(path: path)
    let root: Node?
    do { root = try Yams.compose(yaml: text) } catch { throw reader.unreadable(error) }
    guard let table = root?.mapping else {
      throw .malformed(
        path: path, place: nil, reason: "it must be lines of 'key: value'",
        hint: "contents, styles and recipe are what most plans need")
    }
    return try reader.plan(table)
  }

  /// Reads a table: items that depart from a recipe where their cells say so.
  ///
  /// - Throws: `BatchError.file`, `malformed`.
  public static func readTable(
    _ path: String, basis recipe: Recipe
  ) throws(BatchError) -> [BatchPlan.Row] {
    let text = try? RecipeFile.text(of: recipe.withAbsolutePaths())
    let table = text.flatMap { try? Yams.compose(yaml: $0) }?.mapping ?? [:]
    let pairs = table.map { ($0.key, $0.value) }
    return try BatchTable.rows(
      of: path,
      base: pairs.filter { !PlanReader.otherKeys.contains($0.0.scalar?.string ?? "") })
  }

  static func text(of path: String) throws(BatchError) -> String {
    let bytes: [UInt8]
    do { bytes = try FileBytes.read(path, limit: limit) } catch { throw .file(error) }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .malformed(path: path, place: nil, reason: "it is no text", hint: nil)
    }
    return text
  }
}

extension String {
  /// This path, taken as relative to a folder.
  func resolved(in folder: String) -> String {
    hasPrefix("/") || folder.isEmpty ? self : "\(folder)/\(self)"
  }
}
