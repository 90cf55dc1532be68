import Pictures
import Tensors

extension Exploration {
  /// A run that takes its turn.
  private struct Sketch {
    let variation: Variation
    let schedule: ScaleSchedule
    /// Which size of the schedule it is at.
    var index = 0
    var descent: Descent
    var rules = StopRules()
    var isOver: Bool
    /// What the objective said before a step that may be taken back, so that nobody was told of it yet.
    var unconfirmed: Losses?

    /// Where its schedule says that it should be.
    var due: Int {
      schedule.index(at: descent.state.iteration, of: variation.recipe.iterations)
    }
  }

  /// An easel for each size that a run has come to.
  private struct Easels {
    let job: StylingJob
    let cache: StyleTargetCache
    let workers: Workers
    let checkpoint: () throws(Brake.Stop) -> Void
    private var easels: [Int: Easel] = [:]

    init(
      for job: StylingJob, cache: StyleTargetCache, on workers: Workers,
      checkpoint: @escaping () throws(Brake.Stop) -> Void
    ) {
      self.job = job
      self.cache = cache
      self.workers = workers
      self.checkpoint = checkpoint
    }

    mutating func easel(at size: Int) throws(Brake.Stop) -> Easel {
      if let easel = easels[size] { return easel }
      let easel = try Easel(
        for: job, on: Canvas(for: job, longerSide: size, on: workers),
        styleSize: job.styleSize(at: size), isSampled: true, cache: cache, workers: workers,
        checkpoint: checkpoint)
      easels[size] = easel
      return easel
    }
  }

  /// All of it, on the calling thread: turn by turn, until stopped.
  func run(onReport: (Report) -> Void, onDivergence: (Variation) -> Void) throws {
    var easels = Easels(
      for: job, cache: cache, on: Workers(threads: job.threads), checkpoint: brake.checkpoint)
    do {
      var sketches: [Sketch] = []
      var revision: Int?
      while true {
        let wish = wish.withLock { $0 }
        if wish.revision != revision {
          revision = wish.revision
          sketches = try wish.variations.map { variation in
            try sketches.first { $0.variation == variation } ?? sketch(of: variation, on: &easels)
          }
        }
        if sketches.allSatisfy(\.isOver) { try brake.waitForChange() }
        for index in sketches.indices where !sketches[index].isOver {
          try takeTurn(&sketches[index], on: &easels, onReport, onDivergence)
          // Whoever waits for other pictures waits no longer than one step.
          if self.wish.withLock({ $0.revision }) != revision { break }
        }
      }
    } catch is Brake.Stop {}
  }

  /// The run at its beginning.
  private func sketch(of variation: Variation, on easels: inout Easels) throws -> Sketch {
    let recipe = variation.recipe
    let schedule = job.schedule(of: recipe)
    let canvas = try easels.easel(at: schedule.sizes[0]).canvas
    let beginning = try Checkpoint(
      .recipe, of: recipe, on: canvas, workers: easels.workers
    ) {
      try job.instantStart(
        on: canvas, under: recipe, shares: recipe.styles.map(\.weight), workers: easels.workers,
        checkpoint: brake.checkpoint)
    }
    return Sketch(
      variation: variation, schedule: schedule,
      descent: Descent(from: beginning, comparing: StyleComparison(recipe)),
      isOver: recipe.iterations < 1)
  }

  private func takeTurn(
    _ sketch: inout Sketch, on easels: inout Easels, _ onReport: (Report) -> Void,
    _ onDivergence: (Variation) -> Void
  ) throws {
    let recipe = sketch.variation.recipe
    func report(_ losses: Losses) {
      let state = sketch.descent.state
      onReport(
        Report(
          variation: sketch.variation, iteration: state.iteration, losses: losses,
          image: state.shown, isLast: sketch.isOver, finish: finish))
    }
    do {
      let easel = try easels.easel(at: sketch.schedule.sizes[sketch.index])
      let controls = Steering.Controls(recipe)
      let appraisal = try sketch.descent.appraisal(
        under: controls, on: easel, checkpoint: brake.checkpoint)
      let losses = appraisal.losses
      // The picture is somewhere else now, and looked at anew at the next turn.
      if sketch.descent.retreats(from: losses, on: easel) { return }
      let before = sketch.unconfirmed
      sketch.unconfirmed = nil
      // Time is left out: the runs share it.
      let reason = sketch.rules.reason(
        toEndAfter: losses, at: sketch.descent.state.iteration, seconds: 0, under: controls,
        isFinest: sketch.index == sketch.schedule.sizes.count - 1)
      sketch.isOver = reason != nil
      if sketch.isOver || before != nil { report(before ?? losses) }
      if sketch.isOver { return }
      try sketch.descent.step(along: appraisal, on: easel, checkpoint: brake.checkpoint)
      // At another size no step is taken back.
      let isFinal = try grows(&sketch, on: &easels) || !sketch.descent.mayRetreat
      if isFinal {
        sketch.isOver = sketch.descent.state.iteration >= recipe.iterations
        report(losses)
      } else {
        sketch.unconfirmed = losses
      }
    } catch StylingError.diverged {
      sketch.isOver = true
      onDivergence(sketch.variation)
    }
  }

  /// Takes a run on to the size that it should have by now; false where it has that already.
  private func grows(_ sketch: inout Sketch, on easels: inout Easels) throws -> Bool {
    let index = sketch.due
    guard index > sketch.index else { return false }
    let recipe = sketch.variation.recipe
    let content = try easels.easel(at: sketch.schedule.sizes[index]).canvas.photograph
    sketch.index = index
    sketch.descent = Descent(
      from: sketch.descent.state.continued(under: recipe, like: content, on: easels.workers),
      comparing: StyleComparison(recipe))
    sketch.rules = StopRules()
    return true
  }
}
