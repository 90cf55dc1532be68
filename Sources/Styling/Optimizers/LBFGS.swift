import Tensors

/// L-BFGS (Nocedal 1980; Nocedal and Wright 2006, algorithms 7.4 and 3.1) with the picture kept in 0…1.
///
/// The box is kept by projection: elements that lie on a bound and want to go beyond it sit a step out
/// (Bertsekas 1982). A step that does not lower the loss enough is shortened, which takes no gradient.
public struct LBFGS: Sendable {
  /// How many of the last steps tell of the curvature; each takes two pictures of memory.
  public let history: Int

  /// How many steps were taken, those before a fresh start included.
  public private(set) var step: Int

  /// The sufficient decrease that is asked of a step, as a share of what its slope promises.
  private static let decrease = 1e-4
  private static let mostShortenings = 10
  /// The longest change of any element in a first step, when nothing is known of the curvature, and later.
  private static let firstReach = 0.05
  private static let reach = 0.5

  /// A step and how the gradient changed along it.
  private struct Pair: Sendable {
    let move: Tensor
    let change: Tensor
    /// Their product.
    let curvature: Double
  }

  /// Where the last gradient was, and the way that was taken from there.
  private struct Origin: Sendable {
    let image: Tensor
    let gradient: Tensor
    let loss: Double
    let direction: Tensor
    /// How much the loss falls along the direction at first; negative.
    let slope: Double
    var length: Double
    var shortenings = 0
  }

  private var pairs: [Pair] = []
  private var origin: Origin?

  /// An optimizer that knows nothing of the curvature, after `step` steps that somebody else took.
  public init(history: Int = 10, after step: Int = 0) {
    precondition(history > 0)
    self.history = history
    self.step = step
  }

  /// Forgets the curvature: what is minimized has changed.
  public mutating func forget() {
    pairs = []
    origin = nil
  }

  /// Whether there is a step that `retreats` may shorten.
  var canRetreat: Bool { origin != nil }

  /// Shortens the last step if the loss that it has led to is too high, in the end to nothing.
  ///
  /// - Returns: Whether it did; then `image` has another loss, and the old one's gradient is of no use.
  public mutating func retreats(
    _ image: inout Tensor, from loss: Double, on workers: Workers
  ) -> Bool {
    guard var origin else { return false }
    let promised = Self.decrease * origin.length * origin.slope
    if loss <= origin.loss + promised { return false }
    guard origin.shortenings < Self.mostShortenings else {
      // Rounding is all that is left of this way; the next gradient begins another.
      image = origin.image
      forget()
      return true
    }
    // The lowest point of the parabola through both losses and the slope, within reason.
    let excess = loss - origin.loss - origin.length * origin.slope
    let lowest =
      excess.isFinite && excess > 0
      ? -origin.slope * origin.length * origin.length / (2 * excess) : 0
    origin.length = min(max(lowest, 0.1 * origin.length), 0.5 * origin.length)
    origin.shortenings += 1
    image = origin.image.moved(along: origin.direction, by: origin.length, on: workers)
    self.origin = origin
    return true
  }

  /// Moves `image` one step downhill.
  ///
  /// - Parameters:
  ///   - image: in 0…1, before and afterwards.
  ///   - gradient: of the same shape.
  ///   - loss: at `image`.
  ///   - workers: the threads.
  public mutating func step(
    _ image: inout Tensor, along gradient: Tensor, loss: Double, on workers: Workers
  ) {
    learn(image, gradient, on: workers)
    step += 1
    let free = gradient.freed(at: image, on: workers)
    var direction = descent(along: free, on: workers).freed(at: image, negated: true, on: workers)
    var slope = free.dot(direction, on: workers)
    if !(slope < 0 && slope.isFinite) {
      pairs = []
      direction = free.scaled(by: -1, on: workers)
      slope = free.dot(direction, on: workers)
    }
    guard slope < 0, slope.isFinite else {  // at a minimum, or beyond what floats tell apart
      origin = nil
      return
    }
    let longest = Double(direction.largestMagnitude(on: workers))
    let reach = pairs.isEmpty ? Self.firstReach / longest : Self.reach / longest
    let length = pairs.isEmpty ? reach : min(1, reach)
    let start = image
    image = start.moved(along: direction, by: length, on: workers)
    origin = Origin(
      image: start, gradient: gradient, loss: loss, direction: direction, slope: slope,
      length: length)
  }

  /// Remembers what the last step has told of the curvature.
  private mutating func learn(_ image: Tensor, _ gradient: Tensor, on workers: Workers) {
    guard let origin else { return }
    let move = image.minus(origin.image, on: workers)
    let change = gradient.minus(origin.gradient, on: workers)
    let curvature = move.dot(change, on: workers)
    guard curvature > 1e-10 * change.dot(change, on: workers), curvature.isFinite else { return }
    pairs.append(Pair(move: move, change: change, curvature: curvature))
    if pairs.count > history { pairs.removeFirst() }
  }

  /// `-H g`, by the two loops.
  private func descent(along gradient: Tensor, on workers: Workers) -> Tensor {
    var q = gradient
    var factors: [Double] = []
    for pair in pairs.reversed() {
      let factor = pair.move.dot(q, on: workers) / pair.curvature
      q.add(pair.change, times: -factor, on: workers)
      factors.append(factor)
    }
    if let last = pairs.last {
      q = q.scaled(by: last.curvature / last.change.dot(last.change, on: workers), on: workers)
    }
    for (pair, factor) in zip(pairs, factors.reversed()) {
      let back = pair.change.dot(q, on: workers) / pair.curvature
      q.add(pair.move, times: factor - back, on: workers)
    }
    return q.scaled(by: -1, on: workers)
  }
}
