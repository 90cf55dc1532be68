import Checkpoints
import Foundation

/// The real VGG-16, in a store beside the tests; the only thing here that may need the network, once.
enum RealModel {
  /// A store with `vgg16` in it; nil when it cannot be had, as without a network.
  static let store: ModelStore? = {
    let products = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
      .deletingLastPathComponent()
    let store = ModelStore(folder: products.appendingPathComponent("models").path)
    if !store.isInstalled("vgg16") { try? store.install("vgg16") }
    return store.isInstalled("vgg16") ? store : nil
  }()
}
