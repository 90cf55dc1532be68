import Networks
import Recipes
import Synchronization

/// The network that was used last, opened once for everybody.
final class ModelShelf: Sendable {
  /// Opens a model; slow the first time.
  typealias Opener = @Sendable (_ model: String, _ precision: Recipe.Precision) throws -> VGG

  private let open: Opener
  private let latest = Mutex<(model: String, precision: Recipe.Precision, network: VGG)?>(nil)

  init(open: @escaping Opener) {
    self.open = open
  }

  /// The network of a recipe; whoever asks while it is being opened waits.
  func network(of recipe: Recipe) throws -> VGG {
    let (model, precision) = (recipe.model, recipe.precision)
    return try latest.withLock { latest in
      if let latest, latest.model == model, latest.precision == precision {
        return latest.network
      }
      let network = try open(model, precision)
      latest = (model, precision, network)
      return network
    }
  }
}
