/// One place of the screen.
public struct Cell: Hashable, Sendable {
  /// What a cell shows.
  public enum Content: Hashable, Sendable {
    /// A scalar that takes one or two columns, with those that combine with it.
    case text(String)
    /// The right half of the wide scalar before it.
    case continuation
    /// A part of a picture: `column` and `row` count within the placement of that number.
    case picture(placement: Int, column: Int, row: Int)
  }

  /// What it shows.
  public var content: Content

  /// How it looks; a picture's part uses the background until the picture is there.
  public var style: Style

  /// A cell; by default a space.
  public init(_ content: Content = .text(" "), style: Style = Style()) {
    self.content = content
    self.style = style
  }
}
