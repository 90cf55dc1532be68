import Favorites
import Foundation
import Recipes
import Terminal

/// What is known of how a picture came about, beside its recipe.
public struct Provenance: Equatable, Sendable {
  /// The losses of the picture, or of the step before it.
  public var losses: Favorite.Losses?
  /// How long the engine worked on it.
  public var seconds: Double?
  /// How many steps were taken.
  public var iterations: Int?
  /// What it was developed from.
  public var lineage: Favorite.Lineage?
  /// Measures of it by name; none when nobody measured it yet.
  public var metrics: [String: Double]

  /// What is known.
  public init(
    losses: Favorite.Losses? = nil, seconds: Double? = nil, iterations: Int? = nil,
    lineage: Favorite.Lineage? = nil, metrics: [String: Double] = [:]
  ) {
    self.losses = losses
    self.metrics = metrics
    self.seconds = seconds
    self.iterations = iterations
    self.lineage = lineage
  }
}

/// The favorite that the sliders and the pictures were taken over from.
public struct Adoption: Equatable, Sendable {
  /// The favorite.
  public var id: UUID
  /// Its photograph.
  public var content: String?
  /// Its paintings.
  public var styles: [String]

  /// The adoption of a favorite's recipe.
  public init(of favorite: Favorite) {
    id = favorite.id
    content = favorite.origin.recipe.content
    styles = favorite.origin.recipe.styles.map(\.picture)
  }

  /// Whether a recipe still uses the same pictures, so that its result is a variation.
  func isAncestor(of recipe: Recipe) -> Bool {
    content == recipe.content && styles == recipe.styles.map(\.picture)
  }
}

extension StudioState {
  /// What a start by the recipe varies, if it does.
  var variation: Favorite.Lineage? {
    guard let adoption, adoption.isAncestor(of: completeRecipe) else { return nil }
    return Favorite.Lineage(parent: adoption.id)
  }

  /// What is known of the picture that is looked at as the result.
  var provenance: Provenance {
    let iteration = filmstrip.selected?.iteration ?? run.iteration
    let sample = losses.samples.last { $0.iteration <= iteration }
    return Provenance(
      losses: sample.map {
        Favorite.Losses(total: $0.total, content: $0.content, style: $0.style, tv: $0.tv)
      }, seconds: sample?.seconds, iterations: iteration, lineage: run.lineage,
      metrics: result.flatMap { evaluations.evaluation(of: $0) }?.metrics ?? [:])
  }
}

/// A run that starts from a favorite's picture as soon as the pictures it was made of were read.
public struct PendingStart: Equatable, Sendable {
  /// The favorite's picture.
  public var picture: IdentifiedPicture
  /// How many steps came before.
  public var iteration: Int
  /// The favorite.
  public var parent: UUID

  /// A run that starts from a favorite's picture.
  public init(picture: IdentifiedPicture, iteration: Int, parent: UUID) {
    self.picture = picture
    self.iteration = iteration
    self.parent = parent
  }
}
