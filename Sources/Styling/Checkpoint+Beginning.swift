import Pictures
import Recipes
import Tensors

extension Checkpoint {
  /// What a run begins with.
  ///
  /// - Parameters:
  ///   - beginning: what it starts from.
  ///   - recipe: says so where `beginning` does not, and how far the optimizer moves.
  ///   - content: the photograph, `(height, width, 3)`; the picture gets its size.
  ///   - workers: the threads.
  ///   - paint: what a network paints at once, of the photograph's size; nil for the photograph itself.
  init(
    _ beginning: StylingJob.Beginning, of recipe: Recipe, like content: Tensor,
    on workers: Workers, instantly paint: () -> Tensor? = { nil }
  ) {
    switch beginning {
    case .recipe:
      switch recipe.start {
      case .content: self.init(content, recipe)
      case .noise: self.init(.noise(content.shape, recipe.seed), recipe)
      case .instant: self.init(paint() ?? content, recipe)
      }
    case .picture(let picture, let iteration):
      self.init(
        Tensor(picture).resized(to: content.shape, on: workers), recipe, after: iteration)
    case .checkpoint(let checkpoint):
      self = checkpoint.continued(under: recipe, shape: content.shape, on: workers)
    }
  }

  /// This state at another size, or under another recipe.
  func continued(under recipe: Recipe, shape: Shape, on workers: Workers) -> Checkpoint {
    switch (optimizer, recipe.optimizer) {
    case (.adam(var adam), .adam):
      adam.settings = recipe.adam
      if image.shape == shape {
        return Checkpoint(image: image, optimizer: .adam(adam), average: average)
      }
      adam.resample(to: shape, on: workers)
      return Checkpoint(
        shown.resized(to: shape, on: workers), .adam(adam), averaging: recipe.averaging)
    case (.lbfgs, .lbfgs) where image.shape == shape: return self
    default:
      return Checkpoint(shown.resized(to: shape, on: workers), recipe, after: iteration)
    }
  }

  /// A picture whose optimizer knows nothing yet.
  private init(_ image: Tensor, _ recipe: Recipe, after iteration: Int = 0) {
    self.init(
      image, Optimizer(recipe, shape: image.shape, after: iteration),
      averaging: recipe.averaging)
  }

  private init(_ image: Tensor, _ optimizer: Optimizer, averaging: Double) {
    self.init(
      image: image, optimizer: optimizer,
      average: averaging > 0 ? RunningAverage(decay: averaging, shape: image.shape) : nil)
  }
}

extension Tensor {
  /// Gray noise in 0…1.
  fileprivate static func noise(_ shape: Shape, _ seed: UInt64) -> Tensor {
    var random = SeededRandom(seed: seed)
    var noise = random.normal(shape, mean: 0.5, deviation: 0.15)
    noise.withMutableFloats { for i in $0.indices { $0[i] = min(max($0[i], 0), 1) } }
    return noise
  }

  func resized(to other: Shape, on workers: Workers) -> Tensor {
    shape == other
      ? self
      : Resampler.lanczos3(self, height: other.height, width: other.width, on: workers)
  }
}
