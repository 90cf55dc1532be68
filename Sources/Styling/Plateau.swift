/// Tells when a loss falls no more.
struct Plateau {
  /// How many iterations are looked at.
  static let window = 50

  private var totals: [Double] = []

  /// Takes a loss in.
  ///
  /// - Parameters:
  ///   - total: the next iteration's.
  ///   - share: how much less, as a share, the mean of the window's second half has to be than that of its
  ///     first.
  /// - Returns: Whether it is not; never before the window is full.
  mutating func isFlat(after total: Double, share: Double) -> Bool {
    totals.append(total)
    if totals.count > Self.window { totals.removeFirst() }
    guard totals.count == Self.window else { return false }
    let half = Self.window / 2
    let before = totals.prefix(half).reduce(0, +)
    return before - totals.suffix(half).reduce(0, +) < share * abs(before)
  }

  /// Begins anew: what came before is not to be compared with what comes.
  mutating func reset() { totals = [] }
}
