import Foundation
import Recipes

/// A result that is worth keeping: a picture file, how it came about, and what its owner says of it.
public struct Favorite: Equatable, Sendable, Identifiable {
  /// Names it, in this library and in those it is exported to.
  public let id: UUID

  /// When it was kept, to the millisecond.
  public let created: Date

  /// How it came about.
  public let origin: Origin

  /// What its owner says of it.
  public let annotation: Annotation

  /// Where the picture is.
  public let picturePath: String

  /// Columns of the picture.
  public let width: Int

  /// Rows of the picture.
  public let height: Int

  /// The SHA-256 of the pixels; the same for the same picture in whatever file.
  public let pixelHash: String

  /// When it was removed; nil unless it lies in the trash.
  public let removed: Date?
}

extension Favorite {
  /// What the owner says of a favorite, and may change.
  public struct Annotation: Equatable, Sendable, Codable {
    /// One line; may be empty.
    public var title: String

    /// As long as it takes.
    public var note: String

    /// Stars, 0 for none to 5.
    public var rating: Int

    /// Words to find it by.
    public var tags: [String]

    /// What is said.
    public init(title: String = "", note: String = "", rating: Int = 0, tags: [String] = []) {
      self.title = title
      self.note = note
      self.rating = rating
      self.tags = tags
    }
  }

  /// How a result came about.
  public struct Origin: Equatable, Sendable {
    /// What was asked for.
    public var recipe: Recipe

    /// The pictures it was made of.
    public var sources: [Source]

    /// What the objective said of it at the end.
    public var losses: Losses?

    /// Measures of quality by name.
    public var metrics: [String: Double]

    /// How long it took.
    public var seconds: Double?

    /// How many steps were taken.
    public var iterations: Int?

    /// What it was developed from.
    public var lineage: Lineage?

    /// The origin of a result.
    public init(
      recipe: Recipe, sources: [Source] = [], losses: Losses? = nil,
      metrics: [String: Double] = [:], seconds: Double? = nil, iterations: Int? = nil,
      lineage: Lineage? = nil
    ) {
      self.recipe = recipe
      self.sources = sources
      self.losses = losses
      self.metrics = metrics
      self.seconds = seconds
      self.iterations = iterations
      self.lineage = lineage
    }
  }

  /// A picture that a result was made of.
  public struct Source: Equatable, Sendable, Codable {
    /// What the picture gave.
    public enum Role: String, Sendable, Codable {
      /// The photograph.
      case content
      /// A painting.
      case style
      /// Where a painting applies, or what stays as it is.
      case mask
    }

    /// What it gave.
    public let role: Role

    /// Where it was.
    public let path: String

    /// The SHA-256 of the file's bytes; nil where nobody looked at the time.
    public let sha256: String?

    /// A source.
    public init(role: Role, path: String, sha256: String?) {
      self.role = role
      self.path = path
      self.sha256 = sha256
    }
  }

  /// The losses at the end, unweighted but the total.
  public struct Losses: Equatable, Sendable, Codable {
    /// Weighted and summed.
    public var total: Double
    /// Structure.
    public var content: Double
    /// Texture.
    public var style: Double
    /// Smoothness.
    public var tv: Double

    /// These losses.
    public init(total: Double, content: Double, style: Double, tv: Double) {
      self.total = total
      self.content = content
      self.style = style
      self.tv = tv
    }
  }

  /// What a result was developed from.
  public struct Lineage: Equatable, Sendable, Codable {
    /// The favorite that was continued or varied; need not be in the library any more.
    public var parent: UUID?

    /// The iterate of a run that was taken up.
    public var iterate: Int?

    /// A lineage.
    public init(parent: UUID?, iterate: Int? = nil) {
      self.parent = parent
      self.iterate = iterate
    }
  }
}
