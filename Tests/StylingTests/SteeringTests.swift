import Dispatch
import Networks
import Pictures
import Recipes
import Synchronization
import TestSupport
import Tensors
import Testing

@testable import Styling

/// A run on the small network, with hands on the wheel.
@Suite struct SteeringTests {
  private func job(iterations: Int, _ change: (inout Recipe) -> Void = { _ in }) throws
    -> StylingJob
  {
    let golden = try Golden.thin()
    var recipe = Recipe()
    recipe.size = 50
    recipe.iterations = iterations
    change(&recipe)
    return try StylingJob(
      content: Picture(try golden["content"]),
      styles: [.init(picture: Picture(try golden["style"]), weight: 1)],
      recipe: recipe, network: try VGG(checkpoint: golden.file), threads: 2)
  }

  @Test func `the same recipe gives the same picture whatever the number of threads`() throws {
    let pictures = try [1, 2, 3].map { threads in
      let job = try job(iterations: 5)
      let other = try StylingJob(
        content: job.content, styles: job.styles, recipe: job.recipe, network: job.network,
        threads: threads)
      return try StyleTransfer(other).run { _ in }.picture
    }
    #expect(pictures[0] == pictures[1] && pictures[0] == pictures[2])
  }

  @Test func `weights that change during a run count from the next iteration on`() throws {
    let transfer = StyleTransfer(try job(iterations: 4))
    var totals: [Double] = []
    var styles: [Double] = []
    _ = try transfer.run { iterate in
      totals.append(iterate.losses.total)
      styles.append(iterate.losses.style)
      if iterate.iteration == 1 {
        transfer.steering.steer { $0.weights = LossWeights(content: 0, style: 100, tv: 0) }
      }
    }
    #expect(totals[1] < 20 * styles[1])
    #expect(abs(totals[2] - 100 * styles[2]) < 1e-9)
  }

  @Test func `the paintings' shares can change during a run`() throws {
    let job = try job(iterations: 3)
    let flat = Picture(width: 40, height: 40, rgb: Array(repeating: 200, count: 4800))
    func losses(_ shares: [Double], thenAt1 later: [Double]? = nil) throws -> [Double] {
      let transfer = StyleTransfer(
        try StylingJob(
          content: job.content,
          styles: zip([job.styles[0].picture, flat], shares).map { .init(picture: $0, weight: $1) },
          recipe: job.recipe, network: job.network, threads: 2))
      var losses: [Double] = []
      _ = try transfer.run { iterate in
        losses.append(iterate.losses.style)
        if iterate.iteration == 0, let later {
          transfer.steering.steer { $0.styleShares = later }
        }
      }
      return losses
    }
    let first = try losses([1, 0])
    let changed = try losses([1, 0], thenAt1: [0, 1])
    #expect(changed[0] == first[0] && abs(changed[1] - first[1]) > 0.1 * first[1])
    #expect(try losses([2, 0], thenAt1: [5, 0]) == first, "only the proportion counts")
  }

  @Test func `a run that goes on from where another ended is the same as one without a break`()
    throws
  {
    let whole = try StyleTransfer(try job(iterations: 6)).run { _ in }
    let half = try StyleTransfer(try job(iterations: 3)).run { _ in }
    let rest = try job(iterations: 6)
    var iterations: [Int] = []
    let resumed = try StyleTransfer(
      try StylingJob(
        content: rest.content, styles: rest.styles, recipe: rest.recipe, network: rest.network,
        threads: 2, beginning: .checkpoint(half.checkpoint))
    ).run { iterations.append($0.iteration) }
    #expect(iterations == [3, 4, 5])
    #expect(resumed.picture == whole.picture && resumed.losses == whole.losses)
  }

  @Test func `a run can go on from a picture, at another size too`() throws {
    let half = try StyleTransfer(try job(iterations: 3)).run { _ in }
    let rest = try job(iterations: 5) { $0.size = 64 }
    var iterates: [Int] = []
    var first: Double?
    let outcome = try StyleTransfer(
      try StylingJob(
        content: rest.content, styles: rest.styles, recipe: rest.recipe, network: rest.network,
        threads: 2, beginning: .picture(half.picture, iteration: 3))
    ).run {
      iterates.append($0.iteration)
      first = first ?? $0.losses.style
    }
    var start: Double?
    _ = try StyleTransfer(rest).run { start = start ?? $0.losses.style }
    #expect(iterates == [3, 4] && outcome.iterations == 5)
    #expect(max(outcome.picture.width, outcome.picture.height) == 64)
    #expect(try #require(first) < #require(start), "what was painted is not lost")
  }

