/// What the studio asks the painter in one pass for.
public enum InstantEffect: Equatable, Sendable {
  /// Paint this; what was asked for before and not begun is no longer wanted.
  case paint(InstantRequest)
  /// Paint the request in these of the built-in styles, one after the other.
  case paintSheet(InstantRequest, styles: [Int])
  /// Paint no more of them.
  case leaveSheet
  /// Fetch a model.
  case fetch(model: String)
}
