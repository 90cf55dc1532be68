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

    /// Ends the run as soon as the total loss is below this.
    public var stopBelow: Double?

    /// What the recipe says of its paintings.
    public init(_ recipe: Recipe) {
      styleShares = recipe.styles.map(\.weight)
      weights = LossWeights(
        content: recipe.contentWeight, style: recipe.styleWeight, tv: recipe.tvWeight)
      learningRate = recipe.adam.learningRate
      iterations = recipe.iterations
      stopBelow = recipe.stopBelow
    }
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

  /// The same; `onHalt` is called once before the engine waits.
  func checkpoint(onHalt: () -> Void) throws(Brake.Stop) {
    try brake.checkpoint(onHalt: onHalt)
  }
}

extension Recipe {
  /// This recipe with what holds at a moment of a run.
  public func steered(by controls: Steering.Controls) -> Recipe {
    var recipe = self
    recipe.contentWeight = controls.weights.content
    recipe.styleWeight = controls.weights.style
    recipe.tvWeight = controls.weights.tv
    for (index, share) in zip(recipe.styles.indices, controls.styleShares) {
      recipe.styles[index].weight = share
    }
    recipe.adam.learningRate = controls.learningRate
    recipe.iterations = controls.iterations
    recipe.stopBelow = controls.stopBelow
    return recipe
  }
}
