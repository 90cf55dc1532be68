import Pictures
import Tensors

/// The state of a run before one of its steps.
public struct Iterate: Sendable {
  /// How many steps came before.
  public let iteration: Int

  /// The longer side of the picture at this point of the run, in pixels.
  public let scale: Int

  /// What the objective says of `image`.
  public let losses: Losses

  /// Seconds since the optimization began.
  public let seconds: Double

  /// What the step is to be taken under.
  public let controls: Steering.Controls

  /// All that it takes to go on from here.
  public let checkpoint: Checkpoint

  let finish: Finish

  /// The image that is optimized, `(height, width, 3)` in 0…1, with its margin; with averaging, the mean of
  /// the last ones.
  public var image: Tensor { checkpoint.shown }

  /// What there is to see: a result of this size would look so if the run ended here.
  public var picture: Picture { finish.picture(of: image) }
}

/// A run that was paused, where it stands.
public struct Halt: Sendable {
  /// All that it takes to go on from here.
  public let checkpoint: Checkpoint

  /// What the next step is to be taken under.
  public let controls: Steering.Controls

  /// Seconds since the optimization began.
  public let seconds: Double
}

/// How a run ended.
public struct Outcome: Sendable {
  /// Why it ended.
  public enum Reason: Sendable {
    /// All iterations were done.
    case completed
    /// The loss fell below the recipe's `stopBelow`.
    case reachedTarget
    /// The loss fell no more, as the recipe's `stopWhenFlat` says.
    case flattened
    /// The time of the recipe's `stopAfter` was over.
    case ranOutOfTime
    /// Somebody stopped it.
    case stopped
    /// The loss or its gradient became no number after so many iterations; the picture is that before.
    case diverged
  }

  /// Why.
  public let reason: Reason

  /// The result, finished: in the colors that the recipe wants, with the photograph's transparency.
  public let picture: Picture

  /// What the objective says of the result; nil when the run was stopped before it could say.
  public let losses: Losses?

  /// How many steps were taken in all, those that the job began with included.
  public let iterations: Int

  /// Seconds from the first iteration to the end of the last.
  public let seconds: Double

  /// What the run was under at its end.
  public let controls: Steering.Controls

  /// All that it takes to go on.
  public let checkpoint: Checkpoint
}
