import Pictures
import Tensors

extension Exploration {
  /// A run that takes its turn.
  private struct Sketch {
    let variation: Variation
    var descent: Descent
    var rules = StopRules()
    var isOver: Bool
    /// What the objective said before a step that may be taken back, so that nobody was told of it yet.
    var unconfirmed: Losses?
  }

  /// All of it, on the calling thread: turn by turn, until stopped.
  func run(onReport: (Report) -> Void, onDivergence: (Variation) -> Void) throws {
    let workers = Workers(threads: job.threads)
    let content = Tensor(job.content.resized(longerSide: job.recipe.size, on: workers))
    do {
      let easel = try Easel(
        for: job, content: content, isSampled: true, cache: cache, on: workers,
        checkpoint: brake.checkpoint)
      var sketches: [Sketch] = []
      var revision: Int?
      while true {
        let wish = wish.withLock { $0 }
        if wish.revision != revision {
          revision = wish.revision
          sketches = wish.variations.map { sketch(of: $0, from: sketches, content, on: workers) }
        }
        if sketches.allSatisfy(\.isOver) { try brake.waitForChange() }
        for index in sketches.indices where !sketches[index].isOver {
          try takeTurn(&sketches[index], on: easel, onReport, onDivergence)
          // Whoever waits for other pictures waits no longer than one step.
          if self.wish.withLock({ $0.revision }) != revision { break }
        }
      }
    } catch is Brake.Stop {}
  }

  /// The run as it is among those before, or at its beginning.
  private func sketch(
    of variation: Variation, from sketches: [Sketch], _ content: Tensor, on workers: Workers
  ) -> Sketch {
    sketches.first { $0.variation == variation }
      ?? Sketch(
        variation: variation,
        descent: Descent(
          from: Checkpoint(.recipe, of: variation.recipe, like: content, on: workers),
          comparing: StyleComparison(variation.recipe)),
        isOver: variation.recipe.iterations < 1)
  }

  private func takeTurn(
    _ sketch: inout Sketch, on easel: Easel, _ onReport: (Report) -> Void,
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
    func areAllStepsTaken() -> Bool { sketch.descent.state.iteration >= recipe.iterations }
    do {
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
        isFinest: true)
      sketch.isOver = reason != nil
      if sketch.isOver || before != nil { report(before ?? losses) }
      if sketch.isOver { return }
      try sketch.descent.step(along: appraisal, on: easel, checkpoint: brake.checkpoint)
      if sketch.descent.mayRetreat {
        sketch.unconfirmed = losses
      } else {
        sketch.isOver = areAllStepsTaken()
        report(losses)
      }
    } catch StylingError.diverged {
      sketch.isOver = true
      onDivergence(sketch.variation)
    }
  }
}
