import Networks
import Pictures
import Recipes
import Tensors

/// What runs of a kind take by the number of their pixels, told from short runs at small sizes.
///
/// Runs are of a kind when they compare the same statistics of the same network, or paint with the same
/// one.
public struct CostLine: Sendable {
  /// What was measured.
  struct Point {
    let pixels: Double
    let cost: RunCost
  }

  /// Of fewer pixels than `second`; nil for a line from nothing.
  private let first: Point?
  private let second: Point

  /// Measures a job, on all of its threads, in a second or so.
  ///
  /// No other run may be going on: it would be measured too.
  ///
  /// - Throws: `StylingError` when the pictures cannot be run at a small size.
  public init(measuring job: StylingJob) throws {
    let (small, large) = Self.sizes(for: job)
    let point = try Self.measure(job, size: small)
    first = small == large ? nil : point
    second = small == large ? point : try Self.measure(job, size: large)
  }

  /// Measures one pass of a stylist over a small picture; what it takes counts as an iteration.
  ///
  /// No other run may be going on: it would be measured too.
  ///
  /// - Parameters:
  ///   - stylist: who can paint the look.
  ///   - content: the photograph.
  ///   - look: the style.
  ///   - longerSide: that of the result; larger ones are told from a smaller one.
  ///   - threads: how many compute.
  public init(
    measuring stylist: InstantStylist, painting content: Picture, as look: InstantLook,
    longerSide: Int, threads: Int
  ) throws {
    let size = min(longerSide, Self.passSize)
    let workers = Workers(threads: threads)
    func pass() throws -> Picture {
      try stylist.stylize(content, longerSide: size, as: look, on: workers) {
        () throws(Never) in
      }
    }
    _ = try pass()  // reads the paintings and warms up
    let before = TensorUse.bytes
    TensorUse.resetPeak()
    let start = ContinuousClock.now
    let painting = try pass()
    let seconds = start.duration(to: .now) / .seconds(1)
    first = nil
    second = Point(
      pixels: Double(painting.width * painting.height),
      cost: RunCost(secondsPerIteration: seconds, tensorBytes: TensorUse.peakBytes - before))
  }

  private static let passSize = 256

  /// The line through two measurements, or from nothing through one.
  init(_ first: Point?, _ second: Point) {
    (self.first, self.second) = (first, second)
  }

  /// What a run of so many pixels takes.
  public func cost(ofPixels pixels: Double) -> RunCost {
    guard let first else {
      let share = pixels / second.pixels
      return RunCost(
        secondsPerIteration: second.cost.secondsPerIteration * share,
        tensorBytes: Int(Double(second.cost.tensorBytes) * share))
    }
    let share = (pixels - first.pixels) / (second.pixels - first.pixels)
    func extended(_ low: Double, _ high: Double) -> Double {
      // Noise must not make the line fall.
      max(low, high) + (share - 1) * max(0, high - low)
    }
    return RunCost(
      secondsPerIteration: max(
        0, extended(first.cost.secondsPerIteration, second.cost.secondsPerIteration)),
      tensorBytes: max(
        0, Int(extended(Double(first.cost.tensorBytes), Double(second.cost.tensorBytes)))))
  }

  /// The seconds that a whole run of a recipe takes over a photograph of this shape.
  ///
  /// The time to read paintings is not in it, nor is what ends a run before its last iteration but for
  /// `stopAfter`.
  public func seconds(of recipe: Recipe, width: Int, height: Int) -> Double {
    func pass(_ longerSide: Int) -> Double {
      cost(ofPixels: Self.pixels(width: width, height: height, longerSide: longerSide))
        .secondsPerIteration
    }
    if recipe.isInstant { return pass(recipe.size) }
    return min(
      Double(recipe.iterations) * secondsPerIteration(of: recipe, width: width, height: height),
      recipe.stopAfter ?? .infinity)
  }

  /// The seconds of an iteration, on average over the sizes that a run of a recipe goes through.
  public func secondsPerIteration(of recipe: Recipe, width: Int, height: Int) -> Double {
    let schedule = ScaleSchedule(
      size: recipe.size, first: recipe.firstSize, taper: recipe.scaleTaper)
    return zip(schedule.sizes, schedule.steps(of: 1)).reduce(0) { sum, part in
      let pixels = Self.pixels(width: width, height: height, longerSide: part.0)
      return sum + part.1 * cost(ofPixels: pixels).secondsPerIteration
    }
  }

  /// The bytes of tensors that a run of a recipe takes over a photograph of this shape.
  public func tensorBytes(of recipe: Recipe, width: Int, height: Int) -> Int {
    cost(ofPixels: Self.pixels(width: width, height: height, longerSide: recipe.size)).tensorBytes
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

  /// The pixels of a picture of this shape, scaled.
  static func pixels(width: Int, height: Int, longerSide: Int) -> Double {
    let size = Picture.size(width: width, height: height, longerSide: longerSide)
    return Double(size.width) * Double(size.height)
  }

  private static func measure(_ job: StylingJob, size: Int) throws -> Point {
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
        network: job.network, threads: job.threads, stylist: job.stylist)
    ).run { starts.append($0.seconds) }
    let laps = zip(starts.dropFirst(), starts).map { $0 - $1 }.dropFirst()  // the first warms up
    return Point(
      pixels: pixels(width: job.content.width, height: job.content.height, longerSide: size),
      cost: RunCost(
        secondsPerIteration: laps.min() ?? 0, tensorBytes: TensorUse.peakBytes - before))
  }
}
