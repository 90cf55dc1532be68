import Terminal
import Testing

@testable import Studio

@Suite struct LossChartTests {
  private func state(_ values: [Double], capacity: Int = 1) -> StudioState {
    var state = SampleState.picked.state(100, 30)
    state.run.recipe = state.completeRecipe
    for (index, value) in values.enumerated() {
      state.losses.append(
        .init(iteration: index, total: value, content: value, style: value, tv: 0))
    }
    return state
  }

  private func dotted(_ state: StudioState) -> Int {
    view(state).cells.count { cell in
      guard case .text(let text) = cell.content, let scalar = text.unicodeScalars.first else {
        return false
      }
      return (0x2801...0x28FF).contains(scalar.value)
    }
  }

  @Test(arguments: [
    [1], [0], [0, 0, 0], [1, 1, 1, 1], [.nan, 1, .infinity, 2, -3, 0.5],
    [1e300, 1e-300, 1e-307], [-1, -2],
  ])
  func `odd losses are drawn as far as they can be`(values: [Double]) {
    let count = dotted(state(values))
    #expect((count > 0) == values.contains { $0.isFinite && $0 > 0 })
  }

  @Test func `eight thousand samples fill the width and no more`() {
    let state = state((0..<8192).map { 1000 / Double($0 + 1) })
    let chart = LossChart(
      state.losses, iterations: 0, reading: nil, showsLayers: false, theme: .standard)
    #expect(chart.lastIteration == 10_000)
    #expect(dotted(state) > 20)
  }

  @Test func `curves of any magnitude are seen`() {
    var history = LossHistory()
    for step in 0..<100 {
      let decay = 1 / Double(step + 1)
      history.append(
        .init(iteration: step, total: 1e9 * decay, content: 1e-9 * decay, style: decay, tv: 1))
    }
    let chart = LossChart(
      history, iterations: 200, reading: nil, showsLayers: false, theme: .standard)
    #expect(chart.curves.map(\.points.count) == [100, 100, 100, 100])
    #expect(chart.curves.allSatisfy { $0.points.contains { $0.level == 0 } })
    #expect(chart.lastIteration == 100)
  }

  @Test func `the legend reads the iterate that is looked at`() throws {
    let state = state([8, 4, 2, 1])
    let chart = LossChart(
      state.losses, iterations: 10, reading: 2, showsLayers: false, theme: .standard)
    #expect(chart.curves[0].value == 2)
    #expect(chart.lastIteration == 10)
  }

  @Test func `losses keep to seven columns`() {
    for value in [0, 1e-300, 1e-9, 0.00012345, 0.12345, 9.9999, 99.999, 123.45, 99999, 1e5, 1e308] {
      #expect(Readout.loss(value).count <= 7, "\(Readout.loss(value))")
    }
    #expect(Readout.loss(.nan) == "–")
  }
}
