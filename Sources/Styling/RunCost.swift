/// What a run takes, told from short runs of the same pictures at small sizes.
///
/// Time and memory are linear in the number of pixels, with a part that does not depend on it: the
/// weights that have to be read and kept.
public struct RunCost: Equatable, Sendable {
  /// For one iteration.
  public let secondsPerIteration: Double

  /// Of tensors, at the peak of the run.
  public let tensorBytes: Int

  /// Measures a job, on all of its threads, in a second or so.
  ///
  /// No other run may be going on: it would be measured too.
  ///
  /// - Throws: `StylingError` when the pictures cannot be run at a small size.
  public init(measuring job: StylingJob) throws {
    self = try CostLine(measuring: job).cost(
      ofPixels: CostLine.pixels(
        width: job.content.width, height: job.content.height, longerSide: job.recipe.size))
  }

  init(secondsPerIteration: Double, tensorBytes: Int) {
    self.secondsPerIteration = secondsPerIteration
    self.tensorBytes = tensorBytes
  }
}
