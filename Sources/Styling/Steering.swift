import Recipes
import Synchronization

/// The hands on the wheel of a running job: what may change while it runs, pause, stop.
///
/// Any thread may turn it; the engine looks between two layers, so a change acts within milliseconds.
public final class Steering: Sendable {
  /// What may change while a job runs; the next iteration uses it.
  public struct Controls: Equatable, Sendable {
    /// What each part of the objective counts.
    public var weights: LossWeights

    /// Each painting's share of the mix, before the shares are divided by the sum of their magnitudes; at
    /// least one is not 0.
    public var styleShares: [Double]

    /// The length of the optimizer's steps before decay.
    public var learningRate: Double

    /// How many iterations the run takes in all.
    public var iterations: Int

    /// How many iterations see nothing but the photograph before texture comes in.
    public var contentFirst: Int

    /// Ends the run as soon as the total loss is below this.
    public var stopBelow: Double?

    /// Ends the run after so many seconds.
    public var stopAfter: Double?

    /// Ends the run when the total loss falls by less than this share over `Plateau.window` iterations.
    public var stopWhenFlat: Double?

    /// What the recipe says of its paintings.
    public init(_ recipe: Recipe) {
      styleShares = recipe.styles.map(\.weight)
      weights = LossWeights(
        content: recipe.contentWeight, style: recipe.styleWeight, tv: recipe.tvWeight,
        detail: recipe.detail)
      learningRate = recipe.adam.learningRate
      iterations = recipe.iterations
      contentFirst = recipe.contentFirst
      stopBelow = recipe.stopBelow
      stopAfter = recipe.stopAfter
      stopWhenFlat = recipe.stopWhenFlat
    }

    /// What each part counts at an iteration.
    func weights(at iteration: Int) -> LossWeights {
      var weights = weights
      if isStaged(at: iteration) { weights.style = 0 }
      return weights
    }

    /// Whether the picture is still to become the photograph first.
    func isStaged(at iteration: Int) -> Bool { iteration < contentFirst }
  }

  private let state: Mutex<Controls>
  private let brake = Brake()

  /// Steering that starts as `controls` say.
  public init(_ controls: Controls) {
    state = Mutex(controls)
  }

  /// What holds now.
  public var controls: Controls { state.withLock { $0 } }

  /// Changes what the next iteration uses.
  public func steer(_ change: (inout Controls) -> Void) {
    state.withLock { change(&$0) }
  }

  /// Halts the engine where it is, until `resume` or `stop`.
  public func pause() { brake.pause() }

  /// Goes on after `pause`.
  public func resume() { brake.release() }

  /// Ends the run; what it has so far is its result.
  public func stop() { brake.stop() }

  /// Where the engine looks: waits while paused, throws when stopped.
  func checkpoint() throws(Brake.Stop) { try brake.checkpoint() }
}
