import Checkpoints
import Networks
import Recipes

extension VGG {
  /// The network whose weights are in a checkpoint, at work as finely as a recipe says.
  ///
  /// - Throws: As `init(checkpoint:precision:level:)`.
  public init(
    checkpoint: some TensorSource, as precision: Recipe.Precision
  ) throws(CheckpointError) {
    let own: Precision =
      switch precision {
      case .full: .full
      case .mixed: .mixed
      }
    try self.init(checkpoint: checkpoint, precision: own)
  }
}
