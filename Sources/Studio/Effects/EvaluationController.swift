import Dispatch
import Pictures
import Recipes
import Styling
import Synchronization
import Tensors
import Terminal

/// Measures results, one after the other, off the main thread.
final class EvaluationController: Sendable {
  /// Ends a measurement.
  private struct Stopped: Error {}

  private let models: ModelShelf
  private let pictures: PictureShelf
  private let mailbox: Mailbox
  private let threads: Int
  private let isStopped = Atomic(false)
  private let queue = DispatchQueue(label: "impasto.studio.evaluations", qos: .utility)

  init(models: ModelShelf, pictures: PictureShelf, mailbox: Mailbox, threads: Int) {
    self.models = models
    self.pictures = pictures
    self.mailbox = mailbox
    self.threads = threads
  }

  /// Measures a picture that was made by a recipe, and reports; where a source is gone, nobody hears of it.
  func evaluate(_ picture: IdentifiedPicture, _ recipe: Recipe) {
    queue.async { [self] in
      guard let evaluation = try? evaluation(of: picture.picture, recipe) else { return }
      mailbox.post(.evaluated(picture, evaluation))
    }
  }

  /// Measures nothing any more, and waits until that is so.
  func stop() {
    isStopped.store(true, ordering: .relaxed)
    queue.sync {}
  }

  private func evaluation(of picture: Picture, _ recipe: Recipe) throws -> Evaluation {
    let workers = Workers(threads: threads)
    let sources = try RecipePictures(of: recipe, reading: pictures.picture)
    let subject = Evaluator.Subject(
      picture, of: sources.content, styles: sources.styles, by: recipe, on: workers)
    return try Evaluator(try models.network(of: recipe), styleLayers: recipe.styleLayers)
      .evaluation(of: subject, on: workers) {
        if isStopped.load(ordering: .relaxed) { throw Stopped() }
      }
  }
}
