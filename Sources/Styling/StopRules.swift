/// When a run ends.
struct StopRules {
  private var plateau = Plateau()
  private var last: Steering.Controls?

  /// Why a run ends before its next step; nil when it does not.
  ///
  /// - Parameters:
  ///   - losses: of the picture as it is.
  ///   - iteration: how many steps were taken.
  ///   - seconds: how long the run has taken.
  ///   - controls: what holds now.
  ///   - isFinest: whether the picture has its final size; before that, what its loss is says little.
  mutating func reason(
    toEndAfter losses: Losses, at iteration: Int, seconds: Double,
    under controls: Steering.Controls, isFinest: Bool
  ) -> Outcome.Reason? {
    if controls != last { plateau.reset() }
    last = controls
    if isFinest, !controls.isStaged(at: iteration) {
      if let target = controls.stopBelow, losses.total < target { return .reachedTarget }
      if let share = controls.stopWhenFlat,
        plateau.isFlat(after: losses.total, share: share)
      {
        return .flattened
      }
    }
    if iteration >= controls.iterations { return .completed }
    return controls.elapsed(after: seconds) >= 1 ? .ranOutOfTime : nil
  }
}

extension Steering.Controls {
  /// How much of the time is over, if that is limited: 1 is all of it.
  func elapsed(after seconds: Double) -> Double {
    stopAfter.map { seconds / max($0, .leastNormalMagnitude) } ?? 0
  }
}
