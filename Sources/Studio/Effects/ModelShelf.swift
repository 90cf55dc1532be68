import Networks
import Synchronization

/// The network that was used last, opened once for everybody.
final class ModelShelf: Sendable {
  /// Opens a model; slow the first time.
  typealias Opener = @Sendable (_ model: String) throws -> VGG

  private let open: Opener
  private let latest = Mutex<(model: String, network: VGG)?>(nil)

  init(open: @escaping Opener) {
    self.open = open
  }

  /// The network of a model; whoever asks while it is being opened waits.
  func network(_ model: String) throws -> VGG {
    try latest.withLock { latest in
      if let latest, latest.model == model { return latest.network }
      let network = try open(model)
      latest = (model, network)
      return network
    }
  }
}