  @Test func `the cost of a large run lies on the line through two small ones`() {
    func point(_ pixels: Double, _ seconds: Double, _ bytes: Int) -> CostLine.Point {
      .init(pixels: pixels, cost: RunCost(secondsPerIteration: seconds, tensorBytes: bytes))
    }
    let (small, large) = (point(100, 0.3, 5000), point(300, 0.5, 9000))
    let cost = CostLine(small, large).cost(ofPixels: 1000)
    #expect(abs(cost.secondsPerIteration - 1.2) < 1e-9 && cost.tensorBytes == 23_000)
    let noisy = CostLine(point(100, 0.6, 5000), large).cost(ofPixels: 1000)
    #expect(noisy.secondsPerIteration == 0.6, "noise does not make large pictures cheap")
    let pass = CostLine(nil, large).cost(ofPixels: 600)
    #expect(pass.secondsPerIteration == 1 && pass.tensorBytes == 18_000)
  }

  @Test func `a whole run takes as long as its iterations at each size`() {
    let line = CostLine(
      nil, .init(pixels: 10_000, cost: RunCost(secondsPerIteration: 1, tensorBytes: 1)))
    var recipe = Recipe()
    recipe.size = 100
    recipe.iterations = 30
    #expect(line.seconds(of: recipe, width: 500, height: 500) == 30)
    recipe.firstSize = 50  // 50, 71 and 100 pixels get 2, 1 and 1 of four parts
    let pixels = 2 * 2500.0 + 71 * 71 + 10_000
    #expect(
      abs(line.seconds(of: recipe, width: 500, height: 500) - pixels / 4 * 30 / 10_000) < 1e-9)
    recipe.stopAfter = 2
    #expect(line.seconds(of: recipe, width: 500, height: 500) == 2)
    recipe.method = .instant
    #expect(line.seconds(of: recipe, width: 500, height: 250) == 0.5)
  }

  @Test func `a measured cost is that of a job`() throws {
    let job = try job(iterations: 2) { $0.size = 320 }
    let cost = try CostLine(measuring: job).cost(
      ofPixels: CostLine.pixels(
        width: job.content.width, height: job.content.height, longerSide: 320))
    // Tests beside this one take memory of their own, so only the least is certain: picture, gradient,
    // two moments and the conv1_1 activation of 24 channels or more.
    #expect(cost.tensorBytes > 320 * 200 * 4 * (12 + 16) && cost.secondsPerIteration > 0)
  }

  @Test func `coarse to fine ends at the full size and does better in as many steps`() throws {
    func outcome(_ change: (inout Recipe) -> Void) throws -> (Outcome, scales: [Int]) {
      var scales: [Int] = []
      let job = try job(iterations: 24) {
        $0.size = 96
        change(&$0)
      }
      let outcome = try StyleTransfer(job).run { scales.append($0.scale) }
      return (outcome, scales)
    }
    let fine = try outcome { _ in }
    let coarse = try outcome { $0.firstSize = 48 }
    #expect(fine.scales.allSatisfy { $0 == 96 })
    #expect(Set(coarse.scales) == [48, 68, 96] && coarse.scales == coarse.scales.sorted())
    #expect(coarse.scales.count == 24)
    #expect(max(coarse.0.picture.width, coarse.0.picture.height) == 96)
    #expect(coarse.0.iterations == 24 && coarse.0.losses != nil)
  }

  @Test func `a run stopped while it is coarse still gives a picture of the full size`() throws {
    let transfer = StyleTransfer(
      try job(iterations: 50) {
        $0.size = 96
        $0.firstSize = 48
      })
    let outcome = try transfer.run { if $0.iteration == 3 { transfer.steering.stop() } }
    #expect(outcome.reason == .stopped && outcome.checkpoint.image.shape.width <= 48)
    #expect(max(outcome.picture.width, outcome.picture.height) == 96)
  }

  @Test func `L-BFGS needs a fraction of Adam's steps`() throws {
    func losses(_ optimizer: Recipe.Optimizer) throws -> [Double] {
      var losses: [Double] = []
      _ = try StyleTransfer(try job(iterations: 60) { $0.optimizer = optimizer }).run {
        losses.append($0.losses.total)
      }
      return losses
    }
    let (adam, lbfgs) = (try losses(.adam), try losses(.lbfgs))
    #expect(zip(lbfgs.dropFirst(), lbfgs).allSatisfy { $0 <= $1 }, "it never goes up")
    let crossing = try #require(lbfgs.firstIndex { $0 < adam[59] })
    #expect(crossing <= 45)
  }

  @Test func `averaging shows a calmer picture than the last one, and a resumed run the same`()
    throws
  {
    func averaged(_ iterations: Int, from beginning: StylingJob.Beginning = .recipe) throws
      -> Outcome
    {
      let job = try job(iterations: iterations) { $0.averaging = 0.8 }
      return try StyleTransfer(
        try StylingJob(
          content: job.content, styles: job.styles, recipe: job.recipe, network: job.network,
          threads: 2, beginning: beginning)
      ).run { _ in }
    }
    let whole = try averaged(8)
    #expect(whole.picture != Picture(whole.checkpoint.image))
    let half = try averaged(4)
    #expect(try averaged(8, from: .checkpoint(half.checkpoint)).picture == whole.picture)
  }

  @Test func `a run can be lengthened while it runs`() throws {
    let transfer = StyleTransfer(try job(iterations: 2))
    let outcome = try transfer.run { iterate in
      if iterate.iteration == 1 { transfer.steering.steer { $0.iterations = 5 } }
    }
    #expect(outcome.iterations == 5 && outcome.reason == .completed)
  }

  @Test func `stopping keeps what there is`() throws {
    let transfer = StyleTransfer(try job(iterations: 1000))
    let outcome = try transfer.run { iterate in
      if iterate.iteration == 3 { transfer.steering.stop() }
    }
    #expect(outcome.reason == .stopped && outcome.iterations == 3)
    let three = try StyleTransfer(try job(iterations: 3)).run { _ in }
    #expect(outcome.picture == three.picture)
  }

  @Test func `pausing halts the run until it is resumed`() throws {
    let transfer = StyleTransfer(try job(iterations: 6))
    let atPause = DispatchSemaphore(value: 0)
    let ended = DispatchSemaphore(value: 0)
    let last = Mutex(-1)
    let iterations = Mutex(0)
    transfer.start(
      onIterate: { iterate in
        last.withLock { $0 = iterate.iteration }
        if iterate.iteration == 2 {
          transfer.steering.pause()
          atPause.signal()
        }
      },
      onEnd: { result in
        iterations.withLock { $0 = (try? result.get().iterations) ?? -1 }
        ended.signal()
      })
    atPause.wait()
    #expect(last.withLock { $0 } == 2)
    transfer.steering.resume()
    ended.wait()
    #expect(iterations.withLock { $0 } == 6)
  }

  @Test func `a run ends when its loss is low enough`() throws {
    let outcome = try StyleTransfer(try job(iterations: 1000) { $0.stopBelow = 1 }).run { _ in }
    #expect(outcome.reason == .reachedTarget)
    #expect(outcome.losses.map { $0.total < 1 } == true && outcome.iterations < 1000)
  }

  @Test func `noise starts the same for the same seed`() throws {
    func start(_ seed: UInt64) throws -> [Float] {
      var first: [Float] = []
      _ = try StyleTransfer(
        try job(iterations: 1) {
          $0.start = .noise
          $0.seed = seed
        }
      ).run { first = $0.image.elements }
      return first
    }
    #expect(try start(1) == start(1))
    #expect(try start(1) != start(2))
    #expect(try start(1).allSatisfy { (0...1).contains($0) })
  }

  @Test func `what cannot be run is refused before it starts`() throws {
    #expect(throws: StylingError.unknownLayer("conv9_1", model: "vgg16")) {
      try job(iterations: 1) { $0.styleLayers = ["conv9_1"] }
    }
    #expect(throws: StylingError.noLayers) { try job(iterations: 1) { $0.contentLayers = [] } }
    #expect(
      throws: StylingError.tooNarrow(
        what: "content picture", height: 12, width: 16, minimum: 16)
    ) {
      try job(iterations: 1) { $0.size = 16 }
    }
  }
}
