import Foundation
import Styling
import Terminal

/// What was measured of results, and which favorites wait for it.
public struct Evaluations: Equatable, Sendable {
  /// The picture that was measured last.
  private var latest: Measurement?

  /// Favorites that were kept before their picture was measured.
  private var waiting: [IdentifiedPicture: UUID] = [:]

  /// Nothing.
  public init() {}

  /// What was measured of a picture.
  public func evaluation(of picture: IdentifiedPicture) -> Evaluation? {
    latest?.picture == picture ? latest?.evaluation : nil
  }

  /// Remembers that a favorite wants to know.
  mutating func remember(_ favorite: UUID, waitingFor picture: IdentifiedPicture) {
    waiting[picture] = favorite
  }

  /// Takes a measurement.
  ///
  /// - Returns: the favorite that waits for it.
  mutating func take(_ evaluation: Evaluation, of picture: IdentifiedPicture) -> UUID? {
    latest = Measurement(picture: picture, evaluation: evaluation)
    return waiting.removeValue(forKey: picture)
  }

  private struct Measurement: Equatable {
    var picture: IdentifiedPicture
    var evaluation: Evaluation
  }
}
