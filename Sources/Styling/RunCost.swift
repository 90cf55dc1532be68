/// What a run takes, told from short runs of the same pictures at small sizes.
///
/// Time and memory are linear in the number of pixels, with a part that does not depend on it: the
/// weights that have to be read and kept.
public struct RunCost: Equatable, Sendable {
  /// For one iteration.
  public let secondsPerIteration: Double

  /// Of tensors, at the peak of the run.
  public let tensorBytes: Int

  init(secondsPerIteration: Double, tensorBytes: Int) {
    self.secondsPerIteration = secondsPerIteration
    self.tensorBytes = tensorBytes
  }
}
