import Favorites
import Foundation
import Terminal

/// The favorites as they are looked through: which ones, how, and what of them is in memory.
public struct Gallery: Equatable, Sendable {
  /// How far the library is.
  public enum Phase: Equatable, Sendable {
    /// Nothing was looked for yet.
    case closed
    /// The library is being opened.
    case opening
    /// Favorites were found.
    case open
    /// What is wrong with the library.
    case failed(GalleryFailure)
    /// A new index is being made from the pictures.
    case rebuilding
  }

  /// How favorites are shown.
  public enum Mode: Equatable, Sendable {
    /// Many, small.
    case grid
    /// The selected one, as large as the window allows.
    case large
    /// The two marked ones; with a divider that is so far from the left, or side by side.
    case compare(divider: Double?)
  }

  /// How far the library is.
  public internal(set) var phase = Phase.closed

  /// How favorites are shown.
  public internal(set) var mode = Mode.grid

  /// Which favorites, and in which order.
  public internal(set) var query = FavoriteQuery()

  /// What is being typed to search for; nil while keys do something else.
  public internal(set) var search: TextEntry?

  /// The list of tags or paintings to choose from, while it is open.
  public internal(set) var chooser: GalleryChooser?

  /// How many favorites the query has found.
  public internal(set) var count = 0

  /// How many there are.
  public internal(set) var total = 0

  /// Those that were read.
  public internal(set) var pages = GalleryPages()

  /// The place that has the cursor.
  public internal(set) var selection = 0

  /// The first line of the grid that is visible.
  public internal(set) var scroll = 0

  /// Those that will be compared or exported, at most two.
  public internal(set) var marked: [Favorite] = []

  /// Small copies of the pictures.
  public internal(set) var thumbnails = Thumbnails<UUID>(capacity: 96)

  /// The pictures that are shown large.
  public internal(set) var pictures: [UUID: GalleryPicture] = [:]

  /// What became of the sources' files.
  public internal(set) var conditions: [UUID: [GallerySourceCondition]] = [:]

  /// What was removed and can come back, the last one last.
  public internal(set) var removed: [UUID] = []

  /// Tells the answers to the latest question from those to earlier ones.
  var request = 0

  /// What the helpers were last asked for.
  var wishes = GalleryWishes()

  /// Those that are about to be removed.
  var leaving: Set<UUID> = []

  /// The one that a run will start from as soon as its picture was read.
  var continuing: UUID?

  /// Where pictures were exported to last.
  var exportFolder: String?

  /// By which clock times are shown.
  public var timeZone = TimeZone.current

  /// A gallery that has not looked anywhere.
  public init() {}

  /// What has the cursor, once it was read.
  public var selected: Favorite? { pages[selection] }

  /// Whether only some of the favorites are shown.
  public var isFiltered: Bool {
    query.hasWords || query.rating > 0 || !query.tags.isEmpty || query.style != nil
  }

  /// A favorite's number among the marked ones, from 1.
  public func mark(of id: UUID) -> Int? { marked.firstIndex { $0.id == id }.map { $0 + 1 } }

  /// The favorites that an export takes: the marked ones, or the one that has the cursor.
  public var chosen: [Favorite] { marked.isEmpty ? [selected].compactMap(\.self) : marked }
}

extension FavoriteQuery {
  /// Whether it has words to search for.
  fileprivate var hasWords: Bool { !text.allSatisfy(\.isWhitespace) }
}

/// What is wrong with the library, and what can be done about it.
public struct GalleryFailure: Error, Equatable, Sendable {
  /// What is wrong, in one line.
  public var text: String
  /// Whether a new index can be made from the pictures.
  public var canRebuild: Bool

  /// What is wrong with the library.
  public init(text: String, canRebuild: Bool = false) {
    self.text = text
    self.canRebuild = canRebuild
  }
}

/// A list of tags or paintings, to show only the favorites that have one.
public struct GalleryChooser: Equatable, Sendable {
  /// What is listed.
  public enum Kind: Equatable, Sendable { case tag, style }

  /// A line of the list.
  public struct Choice: Equatable, Sendable {
    /// The tag or the painting's name.
    public var name: String
    /// How many favorites have it.
    public var count: Int

    /// A line of the list.
    public init(name: String, count: Int) {
      self.name = name
      self.count = count
    }
  }

  /// What is listed.
  public var kind: Kind
  /// The choices, the most frequent first; nil until they were read.
  public var choices: [Choice]?
  /// The line that has the cursor: 0 takes any, then the choices.
  public var selection = 0

  /// How many lines it has.
  public var lineCount: Int { (choices?.count ?? 0) + 1 }
}

/// A picture at its own size, or why it cannot be shown.
public enum GalleryPicture: Equatable, Sendable {
  /// The picture.
  case loaded(IdentifiedPicture)
  /// What is wrong with the file.
  case failed(String)
}

/// What became of a source's file since the favorite was made.
public enum GallerySourceCondition: Equatable, Sendable {
  /// It is there, and as it was as far as anyone knows.
  case present
  /// It is not there.
  case missing
  /// Something else lies there now.
  case changed
}
