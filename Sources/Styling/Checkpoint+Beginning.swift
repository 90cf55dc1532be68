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
  init(
    _ beginning: StylingJob.Beginning, of recipe: Recipe, like content: Tensor,
    on workers: Workers
  ) {
    switch beginning {
    case .recipe:
      self.init(recipe.start == .noise ? .noise(content.shape, recipe.seed) : content, recipe)
    case .picture(let picture, let iteration):
      self.init(
        Tensor(picture).resized(to: content.shape, on: workers), recipe, after: iteration)
    case .checkpoint(var checkpoint):
      if checkpoint.image.shape == content.shape {
        checkpoint.optimizer.settings = recipe.adam
        self = checkpoint
      } else {
        self.init(
          checkpoint.image.resized(to: content.shape, on: workers), recipe,
          after: checkpoint.iteration)
      }
    }
  }

  /// A picture whose optimizer has no momentum.
  private init(_ image: Tensor, _ recipe: Recipe, after iteration: Int = 0) {
    self.init(
      image: image, optimizer: Adam(recipe.adam, shape: image.shape, after: iteration))
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

  fileprivate func resized(to other: Shape, on workers: Workers) -> Tensor {
    shape == other
      ? self
      : Resampler.lanczos3(self, height: other.height, width: other.width, on: workers)
  }
}
