import Checkpoints
import Files
import Foundation
import Networks
import Pictures
import Recipes
import TestSupport
import Tensors
import Testing

@testable import Styling

/// Runs that end with their process and go on in another.
@Suite struct SavedRunTests {
  private func job(
    iterations: Int, beginning: StylingJob.Beginning = .recipe,
    optimizer: Recipe.Optimizer = .adam, averaging: Double = 0
  ) throws -> StylingJob {
    let golden = try Golden.thin()
    var recipe = Recipe()
    recipe.size = 50
    recipe.iterations = iterations
    recipe.styleWeight = 10 / 3
    recipe.optimizer = optimizer
    recipe.averaging = averaging
    recipe.adam.learningRate = 0.1 + 0.2
    return try StylingJob(
      content: Picture(try golden["content"]),
      styles: [.init(picture: Picture(try golden["style"]), weight: 1)],
      recipe: recipe, network: try VGG(checkpoint: golden.file), threads: 2, beginning: beginning)
  }

  @Test func `a run that is read back ends as one without a break`() throws {
    try withTemporaryFolder { folder in
      let whole = try StyleTransfer(try job(iterations: 6)).run { _ in }
      let path = "\(folder)/run"
      var writes = 0
      let half = try job(iterations: 6)
      _ = try StyleTransfer(half).run { iterate in
        guard iterate.iteration == 3 else { return }
        try? SavedRun(
          recipe: half.recipe, checkpoint: iterate.checkpoint, seconds: 1.5, notes: ["a": "b\n"]
        ).write(to: path)
        writes += 1
      }
      let saved = try SavedRun(path: path)
      #expect(writes == 1 && saved.checkpoint.iteration == 3 && saved.seconds == 1.5)
      #expect(saved.recipe == half.recipe && saved.notes == ["a": "b\n"])
      var iterations: [Int] = []
      let resumed = try StyleTransfer(
        try job(iterations: 6, beginning: .checkpoint(saved.checkpoint))
      ).run { iterations.append($0.iteration) }
      #expect(iterations == [3, 4, 5])
      #expect(resumed.picture == whole.picture && resumed.losses == whole.losses)
      #expect(resumed.checkpoint.image.elements == whole.checkpoint.image.elements)
    }
  }

