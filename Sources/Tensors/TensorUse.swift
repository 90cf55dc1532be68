import Synchronization

/// How much memory the tensors of this process take, borrowed memory left out.
public enum TensorUse {
  private static let current = Atomic(0)
  private static let peak = Atomic(0)

  /// Bytes now.
  public static var bytes: Int { current.load(ordering: .relaxed) }

  /// The most bytes at once since the last `resetPeak`.
  public static var peakBytes: Int { peak.load(ordering: .relaxed) }

  /// Begins to look for a new peak.
  public static func resetPeak() { peak.store(bytes, ordering: .relaxed) }

  static func add(_ count: Int) {
    let now = current.add(count, ordering: .relaxed).newValue
    if count > 0 { peak.max(now, ordering: .relaxed) }
  }
}
