import Recipes
import Tensors

/// A run between two steps: all that another run needs to go on as if there had been no break.
public struct Checkpoint: Sendable {
  /// The picture that is optimized, with its margin, `(height, width, 3)` in 0…1.
  public internal(set) var image: Tensor

  /// The optimizer with what it remembers.
  var optimizer: Optimizer

  /// The mean of the last pictures; nil when pictures are shown as they are.
  var average: RunningAverage?

  /// How many steps were taken.
  public var iteration: Int { optimizer.step }

  /// What there is to show, with its margin, `(height, width, 3)` in 0…1.
  public var shown: Tensor { average?.mean ?? image }
}

/// What moves a picture.
enum Optimizer: Sendable {
  case adam(Adam)
  case lbfgs(LBFGS)

  /// A fresh optimizer, after `step` steps that somebody else took.
  init(_ recipe: Recipe, shape: Shape, after step: Int) {
    switch recipe.optimizer {
    case .adam: self = .adam(Adam(recipe.adam, shape: shape, after: step))
    case .lbfgs: self = .lbfgs(LBFGS(after: step))
    }
  }

  /// Whether the last step can be taken back.
  var canRetreat: Bool {
    if case .lbfgs(let lbfgs) = self { lbfgs.canRetreat } else { false }
  }

  /// How many steps were taken.
  var step: Int {
    switch self {
    case .adam(let adam): adam.step
    case .lbfgs(let lbfgs): lbfgs.step
    }
  }
}

/// The exponentially weighted mean of the pictures of a run, corrected for its short memory at first.
struct RunningAverage: Sendable {
  /// What each new picture leaves of the older ones.
  let decay: Double

  /// How many pictures are in it.
  private(set) var age: Int

  /// Their sum, by weight.
  private(set) var sum: Tensor

  /// A mean of nothing yet.
  init(decay: Double, shape: Shape) {
    self.init(decay: decay, age: 0, sum: Tensor(shape: shape))
  }

  /// A mean as it was.
  init(decay: Double, age: Int, sum: Tensor) {
    self.decay = decay
    self.age = age
    self.sum = sum
  }

  /// Takes a picture in.
  mutating func take(_ image: Tensor, on workers: Workers) {
    sum.blend(with: image, keeping: decay, on: workers)
    age += 1
  }

  /// The mean, `(height, width, 3)`; nil of nothing.
  var mean: Tensor? {
    guard age > 0 else { return nil }
    var forgotten = 1.0
    for _ in 0..<min(age, 100_000) { forgotten *= decay }
    return sum.scaled(by: 1 / (1 - forgotten), on: Workers(threads: 1))
  }
}
