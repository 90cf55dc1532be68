import Pictures
import Recipes
import Synchronization
import Tensors

/// What happens to an image before anybody sees it: it gets the colors that the recipe wants, and the
/// photograph's transparency, and what is protected.
///
/// Iterates, previews and results go through the same, so that what is shown is what is saved.
final class Finish: Sendable {
  private let content: Picture
  private let protection: Mask?
  private let recipe: Recipe
  private let threads: Int
  /// The photograph and the mask at the size of the latest image.
  private let latest = Mutex<(photograph: Picture, protection: Mask?)?>(nil)

  init(_ job: StylingJob) {
    content = job.content
    protection = job.protection
    recipe = job.recipe
    threads = job.threads
  }

  /// A finished picture.
  ///
  /// - Parameter canvas: what it is on, `(height, width, 3)`.
  func picture(of canvas: Tensor) -> Picture {
    let image = recipe.picture(on: canvas)
    guard content.alpha != nil || recipe.color == .content || protection != nil else {
      return Picture(image)
    }
    let workers = Workers(threads: threads)
    let (photograph, protection) = sources(like: image, on: workers)
    var picture = Picture(image, alpha: photograph.alpha)
    if recipe.color == .content { picture = picture.withColors(of: photograph, on: workers) }
    return protection.map { picture.replaced(by: photograph, where: $0) } ?? picture
  }

  private func sources(
    like image: Tensor, on workers: Workers
  ) -> (photograph: Picture, protection: Mask?) {
    latest.withLock { latest in
      let (width, height) = (image.shape.width, image.shape.height)
      if let latest, (latest.photograph.width, latest.photograph.height) == (width, height) {
        return latest
      }
      let sources = (
        content.resized(longerSide: max(width, height), on: workers),
        protection?.resized(width: width, height: height, on: workers)
      )
      latest = sources
      return sources
    }
  }

  /// A picture that was painted at once, in the colors of its look.
  ///
  /// Built-in styles have no paintings whose colors could be matched beforehand: the result's are.
  static func colored(
    _ picture: Picture, like photograph: Picture, as look: InstantLook, on workers: Workers
  ) -> Picture {
    if look.color == .content { return picture.withColors(of: photograph, on: workers) }
    guard case .builtin = look.style, let matching = look.color.matching else { return picture }
    return picture.matchingColors(of: photograph, by: matching, on: workers)
  }
}

extension Recipe.Color {
  /// How paintings are changed beforehand.
  var matching: ColorMatching? {
    switch self {
    case .style, .content: nil
    case .covariance: .covariance
    case .histogram: .histogram
    }
  }
}

extension StylingJob.Style {
  /// This painting in the colors that a recipe wants of it.
  ///
  /// - Parameters:
  ///   - photograph: whose colors they may have to be like.
  ///   - color: what the recipe says.
  ///   - longerSide: the largest at which the painting will be looked at.
  ///   - workers: the threads.
  func colored(
    like photograph: Picture, as color: Recipe.Color, longerSide: Int, on workers: Workers
  ) -> StylingJob.Style {
    guard let matching = color.matching else { return self }
    return StylingJob.Style(
      picture: picture.shrunk(to: longerSide, on: workers)
        .matchingColors(
          of: photograph.shrunk(to: longerSide, on: workers), by: matching, on: workers),
      weight: weight, mask: mask)
  }
}

extension Picture {
  /// This picture scaled down to a longer side, unless it is smaller.
  func shrunk(to longerSide: Int, on workers: Workers) -> Picture {
    resized(longerSide: min(longerSide, max(width, height)), on: workers)
  }
}
