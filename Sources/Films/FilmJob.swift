import Networks
import Pictures
import Recipes
import Styling

/// A film to be painted, with all that it takes.
public struct FilmJob: Sendable {
  /// Who paints its frames.
  public enum Method: Sendable {
    /// A network, in one pass; `steadiness` is the share of a frame that comes from the one before, 0…1.
    case instant(InstantStylist, steadiness: Double)
    /// An optimization; what a start in one pass needs, what likeness to the frame before counts, and how
    /// many iterations frames take that have one before them.
    case optimize(
      VGG, stylist: InstantStylist?, temporalWeight: Double, laterIterations: Int)
  }

  /// The film.
  public let film: FilmFormat

  /// Which of its frames are painted, by their numbers from 0.
  public let frames: Range<Int>

  /// How to paint them; `size` is the longer side.
  public let recipe: Recipe

  /// The paintings with their shares and masks.
  public let styles: [StylingJob.Style]

  /// What stays as it is, in every frame.
  public let protection: Mask?

  /// Who paints.
  public let method: Method

  /// How many threads compute.
  public let threads: Int

  /// A job that can be run.
  ///
  /// - Throws: `StylingError` when a picture is too narrow, a mask does not fit, or the recipe names layers
  ///   that the network lacks; `FilmError.noFrames`.
  public init(
    film: FilmFormat, frames: Range<Int>? = nil, recipe: Recipe, styles: [StylingJob.Style],
    protection: Mask?, method: Method, threads: Int
  ) throws {
    self.film = film
    let all = 0..<film.frameCount
    self.frames = (frames ?? all).clamped(to: all)
    guard !self.frames.isEmpty else {
      throw FilmError.noFrames(
        path: film.path, first: frames?.lowerBound ?? 0, count: film.frameCount)
    }
    self.recipe = recipe
    self.styles = styles
    self.protection = protection
    self.method = method
    self.threads = threads
    // What would fail at the first frame fails now.
    let size = film.size(longerSide: recipe.size)
    let blank = Picture(
      width: size.width, height: size.height,
      rgb: [UInt8](repeating: 128, count: 3 * size.width * size.height))
    try StylingJob.requireFit(of: styles, protection, over: blank)
    if case .optimize(let network, let stylist, _, _) = method {
      var recipe = recipe
      recipe.size = max(size.width, size.height)
      _ = try StylingJob(
        content: blank, styles: styles, protection: protection, recipe: recipe,
        network: network, threads: threads, stylist: stylist)
    }
  }

  /// The size of the painted frames.
  public var size: (width: Int, height: Int) { film.size(longerSide: recipe.size) }

  /// The job's painter for a shot that begins with a frame.
  var painter: any FramePainter {
    switch method {
    case .instant(let stylist, let steadiness):
      InstantFramePainter(
        stylist: stylist,
        look: InstantLook(recipe, paintings: styles, protection: protection),
        steadiness: steadiness)
    case .optimize(let network, let stylist, let temporalWeight, let laterIterations):
      OptimizingFramePainter(
        styles: styles, protection: protection, recipe: recipe, network: network,
        stylist: stylist, threads: threads, temporalWeight: temporalWeight,
        laterIterations: laterIterations)
    }
  }
}
