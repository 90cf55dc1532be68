import Recipes
import Styling

/// What the exploration asks its engine for.
public enum ExploreEffect: Equatable, Sendable {
  /// Develop these runs from now on, in this order; those that go on already are not started anew.
  ///
  /// `shared` says what they have in common: pictures, masks, colors, start, size, layers and model.
  case develop([Exploration.Variation], shared: Recipe)
  /// Halt all runs.
  case pause
  /// Go on.
  case resume
  /// End all runs.
  case stop
}
