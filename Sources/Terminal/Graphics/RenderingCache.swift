/// Renderings by key, within a limit of bytes; those not asked for longest go first.
struct RenderingCache {
  private var entries: [RenderingKey: (rendering: Rendering, lastUse: Int)] = [:]
  private var clock = 0
  private(set) var byteCount = 0
  private let limit: Int

  init(limit: Int) {
    self.limit = limit
  }

  /// The rendering for a key.
  mutating func rendering(for key: RenderingKey) -> Rendering? {
    clock += 1
    entries[key]?.lastUse = clock
    return entries[key]?.rendering
  }

  /// Keeps a rendering.
  mutating func insert(_ rendering: Rendering) {
    clock += 1
    if let old = entries.updateValue((rendering, clock), forKey: rendering.key) {
      byteCount -= old.rendering.byteCount
    }
    byteCount += rendering.byteCount
    while byteCount > limit, entries.count > 1,
      let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse })
    {
      entries[oldest.key] = nil
      byteCount -= oldest.value.rendering.byteCount
    }
  }
}
