import Checkpoints
import Recipes
import Tensors

extension SavedRun {
  private static let format = "impasto run 1"
  private static let notePrefix = "note."

  /// Writes the run to a file, whole or not at all.
  public func write(to path: String) throws(SavedRunError) {
    let optimizer = checkpoint.optimizer
    var metadata = [
      "format": Self.format, "step": "\(optimizer.step)", "momentAge": "\(optimizer.momentAge)",
      "seconds": "\(seconds)",
    ]
    do { metadata["recipe"] = try RecipeFile.text(of: recipe, named: path) } catch {
      throw .recipe(path: path, error)
    }
    for (name, note) in notes { metadata[Self.notePrefix + name] = note }
    do {
      try SafetensorsFile.write(
        [
          ("image", checkpoint.image), ("mean", optimizer.mean),
          ("meanSquare", optimizer.meanSquare),
        ], metadata: metadata, to: path)
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
    guard let step = metadata["step"].flatMap({ Int($0) }), (0...Self.mostSteps).contains(step),
      let momentAge = metadata["momentAge"].flatMap({ Int($0) }), (0...step).contains(momentAge)
    else { throw malformed("its steps do not add up") }

    let image = try Self.tensor("image", of: file, in: 0...1)
    let mean = try Self.tensor(
      "mean", of: file, in: -Float.greatestFiniteMagnitude...(.greatestFiniteMagnitude))
    let meanSquare = try Self.tensor("meanSquare", of: file, in: 0...(.greatestFiniteMagnitude))
    guard image.shape == mean.shape, image.shape == meanSquare.shape else {
      throw malformed("its tensors do not fit each other")
    }
    let optimizer = Adam(
      recipe.adam, step: step, momentAge: momentAge, mean: mean, meanSquare: meanSquare)
    let seconds = metadata["seconds"].flatMap(Double.init) ?? 0
    let notes = metadata.filter { $0.key.hasPrefix(Self.notePrefix) }
      .map { (String($0.key.dropFirst(Self.notePrefix.count)), $0.value) }
    self.init(
      recipe: recipe, checkpoint: Checkpoint(image: image, optimizer: optimizer),
      seconds: seconds.isFinite ? max(0, seconds) : 0,
      notes: Dictionary(uniqueKeysWithValues: notes))
  }

  /// Many times what a recipe may ask for.
  private static let mostSteps = 1 << 30

  /// A tensor of the shape of a picture whose every element is in a range, which no NaN is.
  private static func tensor(
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
