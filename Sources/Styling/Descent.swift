import Networks
import Tensors

/// A picture on its way downhill: what one of several runs on an easel has for itself.
struct Descent {
  /// The picture and its optimizer.
  private(set) var state: Checkpoint

  private var aim: (objective: Objective, shares: [Double])?

  /// A way that begins here.
  init(from state: Checkpoint) {
    self.state = state
  }

  /// Looks at the picture.
  ///
  /// - Throws: `StylingError.diverged` when its loss is no number, and what `checkpoint` throws between
  ///   two layers.
  mutating func appraisal(
    under controls: Steering.Controls, on easel: Easel, checkpoint: () throws -> Void
  ) throws -> Appraisal {
    state.optimizer.settings.learningRate = controls.learningRate
    var objective =
      if let aim, aim.shares == controls.styleShares { aim.objective } else {
        easel.objective(shares: controls.styleShares)
      }
    objective.weights = controls.weights
    aim = (objective, controls.styleShares)
    let appraisal = objective.appraisal(
      of: try easel.network.features(of: state.image, checkpoint: checkpoint))
    guard appraisal.losses.total.isFinite else {
      throw StylingError.diverged(iteration: state.iteration)
    }
    return appraisal
  }

  /// Takes the step that an appraisal of the easel's last picture, this one, asks for.
  mutating func step(
    along appraisal: consuming Appraisal, on easel: Easel, checkpoint: () throws -> Void
  ) throws {
    let gradient = try easel.network.gradient(of: appraisal, checkpoint: checkpoint)
    state.optimizer.step(&state.image, along: gradient, on: easel.workers)
  }
}
