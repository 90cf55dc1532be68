import Networks
import Pictures
import Recipes
import Synchronization
import Tensors

/// Remembers the targets of paintings that were measured, so that the next run with the same painting
/// at the same size starts at once.
public final class StyleTargetCache: Sendable {
  /// What targets depend on.
  struct Key: Hashable {
    let picture: Picture
    let longerSide: Int
    let model: String
    var precision = Recipe.Precision.full
    let layers: Set<LayerName>
    var isSampled = false

    /// Pixels are compared but not hashed: there are many, and paintings of the same size are few.
    func hash(into hasher: inout Hasher) {
      hasher.combine(picture.width)
      hasher.combine(picture.height)
      hasher.combine(longerSide)
      hasher.combine(model)
      hasher.combine(precision)
      hasher.combine(layers)
      hasher.combine(isSampled)
    }
  }

  private struct State {
    var targets: [Key: StyleTargets] = [:]
    /// The least recently used first.
    var order: [Key] = []

    mutating func use(_ key: Key) -> StyleTargets? {
      guard let known = targets[key] else { return nil }
      order.removeAll { $0 == key }
      order.append(key)
      return known
    }

    mutating func insert(_ measured: StyleTargets, for key: Key, capacity: Int) {
      order.removeAll { $0 == key }
      order.append(key)
      targets[key] = measured
      while order.count > capacity { targets[order.removeFirst()] = nil }
    }
  }

  private let capacity: Int
  private let state = Mutex(State())

  /// An empty cache.
  ///
  /// - Parameter capacity: how many targets to keep, of about 2.5 MB each for the five usual layers, or 20 MB with
  ///   samples.
  public init(capacity: Int = 16) {
    self.capacity = capacity
  }

  /// The targets for `key`, measured if nobody did so before.
  func targets<E: Error>(
    for key: Key, measure: () throws(E) -> StyleTargets
  ) throws(E) -> StyleTargets {
    if let known = state.withLock({ $0.use(key) }) { return known }
    let measured = try measure()
    state.withLock { $0.insert(measured, for: key, capacity: capacity) }
    return measured
  }
}
