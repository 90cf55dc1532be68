import Pictures
import Synchronization

/// The chosen pictures at their full size, read once.
final class PictureShelf: Sendable {
  private struct State {
    var pictures: [String: Picture] = [:]
    /// The least recently used first.
    var order: [String] = []

    mutating func use(_ path: String) {
      order.removeAll { $0 == path }
      order.append(path)
    }
  }

  /// About as many as a person mixes; beyond it the least recently used goes.
  private static let capacity = 12

  private let state = Mutex(State())

  /// The picture of a file, read now if it was not before.
  func picture(at path: String) throws(PictureError) -> Picture {
    if let known = state.withLock({ $0.pictures[path] }) {
      state.withLock { $0.use(path) }
      return known
    }
    let picture = try PictureDecoder.decode(path)
    state.withLock { state in
      state.pictures[path] = picture
      state.use(path)
      while state.order.count > Self.capacity {
        state.pictures[state.order.removeFirst()] = nil
      }
    }
    return picture
  }

  /// Reads a file anew: it may have changed.
  func reread(_ path: String) throws(PictureError) -> Picture {
    state.withLock { state in
      state.pictures[path] = nil
      state.order.removeAll { $0 == path }
    }
    return try picture(at: path)
  }
}
