import TestSupport
import Tensors
import Testing

@testable import Styling

@Suite struct LBFGSTests {
  private let workers = Workers(threads: 2)

  /// Minimizes as a run does; returns the last point that was kept, and the losses of all that were.
  private func minimize(
    from start: [Float], steps: Int,
    _ evaluate: ([Double]) -> (loss: Double, gradient: [Double])
  ) -> (point: [Double], losses: [Double]) {
    var image = Tensor(shape: [1, start.count, 1])
    image.withMutableFloats { for i in $0.indices { $0[i] = start[i] } }
    var optimizer = LBFGS(history: 8)
    var losses: [Double] = []
    var point: [Double] = []
    while optimizer.step < steps {
      let here = image.withFloats { $0.map(Double.init) }
      let (loss, gradient) = evaluate(here)
      if optimizer.retreats(&image, from: loss, on: workers) { continue }
      point = image.withFloats { $0.map(Double.init) }
      losses.append(evaluate(point).loss)
      var slope = Tensor(shape: image.shape)
      slope.withMutableFloats { for i in $0.indices { $0[i] = Float(gradient[i]) } }
      optimizer.step(&image, along: slope, loss: loss, on: workers)
    }
    return (point, losses)
  }

  @Test func `an ill-conditioned quadratic is solved within a few times its dimension`() {
    var random = SeededRandom(seed: 3)
    let goal = (0..<20).map { _ in Double(random.uniform([1], in: 0.2...0.8).withFloats { $0[0] }) }
    let scales = (0..<20).map { pow2(Double($0) / 2) }
    let result = minimize(from: Array(repeating: 0.5, count: 20), steps: 60) { x in
      let differences = zip(x, goal).map { $0 - $1 }
      return (
        zip(scales, differences).reduce(0) { $0 + 0.5 * $1.0 * $1.1 * $1.1 },
        zip(scales, differences).map(*)
      )
    }
    #expect(zip(result.point, goal).allSatisfy { abs($0 - $1) < 1e-2 })
    #expect(result.losses[59] < 1e-4 * result.losses[0])
    #expect(zip(result.losses.dropFirst(), result.losses).allSatisfy { $0 <= $1 }, "monotone")
  }

  @Test func `Rosenbrock's valley is followed to its end`() {
    // The box 0…1 stands for -1.5…1.5.
    let result = minimize(from: [0.1, 0.9], steps: 80) { x in
      let (a, b) = (3 * x[0] - 1.5, 3 * x[1] - 1.5)
      let (bend, rest) = (b - a * a, 1 - a)
      return (
        100 * bend * bend + rest * rest,
        [3 * (-400 * a * bend - 2 * rest), 3 * 200 * bend]
      )
    }
    #expect(abs(3 * result.point[0] - 1.5 - 1) < 1e-2 && abs(3 * result.point[1] - 1.5 - 1) < 1e-2)
  }

  @Test func `a minimum outside the box is approached along its side`() {
    // Lowest at (1.5, 0.3): in the box at (1, 0.3 + 0.5 · coupling).
    let result = minimize(from: [0.2, 0.9], steps: 40) { x in
      let (u, v) = (x[0] - 1.5, x[1] - 0.3)
      return (u * u + v * v - 0.8 * u * v, [2 * u - 0.8 * v, 2 * v - 0.8 * u])
    }
    #expect(result.point[0] == 1 && abs(result.point[1] - 0.1) < 1e-3)
  }

  @Test func `a step too long is taken back`() {
    let result = minimize(from: [0.9], steps: 30) { x in
      // Flat, then very steep: the first steps overshoot.
      let u = x[0] - 0.3
      return (u * u * u * u * 1e4, [4e4 * u * u * u])
    }
    #expect(abs(result.point[0] - 0.3) < 0.02)
    #expect(zip(result.losses.dropFirst(), result.losses).allSatisfy { $0 <= $1 })
  }

  private func pow2(_ x: Double) -> Double {
    var result = 1.0
    for _ in 0..<Int(x) { result *= 2 }
    return result * (x.truncatingRemainder(dividingBy: 1) > 0 ? 2.0.squareRoot() : 1)
  }
}
