import Checkpoints
import Recipes
import Tensors

extension SavedRun {
  private static let format = "impasto run 1"
  private static let notePrefix = "note."

  /// Writes the run to a file, whole or not at all.
  public func write(to path: String) throws(SavedRunError) {
    var metadata = [
      "format": Self.format, "step": "\(checkpoint.iteration)", "seconds": "\(seconds)",
    ]
    var tensors = [("image", checkpoint.image)]
    switch checkpoint.optimizer {
    case .adam(let adam):
      metadata["momentAge"] = "\(adam.momentAge)"
      tensors += [("mean", adam.mean), ("meanSquare", adam.meanSquare)]
    case .lbfgs(let lbfgs): lbfgs.save(to: &tensors, &metadata)
    }
    if let average = checkpoint.average {
      metadata["averageAge"] = "\(average.age)"
      tensors.append(("average", average.sum))
    }
    do { metadata["recipe"] = try RecipeFile.text(of: recipe, named: path) } catch {
      throw .recipe(path: path, error)
    }
    for (name, note) in notes { metadata[Self.notePrefix + name] = note }
    do {
      try SafetensorsFile.write(tensors, metadata: metadata, to: path)
    } catch {
      throw .file(error)
    }
  }

  /// Reads a run from a file that nobody vouches for.
  public init(path: String) throws(SavedRunError) {
    let file: SafetensorsFile
    // Mapped, since it may be large; it was written by renaming, so nobody cuts it off meanwhile.
    do { file = try SafetensorsFile(path: path, mapped: true) } catch { throw .file(error) }
    let metadata = file.metadata
    func malformed(_ reason: String) -> SavedRunError { .malformed(path: path, reason: reason) }
    guard metadata["format"] == Self.format else { throw malformed("another kind of file") }
    let recipe: Recipe
    do { recipe = try RecipeFile.recipe(in: metadata["recipe"] ?? "", named: path) } catch {
      throw .recipe(path: path, error)
    }
    guard let step = metadata["step"].flatMap({ Int($0) }), (0...Self.mostSteps).contains(step)
    else { throw malformed("its steps do not add up") }
    let image = try Self.tensor("image", of: file, in: 0...1)
    var optimizer = Optimizer(recipe, shape: image.shape, after: step)
    switch recipe.optimizer {
    case .lbfgs: optimizer = .lbfgs(try LBFGS(file, after: step, shape: image.shape))
    case .adam:
      guard let age = metadata["momentAge"].flatMap({ Int($0) }), (0...step).contains(age) else {
        throw malformed("its steps do not add up")
      }
      let mean = try Self.tensor("mean", of: file, in: Self.anyNumber)
      let meanSquare = try Self.tensor("meanSquare", of: file, in: 0...(.greatestFiniteMagnitude))
      guard image.shape == mean.shape, image.shape == meanSquare.shape else {
        throw malformed("its tensors do not fit each other")
      }
      optimizer = .adam(
        Adam(recipe.adam, step: step, momentAge: age, mean: mean, meanSquare: meanSquare))
    }
    var average: RunningAverage?
    if recipe.averaging > 0 {
      let sum = try Self.tensor("average", of: file, in: 0...1)
      guard sum.shape == image.shape,
        let age = metadata["averageAge"].flatMap({ Int($0) }), (0...step).contains(age)
      else { throw malformed("its mean does not fit its picture") }
      average = RunningAverage(decay: recipe.averaging, age: age, sum: sum)
    }
    let seconds = metadata["seconds"].flatMap(Double.init) ?? 0
    let notes = metadata.filter { $0.key.hasPrefix(Self.notePrefix) }
      .map { (String($0.key.dropFirst(Self.notePrefix.count)), $0.value) }
    self.init(
      recipe: recipe,
      checkpoint: Checkpoint(image: image, optimizer: optimizer, average: average),
      seconds: seconds.isFinite ? max(0, seconds) : 0,
      notes: Dictionary(uniqueKeysWithValues: notes))
  }

  static let anyNumber = -Float.greatestFiniteMagnitude...Float.greatestFiniteMagnitude

  /// Many times what a recipe may ask for.
  private static let mostSteps = 1 << 30

  /// A tensor of the shape of a picture whose every element is in a range, which no NaN is.
  static func tensor(
    _ name: String, of file: SafetensorsFile, in range: ClosedRange<Float>
  ) throws(SavedRunError) -> Tensor {
    guard let shape = file.shape(of: name), shape.rank == 3, shape.channels == 3,
      (1...Recipe.sizes.upperBound).contains(shape.height),
      (1...Recipe.sizes.upperBound).contains(shape.width)
    else { throw .malformed(path: file.path, reason: "'\(name)' is not of a picture's shape") }
    let tensor: Tensor
    do { tensor = try file.tensor(named: name) } catch { throw .file(error) }
    guard tensor.withFloats({ $0.allSatisfy(range.contains) }) else {
      throw .malformed(path: file.path, reason: "'\(name)' has values that cannot be")
    }
    return tensor
  }
}
