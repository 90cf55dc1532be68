import Pictures
import Recipes
import Testing

@testable import Styling

@Suite struct StopRulesTests {
  private func losses(_ total: Double) -> Losses {
    Losses(
      content: 0, style: total, styleByLayer: [:], tv: 0,
      weights: LossWeights(content: 0, style: 1, tv: 0))
  }

  private func controls(_ change: (inout Recipe) -> Void) -> Steering.Controls {
    var recipe = Recipe()
    recipe.iterations = 1000
    change(&recipe)
    return Steering.Controls(recipe)
  }

  /// When, of losses that fall to `floor` by half every ten steps, the run ends.
  private func end(
    _ controls: Steering.Controls, floor: Double = 1, secondsPerStep: Double = 0,
    isFinest: Bool = true
  ) -> (iteration: Int, reason: Outcome.Reason?) {
    var rules = StopRules()
    var excess = 100.0
    for iteration in 0...2000 {
      let reason = rules.reason(
        toEndAfter: losses(floor + excess), at: iteration,
        seconds: Double(iteration) * secondsPerStep, under: controls, isFinest: isFinest)
      if reason != nil { return (iteration, reason) }
      excess *= 0.933
    }
    return (-1, nil)
  }

  @Test func `a run ends with its iterations, its time, at its target or when nothing changes`() {
    #expect(end(controls { _ in }) == (1000, .completed))
    #expect(end(controls { $0.stopAfter = 5 }, secondsPerStep: 0.1) == (50, .ranOutOfTime))
    #expect(end(controls { $0.stopBelow = 2 }) == (67, .reachedTarget))
    let flat = end(controls { $0.stopWhenFlat = 0.001 })
    // The excess over the floor is about 0.001 of it then, and was not half a window before.
    #expect(flat.reason == .flattened && (150...220).contains(flat.iteration))
    #expect(end(controls { $0.stopWhenFlat = 0.1 }).iteration < flat.iteration)
  }

  @Test func `what a small size's loss is ends nothing`() {
    let controls = controls {
      $0.stopBelow = 2
      $0.stopWhenFlat = 0.1
    }
    #expect(end(controls, isFinest: false) == (1000, .completed))
  }

  @Test func `nor does that of a picture which is still to become the photograph`() {
    let controls = controls {
      $0.stopBelow = 2
      $0.contentFirst = 300
    }
    #expect(end(controls) == (300, .reachedTarget))
    #expect(controls.weights(at: 299).style == 0 && controls.weights(at: 300).style == 10)
  }

  @Test func `a change of the sliders begins the window anew`() {
    var rules = StopRules()
    var controls = controls { $0.stopWhenFlat = 0.01 }
    var ends: [Int] = []
    for iteration in 0..<120 {
      if iteration == 40 { controls.weights.style = 3 }
      let reason = rules.reason(
        toEndAfter: losses(7), at: iteration, seconds: 0, under: controls, isFinest: true)
      if reason == .flattened { ends.append(iteration) }
    }
    #expect(ends.first == 40 + Plateau.window - 1)
  }
}
