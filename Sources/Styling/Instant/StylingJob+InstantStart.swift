import Recipes
import Tensors

extension StylingJob {
  /// What a run starts from whose recipe says `start: instant`: a picture, `(height, width, 3)`; nil without a
  /// stylist.
  ///
  /// - Parameters:
  ///   - canvas: the photograph at the run's first size.
  ///   - recipe: how far to go.
  ///   - shares: what each painting has of the mix.
  ///   - workers: the threads.
  ///   - checkpoint: called between layers; what it throws ends the work.
  func instantStart<E: Error>(
    on canvas: Canvas, under recipe: Recipe, shares: [Double], workers: Workers,
    checkpoint: () throws(E) -> Void
  ) throws(E) -> Tensor? {
    guard let stylist else { return nil }
    let paintings = zip(styles, shares).map {
      Style(picture: $0.picture, weight: $1, mask: $0.mask)
    }
    var look = InstantLook(recipe, paintings: paintings)
    look.color = .style  // the job's paintings are in the right colors already
    return try stylist.image(
      of: canvas.picture(in: canvas.photograph), from: content, as: look, on: workers,
      checkpoint: checkpoint)
  }
}
