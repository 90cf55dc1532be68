extension Int {
  /// The quotient, rounded up.
  public func dividedUp(by divisor: Int) -> Int { (self + divisor - 1) / divisor }
}
