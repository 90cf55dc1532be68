import Favorites
import Foundation
import Recipes

/// What is worth knowing of a run: what was asked for, what came of it, and when.
public struct RunRecord: Equatable, Sendable {
  /// Who runs it.
  public enum Maker: String, Codable, Sendable {
    /// The studio.
    case studio
    /// `impasto render`.
    case render
  }

  /// How far it is.
  public enum State: Equatable, Sendable {
    /// It goes on, or was cut short.
    case running
    /// All iterations were done.
    case completed
    /// The loss fell below the recipe's target.
    case reachedTarget
    /// Somebody stopped it.
    case stopped
    /// Something went wrong, in one line.
    case failed(String)
  }

  /// Who runs it.
  public var maker: Maker

  /// When it began, to the millisecond.
  public var begun: Date

  /// When this was written last, to the millisecond.
  public var updated: Date

  /// How far it is.
  public var state = State.running

  /// What was asked for, steering included.
  public var recipe: Recipe

  /// How many steps were taken.
  public var iterations = 0

  /// How long the engine worked.
  public var seconds = 0.0

  /// The losses that were seen last.
  public var losses: Favorite.Losses?

  /// The pictures it was made of, as they were when it began.
  public var sources: [Favorite.Source]

  /// What it was developed from.
  public var lineage: Favorite.Lineage?

  /// Where the result went, if the run was told so.
  public var output: String?

  /// A run that begins.
  public init(
    _ maker: Maker, recipe: Recipe, sources: [Favorite.Source] = [],
    lineage: Favorite.Lineage? = nil, output: String? = nil, begun: Date = Date()
  ) {
    self.maker = maker
    self.recipe = recipe
    self.sources = sources
    self.lineage = lineage
    self.output = output
    self.begun = begun.rounded
    updated = begun.rounded
  }
}

extension Date {
  /// This time to the millisecond.
  var rounded: Date { Date(milliseconds: milliseconds) }

  /// Whole milliseconds since 1970.
  var milliseconds: Int64 { Int64(exactly: (timeIntervalSince1970 * 1000).rounded()) ?? 0 }

  init(milliseconds: Int64) { self.init(timeIntervalSince1970: Double(milliseconds) / 1000) }
}
