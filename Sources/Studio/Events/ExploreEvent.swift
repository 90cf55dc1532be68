import Terminal

/// What the exploration's engine reports.
public enum ExploreEvent: Equatable, Sendable {
  /// A run took a step; its losses are those before it.
  case developed(
    id: Int, picture: IdentifiedPicture, iteration: Int, content: Double, style: Double,
    isLast: Bool)
  /// Runs that should start from an instant stylization start from the photograph, for this reason.
  case startsFromPhotograph(String)
  /// A run's loss is no number any more.
  case diverged(id: Int)
  /// The exploration is over, for this reason.
  case failed(String)
}
