/// Which favorites to show, and in which order.
public struct FavoriteQuery: Equatable, Sendable {
  /// The order of a list.
  public enum Order: String, CaseIterable, Sendable {
    /// Kept last first.
    case newest
    /// Kept first first.
    case oldest
    /// Most stars first.
    case rating
    /// By title, those without one last.
    case title
    /// Lowest total loss first, those without one last.
    case loss
  }

  /// Words that title, note, tags or the names of the sources contain; each may be a beginning.
  public var text: String

  /// The least rating.
  public var rating: Int

  /// Tags that a favorite must have, all of them.
  public var tags: [String]

  /// The file name of a painting that it was made with.
  public var style: String?

  /// The order.
  public var order: Order

  /// Whether to show what was removed instead.
  public var isTrash: Bool

  /// All that are not removed, the newest first, unless told otherwise.
  public init(
    text: String = "", rating: Int = 0, tags: [String] = [], style: String? = nil,
    order: Order = .newest, isTrash: Bool = false
  ) {
    self.text = text
    self.rating = rating
    self.tags = tags
    self.style = style
    self.order = order
    self.isTrash = isTrash
  }

  /// The text as FTS5 wants it: every word in quotes, since it may contain operators, as a beginning.
  var pattern: String? {
    let words = text.split(whereSeparator: \.isWhitespace)
      .map { $0.filter { $0 != "\"" && $0 != "\0" } }
      .filter { $0.contains { $0.isLetter || $0.isNumber } }
    return words.isEmpty ? nil : words.map { "\"\($0)\"*" }.joined(separator: " ")
  }
}
