import Kernels
import Networks
import Tensors

/// A picture on its way downhill: what one of several runs on an easel has for itself.
struct Descent {
  /// The picture and its optimizer.
  private(set) var state: Checkpoint

  private let comparison: StyleComparison
  private var aim: (objective: Objective, shares: [Double])?

  /// A way that begins here.
  init(from state: Checkpoint, comparing comparison: StyleComparison) {
    self.state = state
    self.comparison = comparison
  }

  /// Looks at the picture.
  ///
  /// - Throws: `StylingError.diverged` when its loss is no number and no step is left to take back, and
  ///   what `checkpoint` throws between two layers.
  mutating func appraisal(
    under controls: Steering.Controls, on easel: Easel, checkpoint: () throws -> Void
  ) throws -> Appraisal {
    state.setLearningRate(controls.learningRate)
    var objective =
      if let aim, aim.shares == controls.styleShares { aim.objective } else {
        easel.objective(shares: controls.styleShares, comparison: comparison)
      }
    let weights = controls.weights(at: state.iteration)
    if let aim, aim.objective.weights != weights || aim.shares != controls.styleShares {
      state.objectiveChanged()
    }
    objective.weights = weights
    aim = (objective, controls.styleShares)
    let appraisal = objective.appraisal(
      of: try easel.network.features(
        of: easel.protection?.covering(state.image) ?? state.image, checkpoint: checkpoint),
      draw: state.draw)
    guard appraisal.losses.total.isFinite || state.optimizer.canRetreat else {
      throw StylingError.diverged(iteration: state.iteration)
    }
    return appraisal
  }

  /// Whether a step counts only when the next look at the picture has found that it led down.
  var mayRetreat: Bool {
    if case .lbfgs = state.optimizer { true } else { false }
  }

  /// Takes back a part of the last step if it has led up, not down; then the picture is to be looked at
  /// anew.
  mutating func retreats(from losses: Losses, on easel: Easel) -> Bool {
    guard case .lbfgs(var optimizer) = state.optimizer else { return false }
    defer { state.optimizer = .lbfgs(optimizer) }
    return optimizer.retreats(&state.image, from: losses.total, on: easel.workers)
  }

  /// Takes the step that an appraisal of the easel's last picture, this one, asks for.
  ///
  /// - Throws: `StylingError.diverged`, before anything has changed, when the gradient is no number, and
  ///   what `checkpoint` throws between two layers.
  mutating func step(
    along appraisal: consuming Appraisal, on easel: Easel, checkpoint: () throws -> Void
  ) throws {
    let loss = appraisal.losses.total
    var gradient = try easel.network.gradient(of: appraisal, checkpoint: checkpoint)
    if let protection = easel.protection { gradient = protection.freeing(gradient) }
    guard Distance.sumOfSquares(gradient, on: easel.workers).isFinite else {
      throw StylingError.diverged(iteration: state.iteration)
    }
    state.step(along: gradient, loss: loss, on: easel.workers)
  }
}

extension Checkpoint {
  /// Which random numbers a loss uses: new ones at each step, but always the same for an optimizer that
  /// compares one step's loss with the next one's.
  fileprivate var draw: Int {
    if case .adam = optimizer { iteration } else { 0 }
  }

  fileprivate mutating func setLearningRate(_ rate: Double) {
    guard case .adam(let adam) = optimizer, adam.settings.learningRate != rate else { return }
    var changed = adam
    changed.settings.learningRate = rate
    optimizer = .adam(changed)
  }

  /// What was learned of the curvature holds no more.
  fileprivate mutating func objectiveChanged() {
    guard case .lbfgs(var lbfgs) = optimizer else { return }
    lbfgs.forget()
    optimizer = .lbfgs(lbfgs)
  }

  fileprivate mutating func step(along gradient: Tensor, loss: Double, on workers: Workers) {
    // Moved out while it is changed: with two owners, its tensors would be copied.
    let moved = optimizer
    optimizer = .lbfgs(LBFGS())
    switch consume moved {
    case .adam(var adam):
      adam.step(&image, along: gradient, on: workers)
      optimizer = .adam(adam)
    case .lbfgs(var lbfgs):
      lbfgs.step(&image, along: gradient, loss: loss, on: workers)
      optimizer = .lbfgs(lbfgs)
    }
    average?.take(image, on: workers)
  }
}
