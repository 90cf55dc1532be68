import Pictures
import Recipes
import Tensors

extension Checkpoint {
  /// What a run begins with.
  ///
  /// - Parameters:
  ///   - beginning: what it starts from.
  ///   - recipe: says so where `beginning` does not, and how far the optimizer moves.
  ///   - canvas: what it is to be on.
  ///   - workers: the threads.
  ///   - paint: what a network paints at once, of the picture's size; nil for the photograph itself.
  init(
    _ beginning: StylingJob.Beginning, of recipe: Recipe, on canvas: Canvas, workers: Workers,
    instantly paint: () throws -> Tensor?
  ) rethrows {
    let content = canvas.photograph
    switch beginning {
    case .recipe:
      switch recipe.start {
      case .content: self.init(content, recipe)
      case .noise: self.init(.noise(content.shape, recipe.seed), recipe)
      case .instant:
        self.init(try paint().map { canvas.holding($0, on: workers) } ?? content, recipe)
      }
    case .picture(let picture, let iteration):
      self.init(canvas.holding(Tensor(picture), on: workers), recipe, after: iteration)
    case .checkpoint(let checkpoint):
      self = checkpoint.continued(under: recipe, like: content, on: workers)
    }
  }

  /// This state at the size of `content`, or under another recipe.
  ///
  /// - Parameters:
  ///   - recipe: what goes on.
  ///   - content: the photograph, `(height, width, 3)`, 0…1.
  func continued(
    under recipe: Recipe, like content: Tensor, on workers: Workers
  ) -> Checkpoint {
    let shape = content.shape
    var picture: Tensor {
      recipe.start == .noise
        ? shown.resized(to: shape, on: workers) : shown.enlarged(like: content, on: workers)
    }
    switch (optimizer, recipe.optimizer) {
    case (.adam(var adam), .adam):
      adam.settings = recipe.adam
      if image.shape == shape {
        return Checkpoint(image: image, optimizer: .adam(adam), average: average)
      }
      adam.resample(to: shape, on: workers)
      return Checkpoint(
        picture, .adam(adam), averaging: recipe.averaging)
    case (.lbfgs, .lbfgs) where image.shape == shape: return self
    default:
      return Checkpoint(picture, recipe, after: iteration)
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

  /// This picture at the size of the photograph, with those of its details that had no room before.
  ///
  /// Content losses read layers too coarse to bring them back: the next band of the photograph's
  /// Laplacian pyramid does (as in STROTSS, Kolkin, Salavon and Shakhnarovich 2019).
  fileprivate func enlarged(like content: Tensor, on workers: Workers) -> Tensor {
    let known = content.resized(to: shape, on: workers).resized(to: content.shape, on: workers)
    return resized(to: content.shape, on: workers)
      .moved(along: content.minus(known, on: workers), by: 1, on: workers)
  }

  func resized(to other: Shape, on workers: Workers) -> Tensor {
    shape == other
      ? self
      : Resampler.lanczos3(self, height: other.height, width: other.width, on: workers)
  }
}
