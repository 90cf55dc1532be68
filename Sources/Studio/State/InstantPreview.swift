import Recipes
import Terminal

/// What a network paints of the chosen pictures in one pass: to look at before a run, and beside it.
public struct InstantPreview: Equatable, Sendable {
  /// The models that can be opened.
  public var models: Set<String> = []

  /// Those of them that the user has imported to paint with.
  public var networks: [String] = []

  /// The one that was opened before it is needed.
  public var prepared: String?

  /// What was asked for last; nil before anything was.
  public var request: InstantRequest?

  /// What was painted last, and what of.
  public var painting: Painting?

  /// Why what was asked for last cannot be painted.
  public var failure: String?

  /// The model that is being fetched.
  public var fetching: Fetch?

  /// A model on its way.
  public struct Fetch: Equatable, Sendable {
    /// Which.
    public let model: String
    /// How much of it is here, 0…1.
    public let share: Double
  }

  /// A picture, and what it was painted of.
  public struct Painting: Equatable, Sendable {
    /// What was asked for.
    public let request: InstantRequest
    /// What came of it.
    public let picture: IdentifiedPicture
  }

  /// No model, no picture.
  public init() {}
}

/// Pictures that a network is to paint in one pass, and how.
public struct InstantRequest: Equatable, Sendable {
  /// A painting and its share of the mix.
  public struct Style: Equatable, Sendable {
    /// A small copy of the painting.
    public var picture: IdentifiedPicture
    /// Its share.
    public var weight: Double
    /// A small copy of what says where it applies.
    public var mask: IdentifiedPicture?
  }

  /// A small copy of the photograph.
  public var content: IdentifiedPicture

  /// The paintings; none where the method needs none.
  public var styles: [Style]

  /// A small copy of what says where the photograph stays as it is.
  public var protection: IdentifiedPicture?

  /// Method, strength and what else counts; all else is left as it is in every recipe.
  public var look: Recipe

  /// The longer side of the result, in pixels.
  public var side: Int

  /// A request; of a recipe that optimizes, for what it may start from.
  public init(
    content: IdentifiedPicture, styles: [Style], protection: IdentifiedPicture? = nil,
    recipe: Recipe, side: Int
  ) {
    self.content = content
    self.protection = protection
    self.styles = recipe.needsPaintings ? styles : []
    self.side = side
    look = Recipe()
    look.method = recipe.isInstant ? recipe.method : .instant
    look.strength = recipe.strength
    look.upsampling = recipe.upsampling
    look.median = recipe.median
    look.styleScale = recipe.styleScale
    look.color = recipe.color
    look.maskThreshold = recipe.maskThreshold
  }
}

extension StudioState {
  /// The longer side of instant previews, in pixels.
  static let instantSide = 384

  /// What the chosen pictures would be painted by in one pass; nil while a picture or the model is
  /// missing.
  var instantRequest: InstantRequest? {
    guard let content = contentPicture, canPaintInstantly, missing == nil else { return nil }
    let styles = sources.styles.compactMap { style in
      style.source.thumbnail.map {
        InstantRequest.Style(picture: $0, weight: style.weight, mask: style.mask?.thumbnail)
      }
    }
    return InstantRequest(
      content: content, styles: styles, protection: sources.protection?.thumbnail,
      recipe: recipe, side: min(recipe.size, Self.instantSide))
  }

  /// Whether the model is there that paints the recipe in one pass, or what it may start from.
  var canPaintInstantly: Bool { instant.models.contains(recipe.stylizerModel) }

  /// What keeps a run from starting, and what to do about it; nil when nothing does.
  var missing: String? {
    sources.missing(paintings: recipe.needsPaintings)
  }

  /// What is painted in one pass, as long as it is of the pictures that are chosen.
  var instantPicture: IdentifiedPicture? {
    guard let painting = instant.painting, let wanted = instantRequest,
      painting.request.content == wanted.content
    else { return nil }
    return painting.picture
  }

  /// Whether the preview follows what is painted in one pass.
  var showsInstant: Bool {
    switch preview.mode {
    case .result, .split, .difference: result == nil
    case .instant: true
    case .content, .style, .mask: false
    }
  }
}
