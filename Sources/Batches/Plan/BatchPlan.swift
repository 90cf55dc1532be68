import Foundation
import Recipes

/// Many pictures in one wish: photographs × styles × variations of a recipe, and rows of tables.
public struct BatchPlan: Equatable, Sendable {
  /// One or more paintings that give a style together.
  public struct Look: Equatable, Sendable {
    /// What it is called in names.
    public let name: String

    /// The paintings and their shares.
    public let styles: [Recipe.Style]

    /// A style of these paintings; without a name it bears theirs.
    public init(name: String? = nil, styles: [Recipe.Style]) {
      self.name = name ?? styles.map { Self.stem(of: $0.picture) }.joined(separator: "+")
      self.styles = styles
    }

    static func stem(of path: String) -> String {
      ((path as NSString).lastPathComponent as NSString).deletingPathExtension
    }
  }

  /// A recipe without pictures of its own.
  public struct Variation: Equatable, Sendable {
    /// What it is called in names; may be empty if there is one.
    public let name: String

    /// How to paint.
    public var recipe: Recipe

    /// A recipe and its name.
    public init(name: String = "", recipe: Recipe) {
      self.name = name
      self.recipe = recipe
    }
  }

  /// A picture of its own: a row of a table.
  public struct Row: Equatable, Sendable {
    let content: String
    /// Nil where the recipe needs no painting.
    let look: Look?
    var variation: Variation
    /// What the result is called, if the table says it.
    let output: String?
  }

  /// The photographs.
  public var contents: [String]

  /// The styles.
  public var looks: [Look]

  /// The recipes; each photograph in each style is painted by each.
  public var variations: [Variation]

  /// What else is painted.
  public var rows: [Row] = []

  /// How results are called; nil to tell from the plan.
  public var name: NameTemplate?

  /// The folder for the results, if the plan says it.
  public var output: String?

  /// How many pictures are painted at once, if the plan says it.
  public var jobs: Int?

  /// How many threads compute one picture, if the plan says it.
  public var threads: Int?

  /// Options for the cluster's `sbatch`.
  public var slurmOptions: [String] = []

  /// A plan.
  public init(contents: [String], looks: [Look], variations: [Variation]) {
    self.contents = contents
    self.looks = looks
    self.variations = variations
  }

  /// This plan with every recipe changed.
  public func mapRecipes(_ change: (Recipe) throws -> Recipe) rethrows -> BatchPlan {
    var plan = self
    for index in variations.indices {
      plan.variations[index].recipe = try change(variations[index].recipe)
    }
    for index in rows.indices {
      plan.rows[index].variation.recipe = try change(rows[index].variation.recipe)
    }
    return plan
  }
}

extension BatchPlan {
  /// The photographs that paths, folders and patterns name.
  ///
  /// - Throws: `BatchError.noPictures`.
  public static func contents(_ patterns: [String]) throws(BatchError) -> [String] {
    var files: [String] = []
    for pattern in patterns { files += try FilePattern.files(pattern) }
    return files
  }

  /// A style for each painting that a path, folder or pattern names.
  ///
  /// - Throws: `BatchError.noPictures`.
  public static func looks(_ pattern: String) throws(BatchError) -> [Look] {
    try FilePattern.files(pattern).map { Look(styles: [Recipe.Style(picture: $0)]) }
  }
}
