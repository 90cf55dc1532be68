import Kernels
import Tensors
import Testing

@Suite struct UnitDistanceTests {
  /// The definition, in double precision.
  private func reference(_ x: Tensor, _ y: Tensor, weights: [Double]) -> Double {
    let channels = x.shape.channels
    var sum = 0.0
    for position in 0..<x.count / channels {
      func unit(_ tensor: Tensor) -> [Double] {
        let values = (0..<channels).map { Double(tensor[position * channels + $0]) }
        let norm = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return values.map { $0 / (norm + 1e-10) }
      }
      for (channel, (a, b)) in zip(unit(x), unit(y)).enumerated() {
        sum += weights[channel] * (a - b) * (a - b)
      }
    }
    return sum / Double(x.count / channels)
  }

  @Test(arguments: [(1, 1, 1), (3, 5, 7), (9, 13, 16), (40, 31, 48), (5, 4, 515)])
  func `it agrees with the definition`(height: Int, width: Int, channels: Int) {
    var random = SeededRandom(seed: 4)
    let shape: Shape = [height, width, channels]
    let (x, y) = (random.uniform(shape), random.uniform(shape, in: 0...3))
    let weights = random.uniform([channels], in: 0...2)
    for threads in [1, 3] {
      let workers = Workers(threads: threads)
      let plain = UnitDistance.mean(x, y, on: workers)
      #expect(
        abs(plain - reference(x, y, weights: Array(repeating: 1, count: channels)))
          < 1e-5 * max(1, plain))
      let weighted = UnitDistance.mean(x, y, weights: weights, on: workers)
      #expect(
        abs(weighted - reference(x, y, weights: weights.elements.map(Double.init)))
          < 1e-5 * max(1, weighted))
    }
  }

  @Test func `strength does not count, and nothing is as far from nothing as it is`() {
    var random = SeededRandom(seed: 5)
    let x = random.uniform([6, 6, 32], in: 0.1...1)
    var louder = x
    louder.withMutableFloats { for i in $0.indices { $0[i] *= 7 } }
    let workers = Workers(threads: 2)
    #expect(UnitDistance.mean(x, louder, on: workers) < 1e-10)
    let nothing = Tensor(shape: [6, 6, 32])
    #expect(UnitDistance.mean(nothing, nothing, on: workers) == 0)
    #expect(abs(UnitDistance.mean(x, nothing, on: workers) - 1) < 1e-6)
  }
}
