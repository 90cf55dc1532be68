import Terminal

/// Small copies of pictures; the least recently needed make room for others.
public struct Thumbnails<ID: Hashable & Sendable>: Equatable, Sendable {
  /// A small copy, or word that there is none to be had.
  public enum Entry: Equatable, Sendable {
    /// A small copy.
    case picture(IdentifiedPicture)
    /// Nothing gives one.
    case unavailable
  }

  /// How many there may be.
  private(set) var capacity: Int

  private var entries: [ID: Entry] = [:]

  /// The least recently needed first.
  private var order: [ID] = []

  init(capacity: Int) { self.capacity = capacity }

  /// How many there are.
  public var count: Int { entries.count }

  /// What is known of a small copy; nil when nothing is.
  public subscript(id: ID) -> Entry? { entries[id] }

  /// The small copy of something.
  public func picture(of id: ID) -> IdentifiedPicture? {
    if case .picture(let picture) = entries[id] { picture } else { nil }
  }

  /// Adds a small copy.
  mutating func add(_ entry: Entry, for id: ID) {
    entries[id] = entry
    use([id])
  }

  /// Says which ones are on the screen: they stay, and there may be three times as many.
  mutating func need(_ ids: [ID]) {
    capacity = max(96, 3 * ids.count)
    use(ids.filter { entries[$0] != nil })
  }

  private mutating func use(_ ids: [ID]) {
    guard order.suffix(ids.count) != ids[...] else { return }
    let used = Set(ids)
    order.removeAll { used.contains($0) }
    order += ids
    while order.count > capacity { entries[order.removeFirst()] = nil }
  }
}