  @Test(arguments: [Recipe.Optimizer.adam, .lbfgs], [0, 0.9])
  func `wherever a run is cut, it ends the same`(
    optimizer: Recipe.Optimizer, averaging: Double
  ) throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/run"
      func job(_ beginning: StylingJob.Beginning = .recipe) throws -> StylingJob {
        try self.job(
          iterations: 14, beginning: beginning, optimizer: optimizer, averaging: averaging)
      }
      let first = try job()
      var cuts: [SavedRun] = []
      let whole = try StyleTransfer(first).run { iterate in
        let run = SavedRun(recipe: first.recipe, checkpoint: iterate.checkpoint, seconds: 0)
        try? run.write(to: path)
        if let run = try? SavedRun(path: path) { cuts.append(run) }
      }
      #expect(cuts.count == 14)
      for cut in cuts {
        let resumed = try StyleTransfer(try job(.checkpoint(cut.checkpoint))).run { _ in }
        #expect(
          resumed.checkpoint.image.elements == whole.checkpoint.image.elements,
          "cut at \(cut.checkpoint.iteration)")
        #expect(resumed.picture == whole.picture && resumed.losses == whole.losses)
      }
    }
  }

  @Test(arguments: [Recipe.Optimizer.adam, .lbfgs])
  func `a pause tells where the run stands, with what it is under`(
    optimizer: Recipe.Optimizer
  ) throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/run"
      let transfer = StyleTransfer(try job(iterations: 8, optimizer: optimizer))
      let steering = transfer.steering
      var halts: [Int] = []
      let whole = try transfer.run { iterate in
        if iterate.iteration == 3 { steering.steer { $0.weights.style *= 2 } }
        if [2, 4].contains(iterate.iteration) { steering.pause() }
      } onHalt: { halt in
        halts.append(halt.checkpoint.iteration)
        let run = SavedRun(
          recipe: Recipe().steered(by: halt.controls), checkpoint: halt.checkpoint, seconds: 0)
        var recipe = run.recipe
        recipe.optimizer = optimizer
        try? SavedRun(recipe: recipe, checkpoint: halt.checkpoint, seconds: 0).write(to: path)
        steering.resume()
      }
      #expect(halts == [2, 4])
      let saved = try SavedRun(path: path)
      #expect(saved.recipe.styleWeight == 20.0 / 3)
      let resumed = StyleTransfer(
        try job(iterations: 8, beginning: .checkpoint(saved.checkpoint), optimizer: optimizer))
      resumed.steering.steer { $0.weights.style = saved.recipe.styleWeight }
      #expect(try resumed.run { _ in }.picture == whole.picture)
    }
  }

  @Test func `a curvature that makes no sense is refused, and none is learned anew`() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/run"
      let job = try job(iterations: 4, optimizer: .lbfgs)
      let outcome = try StyleTransfer(job).run { _ in }
      try SavedRun(recipe: job.recipe, checkpoint: outcome.checkpoint, seconds: 0).write(to: path)
      let file = try SafetensorsFile(path: path, mapped: false)
      let names = file.names
      func rewrite(_ change: (inout [String: String]) -> Void, without gone: String = "") throws {
        var metadata = file.metadata
        change(&metadata)
        let tensors = try names.filter { $0 != gone }.map { ($0, try file.tensor(named: $0)) }
        try SafetensorsFile.write(tensors, metadata: metadata, to: path)
      }
      #expect(names.contains("move0") && names.contains("originDirection"))
      for (key, value) in [
        ("curvatures", "1 2 nan"), ("curvatures", "-1"), ("curvatures", "x"),
        ("curvatures", Array(repeating: "1", count: 11).joined(separator: " ")), ("origin", "1 2"),
        ("origin", "1 1 1 0"), ("origin", "1 -1 1 11"), ("origin", "1 -1 1 0.5"),
      ] {
        try rewrite({ $0[key] = value })
        #expect(throws: SavedRunError.self, "\(key) \(value)") { try SavedRun(path: path) }
      }
      try rewrite({ _ in }, without: "change0")
      #expect(throws: SavedRunError.self) { try SavedRun(path: path) }
      try rewrite({
        $0["curvatures"] = nil
        $0["origin"] = nil
      })
      #expect(try SavedRun(path: path).checkpoint.iteration == 4)
    }
  }

  @Test func `what the writer saved can be gone on with, and is gone at the end`() throws {
    try withTemporaryFolder { folder in
      let runs = RunFolder(path: "\(folder)/runs")
      #expect(throws: SavedRunError.none(folder: runs.path)) { try runs.claimLatest() }
      let claim = try runs.begin()
      let other = try runs.begin()
      #expect(claim.name != other.name)
      let job = try job(iterations: 4)
      let writer = CheckpointWriter(claim, recipe: job.recipe, notes: ["x": "y"], interval: .zero)
      let outcome = try StyleTransfer(job).run { writer.offer($0) }
      writer.save(outcome)
      #expect(writer.failure == nil)
      let saved = try SavedRun(path: claim.file)
      #expect(saved.checkpoint.iteration == 4 && saved.seconds == outcome.seconds)
      #expect(saved.notes == ["x": "y"])
      #expect(saved.checkpoint.image.elements == outcome.checkpoint.image.elements)
      writer.remove()
      #expect(try FileManager.default.contentsOfDirectory(atPath: runs.path) == [other.name])
    }
  }

  @Test func `a run belongs to one at a time`() throws {
    try withTemporaryFolder { folder in
      let runs = RunFolder(path: "\(folder)/runs")
      var claims: [RunClaim] = []
      for time in 0..<4 {
        let claim = try runs.begin()
        try AtomicFile.write([1], to: claim.file)
        var times = [timeval(tv_sec: time, tv_usec: 0), timeval(tv_sec: time, tv_usec: 0)]
        utimes(claim.file, &times)
        claims.append(claim)
      }
      let names = claims.map(\.name)
      #expect(throws: SavedRunError.running(path: "\(runs.path)/\(names[1])")) {
        try runs.claim(names[1])
      }
      #expect(runs.interrupted().isEmpty)
      claims.removeFirst(2)
      #expect(runs.interrupted() == [names[1], names[0]])
      #expect(try runs.claimLatest().name == names[1])
      try AtomicFile.write([1], to: "\(runs.path)/\(names[0])/kept")
      runs.prune(keeping: 1)
      #expect(runs.interrupted() == [names[1]])
      #expect(runs.names() == names)
      try RunFolder(path: runs.path).claim(names[0]).remove()
      #expect(runs.names() == Array(names.dropFirst()))
      claims.removeAll()
      #expect(runs.interrupted() == [names[3], names[2], names[1]])
      for name in ["", "..", "a/b", "none"] {
        #expect(throws: SavedRunError.self) { try runs.claim(name) }
      }
    }
  }

  @Test func `a checkpoint that cannot be written does not end the run`() throws {
    try withTemporaryFolder { folder in
      let claim = try RunFolder(path: "\(folder)/runs").begin()
      try FileManager.default.removeItem(atPath: "\(folder)/runs")
      let job = try job(iterations: 2)
      let writer = CheckpointWriter(claim, recipe: job.recipe, interval: .zero)
      let outcome = try StyleTransfer(job).run { writer.offer($0) }
      writer.save(outcome)
      #expect(outcome.iterations == 2 && writer.failure != nil)
      writer.remove()
    }
  }

  /// A sound run, changed by `change`, must be refused.
  private func expectRefusal(
    _ reason: String, _ change: (inout [String: Tensor], inout [String: String]) -> Void
  ) throws {
    try withTemporaryFolder { folder in
      let shape: Shape = [4, 5, 3]
      var tensors = [
        "image": Tensor(repeating: 0.5, shape: shape), "mean": Tensor(shape: shape),
        "meanSquare": Tensor(shape: shape),
      ]
      var metadata = [
        "format": "impasto run 1", "step": "3", "momentAge": "2", "recipe": "size: 64",
      ]
      change(&tensors, &metadata)
      let path = "\(folder)/run"
      try SafetensorsFile.write(
        tensors.map { ($0.key, $0.value) }, metadata: metadata, to: path)
      if reason.isEmpty {
        #expect(try SavedRun(path: path).checkpoint.iteration == 3)
      } else {
        let error = #expect(throws: SavedRunError.self) { try SavedRun(path: path) }
        #expect(error?.description.contains(reason) == true, "\(String(describing: error))")
      }
    }
  }

  @Test func `what makes no sense is refused`() throws {
    try expectRefusal("") { _, _ in }
    try expectRefusal("another kind of file") { $1["format"] = "impasto run 2" }
    try expectRefusal("unknown key") { $1["recipe"] = "evil: 1" }
    try expectRefusal("size is 1") { $1["recipe"] = "size: 1" }
    for (key, value) in [("step", "-1"), ("step", "9999999999"), ("momentAge", "4"), ("step", "x")]
    {
      try expectRefusal("do not add up") { $1[key] = value }
    }
    try expectRefusal("of a picture's shape") { tensors, _ in tensors["mean"] = nil }
    try expectRefusal("of a picture's shape") { tensors, _ in
      tensors["image"] = Tensor(shape: [4, 5, 4])
    }
    try expectRefusal("of a picture's shape") { tensors, _ in
      tensors["image"] = Tensor(shape: [0, 5, 3])
    }
    try expectRefusal("do not fit each other") { tensors, _ in
      tensors["mean"] = Tensor(shape: [5, 4, 3])
    }
    for value in [Float.nan, .infinity, 1.01, -0.01] {
      try expectRefusal("values that cannot be") { tensors, _ in tensors["image"]?[7] = value }
    }
    try expectRefusal("values that cannot be") { tensors, _ in tensors["mean"]?[7] = .nan }
    try expectRefusal("values that cannot be") { tensors, _ in tensors["meanSquare"]?[7] = -1 }
  }

  @Test func `mutated and truncated files are refused or read, and nothing else`() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/run"
      let shape: Shape = [4, 5, 3]
      let adam = Adam(
        AdamSettings(), step: 3, momentAge: 2, mean: Tensor(shape: shape),
        meanSquare: Tensor(shape: shape))
      try SavedRun(
        recipe: Recipe(),
        checkpoint: Checkpoint(image: Tensor(shape: shape), optimizer: .adam(adam)),
        seconds: 1
      ).write(to: path)
      let original = try FileBytes.read(path)
      var random = SeededRandom(seed: 5)
      var refused = 0
      for round in 0..<300 {
        var bytes = original
        if round % 3 == 0 {
          bytes.removeLast(.random(in: 1..<bytes.count, using: &random))
        } else {
          let index = Int.random(in: 0..<(round % 2 == 0 ? 900 : bytes.count), using: &random)
          bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        }
        try AtomicFile.write(bytes, to: path)
        do { _ = try SavedRun(path: path) } catch is SavedRunError { refused += 1 }
      }
      #expect(refused > 100)
    }
  }
}
