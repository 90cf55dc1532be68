/// What happens in a batch, told as it happens.
public enum BatchEvent: Sendable {
  /// What is to be done is known.
  case planned(BatchOutline)
  /// A picture is begun, by its index.
  case started(Int)
  /// A picture is written.
  case finished(Int, width: Int, height: Int, seconds: Double)
  /// A picture could not be painted.
  case failed(Int, BatchFault)
}

/// What there is to do.
public struct BatchOutline: Sendable {
  /// All items of the plan.
  public let items: Int
  /// Those that are done already.
  public let current: Int
  /// How it is done.
  public let capacity: BatchCapacity
  /// What it takes.
  public let estimate: BatchEstimate

  /// Seconds until it is done.
  public var seconds: Double {
    estimate.seconds / Double(max(1, capacity.jobs * capacity.threads))
  }
}

/// What came of a batch.
public struct BatchSummary: Sendable {
  /// Pictures that were painted.
  public var done = 0
  /// Pictures that were there already.
  public var current = 0
  /// Pictures that could not be painted, by their index in rising order.
  public var failures: [(item: Int, fault: BatchFault)] = []
  /// Pictures that were not reached before it was ended.
  public var left = 0
  /// How long it took.
  public var seconds = 0.0

  /// Nothing done.
  public init() {}
}
