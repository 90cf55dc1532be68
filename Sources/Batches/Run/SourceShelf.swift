import Pictures
import Synchronization

/// The pictures that were read last: each is read once, however many items are made of it at a time.
final class SourceShelf: Sendable {
  /// A place for a picture; whoever comes first reads it, and others wait.
  private final class Slot: Sendable {
    let reading = Mutex<Result<BatchSource, BatchFault>?>(nil)
  }

  private struct State {
    var slots: [String: Slot] = [:]
    /// The least recently used first.
    var order: [String] = []
    var bytes: [String: Int] = [:]
    var total = 0

    mutating func slot(for path: String) -> Slot {
      order.removeAll { $0 == path }
      order.append(path)
      if let slot = slots[path] { return slot }
      let slot = Slot()
      slots[path] = slot
      return slot
    }

    /// Remembers what a picture takes, and lets go of what was not used for longest.
    mutating func weigh(_ path: String, _ count: Int, limit: Int) {
      guard slots[path] != nil, bytes.updateValue(count, forKey: path) == nil else { return }
      total += count
      while order.count > 1, total > limit || order.count > SourceShelf.mostSources {
        let oldest = order.removeFirst()
        slots[oldest] = nil
        total -= bytes.removeValue(forKey: oldest) ?? 0
      }
    }
  }

  private static let mostSources = 256

  private let state = Mutex(State())
  private let read: @Sendable (String) throws -> BatchSource
  private let limit: Int

  /// A shelf that is empty.
  ///
  /// - Parameters:
  ///   - limit: how many bytes of pixels to keep.
  ///   - read: reads the picture at a path.
  init(limit: Int = 512 << 20, read: @escaping @Sendable (String) throws -> BatchSource) {
    self.limit = limit
    self.read = read
  }

  /// The picture at a path.
  func source(at path: String) throws(BatchFault) -> BatchSource {
    let slot = state.withLock { $0.slot(for: path) }
    let result = slot.reading.withLock { reading in
      if let reading { return reading }
      let result: Result<BatchSource, BatchFault>
      do { result = .success(try read(path)) } catch { result = .failure(BatchFault(error)) }
      reading = result
      return result
    }
    let source = try result.get()
    let bytes = source.picture.rgb.count + (source.picture.alpha?.count ?? 0)
    state.withLock { $0.weigh(path, bytes, limit: limit) }
    return source
  }
}
