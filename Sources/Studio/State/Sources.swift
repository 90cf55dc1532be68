import Pictures
import Recipes
import Terminal

/// A picture that the user chose.
public struct Source: Equatable, Sendable {
  /// Where it is.
  public var path: String

  /// The picture as far as it has been read.
  public enum Content: Equatable, Sendable {
    /// Being read.
    case loading
    /// Read: a small copy to show, and the file's own size.
    case loaded(thumbnail: IdentifiedPicture, width: Int, height: Int)
    /// What is wrong with it.
    case failed(String)
  }

  /// The picture as far as it has been read.
  public var content: Content

  /// Whether a recipe named it, not the user: then what it carries itself is of no interest.
  public var isOfRecipe: Bool

  /// A picture that is about to be read.
  public init(path: String, content: Content = .loading, isOfRecipe: Bool = false) {
    self.path = path
    self.content = content
    self.isOfRecipe = isOfRecipe
  }

  /// The last part of its path.
  public var name: String { path.split(separator: "/").last.map(String.init) ?? path }

  /// Whether it can be painted with.
  public var isLoaded: Bool {
    if case .loaded = content { true } else { false }
  }
}

/// A painting and its share of the mix.
public struct StyleSource: Equatable, Sendable {
  /// The painting.
  public var source: Source

  /// Its share before the shares are divided by their sum; negative moves away from it.
  public var weight: Double

  /// Where it applies; nil for all that the others' masks leave.
  public var mask: Source?

  /// A painting, its share and its mask.
  public init(source: Source, weight: Double = 1, mask: Source? = nil) {
    self.source = source
    self.weight = weight
    self.mask = mask
  }
}

/// What a picture is chosen for.
public enum SourceRole: Hashable, Sendable {
  /// The photograph.
  case content
  /// The painting of this number.
  case style(Int)
  /// Where the painting of this number applies.
  case mask(Int)
  /// What of the photograph stays as it is.
  case protection
  /// A film, or the folder of the photographs of a batch.
  case batch
}

/// Everything that is painted from.
public struct SourceList: Equatable, Sendable {
  /// The photograph.
  public var content: Source?

  /// The paintings.
  public var styles: [StyleSource] = []

  /// What of the photograph stays as it is.
  public var protection: Source?

  /// The slot that has the cursor: 0 is the photograph, then the paintings, then the empty slot for one
  /// more.
  public var selection = 0

  /// Nothing.
  public init() {}

  /// How many slots there are, the empty last one included.
  public var slotCount: Int { styles.count + 2 }

  /// Whether a run can start.
  public var isComplete: Bool {
    content?.isLoaded == true && !styles.isEmpty && styles.allSatisfy { $0.source.isLoaded }
      && styles.contains { $0.weight != 0 } && masks.allSatisfy(\.isLoaded)
  }

  /// All masks, what is protected last.
  public var masks: [Source] {
    styles.compactMap(\.mask) + [protection].compactMap(\.self)
  }

  /// What to do about a painting whose size is far from the photograph's; nil when there is nothing.
  ///
  /// Strokes keep their size relative to their picture, so a painting much larger or smaller than the
  /// photograph lends it strokes that are too fine or too coarse.
  public var sizeHint: String? {
    guard case .loaded(_, let width, let height) = content?.content else { return nil }
    for style in styles {
      guard case .loaded(_, let styleWidth, let styleHeight) = style.source.content else {
        continue
      }
      let hint = Self.sizeHint(
        photograph: max(width, height), painting: max(styleWidth, styleHeight),
        named: style.source.name)
      if let hint { return hint }
    }
    return nil
  }

  /// The same for one painting, by the longer sides of both.
  static func sizeHint(photograph: Int, painting: Int, named name: String) -> String? {
    if painting > photograph {
      return "\(name) is larger than the photograph; best is 1:1 to 2:1"
    }
    if photograph > 2 * painting {
      return "\(name) is less than half as large as the photograph; best is 1:1 to 2:1"
    }
    return nil
  }
}
