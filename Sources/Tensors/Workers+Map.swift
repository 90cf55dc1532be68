extension Workers {
  /// What `transform` makes of each index below `count`, several at once.
  ///
  /// - Parameters:
  ///   - count: how many indices.
  ///   - transform: gets an index; runs on several threads, and may not use these workers itself.
  public func map<Value>(_ count: Int, _ transform: (Int) -> Value) -> [Value] {
    [Value](unsafeUninitializedCapacity: count) { values, initialized in
      nonisolated(unsafe) let values = values
      forEach(count) { index, _ in values.initializeElement(at: index, to: transform(index)) }
      initialized = count
    }
  }
}
