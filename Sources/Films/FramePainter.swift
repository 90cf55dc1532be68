import Kernels
import Networks
import Pictures
import Recipes
import Styling
import Tensors

/// What a frame's painter knows of the frames before it in its shot.
struct Memory: Sendable {
  /// The painting of the frame before, moved as things have moved, `(height, width, 3)`.
  let image: Tensor

  /// Where that can be relied on.
  let reliability: Reliability
}

/// Paints the frames of a film.
protocol FramePainter: Sendable {
  /// Paints a frame.
  ///
  /// - Parameters:
  ///   - frame: the frame.
  ///   - first: the first frame of its shot, whose colors and style count for all of the shot.
  ///   - memory: what is known of the frame before; nil for the first of a shot.
  ///   - workers: the threads.
  ///   - checkpoint: called now and then; what it throws ends the work.
  func paint(
    _ frame: Picture, of first: Picture, after memory: Memory?, on workers: Workers,
    checkpoint: @escaping @Sendable () throws(FilmRun.Stopped) -> Void
  ) throws -> Picture
}

/// Paints each frame in one pass, and mixes it with what the frame before became.
///
/// The mean over time of what a network makes of the same thing: what flickers averages out, what moves goes
/// along, what is new is painted anew.
struct InstantFramePainter: FramePainter {
  let stylist: InstantStylist
  let look: InstantLook

  /// The share of what is remembered, 0…1.
  let steadiness: Double

  func paint(
    _ frame: Picture, of first: Picture, after memory: Memory?, on workers: Workers,
    checkpoint: @escaping @Sendable () throws(FilmRun.Stopped) -> Void
  ) throws -> Picture {
    let painting = try stylist.stylize(
      frame, as: look, referringTo: first, on: workers, checkpoint: checkpoint)
    guard let memory, steadiness > 0 else { return painting }
    return Picture(
      memory.reliability.blend(
        Tensor(painting), with: memory.image, share: steadiness, on: workers))
  }
}

/// Paints each frame by optimization, from what the frame before became and not far from it.
///
/// Ruder, Dosovitskiy and Brox 2016, *Artistic Style Transfer for Videos*, secs. 4.1 and 4.2.
struct OptimizingFramePainter: FramePainter {
  let styles: [StylingJob.Style]
  let protection: Mask?
  let recipe: Recipe
  let network: VGG
  let stylist: InstantStylist?
  let threads: Int
  let temporalWeight: Double
  /// How many iterations frames take that have one before them.
  let laterIterations: Int
  private let cache = StyleTargetCache()

  init(
    styles: [StylingJob.Style], protection: Mask?, recipe: Recipe, network: VGG,
    stylist: InstantStylist?, threads: Int, temporalWeight: Double, laterIterations: Int
  ) {
    (self.styles, self.protection, self.recipe) = (styles, protection, recipe)
    (self.network, self.stylist, self.threads) = (network, stylist, threads)
    self.temporalWeight = temporalWeight
    self.laterIterations = laterIterations
  }

  func paint(
    _ frame: Picture, of first: Picture, after memory: Memory?, on workers: Workers,
    checkpoint: @escaping @Sendable () throws(FilmRun.Stopped) -> Void
  ) throws -> Picture {
    var recipe = recipe
    recipe.size = max(frame.width, frame.height)
    recipe.stopAfter = nil
    var beginning = StylingJob.Beginning.recipe
    var predecessor: StylingJob.Predecessor?
    if let memory {
      recipe.iterations = laterIterations
      recipe.firstSize = nil
      recipe.contentFirst = 0
      // What was hidden begins as the photograph.
      let start = memory.reliability.blend(
        Tensor(frame), with: memory.image, share: 1, on: workers)
      beginning = .picture(Picture(start), iteration: 0)
      predecessor = StylingJob.Predecessor(
        TemporalLoss(target: memory.image, reliability: memory.reliability.values),
        weight: temporalWeight)
    }
    let transfer = StyleTransfer(
      try StylingJob(
        content: frame, styles: styles, protection: protection, recipe: recipe,
        network: network, threads: threads, beginning: beginning, stylist: stylist,
        predecessor: predecessor, coloredLike: first), cache: cache)
    let outcome = try transfer.runToEnd { _ in
      if (try? checkpoint()) == nil { transfer.steering.stop() }
    }
    if outcome.reason == .stopped { throw FilmRun.Stopped() }
    if outcome.reason == .diverged {
      throw StylingError.diverged(iteration: outcome.iterations)
    }
    return outcome.picture
  }
}
