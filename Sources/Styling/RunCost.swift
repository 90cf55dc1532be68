import Pictures
import Recipes
import Tensors

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
    let (small, large) = Self.sizes(for: job)
    let first = try Self.measure(job, size: small)
    if small == large {
      self = first.cost
    } else {
      self.init(
        extending: first, try Self.measure(job, size: large),
        to: Self.pixels(of: job, size: job.recipe.size))
    }
  }

  /// The cost at so many pixels, on the line through two measurements; the second has more pixels.
  init(
    extending first: (pixels: Double, cost: RunCost), _ second: (pixels: Double, cost: RunCost),
    to pixels: Double
  ) {
    let share = (pixels - first.pixels) / (second.pixels - first.pixels)
    func extended(_ low: Double, _ high: Double) -> Double {
      // Noise must not make the line fall.
      max(low, high) + (share - 1) * max(0, high - low)
    }
    secondsPerIteration = extended(
      first.cost.secondsPerIteration, second.cost.secondsPerIteration)
    tensorBytes = Int(
      extended(Double(first.cost.tensorBytes), Double(second.cost.tensorBytes)))
  }

  init(secondsPerIteration: Double, tensorBytes: Int) {
    self.secondsPerIteration = secondsPerIteration
    self.tensorBytes = tensorBytes
  }

  /// Two sizes at which even a narrow picture has room, or the job's own twice if that is small.
  private static func sizes(for job: StylingJob) -> (small: Int, large: Int) {
    let aspects = ([job.content] + job.styles.map(\.picture)).map {
      Double(max($0.width, $0.height)) / Double(min($0.width, $0.height))
    }
    let small = max(128, Int((48 * (aspects.max() ?? 1)).rounded(.up)))
    let large = small * 7 / 4
    let size = job.recipe.size
    return size <= large ? (size, size) : (small, large)
  }

  private static func pixels(of job: StylingJob, size: Int) -> Double {
    let size = Picture.size(
      width: job.content.width, height: job.content.height, longerSide: size)
    return Double(size.width * size.height)
  }

  private static func measure(
    _ job: StylingJob, size: Int
  ) throws -> (pixels: Double, cost: RunCost) {
    var recipe = job.recipe
    recipe.size = size
    recipe.iterations = 4
    recipe.stopBelow = nil
    recipe.stopAfter = nil
    recipe.firstSize = nil
    recipe.contentFirst = 0
    let before = TensorUse.bytes
    TensorUse.resetPeak()
    var starts: [Double] = []
    _ = try StyleTransfer(
      StylingJob(
        content: job.content, styles: job.styles, protection: job.protection, recipe: recipe,
        network: job.network, threads: job.threads)
    ).run { starts.append($0.seconds) }
    let laps = zip(starts.dropFirst(), starts).map { $0 - $1 }.dropFirst()  // the first warms up
    return (
      pixels(of: job, size: size),
      RunCost(
        secondsPerIteration: laps.min() ?? 0, tensorBytes: TensorUse.peakBytes - before)
    )
  }
}
