import Terminal

/// Something that the painter in one pass reports.
public enum InstantEvent: Sendable {
  /// A request was painted.
  case painted(InstantRequest, IdentifiedPicture)
  /// A request cannot be painted.
  case failed(InstantRequest, String)
  /// A picture of the contact sheet was painted, in the style of this number.
  case developed(InstantRequest, style: Int, IdentifiedPicture)
  /// So much of a model is here, 0…1.
  case fetching(model: String, share: Double)
  /// A model was fetched, or why not.
  case fetched(model: String, failure: String?)
}
