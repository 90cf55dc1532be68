import TestSupport
import Tensors
import Testing

@testable import Styling

@Suite struct ScaleScheduleTests {
  @Test func `sizes go down from the result's by √2`() {
    #expect(ScaleSchedule(size: 512, first: 128).sizes == [128, 181, 256, 362, 512])
    #expect(ScaleSchedule(size: 500, first: 300).sizes == [354, 500])
    #expect(ScaleSchedule(size: 500, first: nil).sizes == [500])
    #expect(ScaleSchedule(size: 500, first: 800).sizes == [500])
    #expect(ScaleSchedule(size: 512, first: 128).keeping { $0 > 200 }.sizes == [256, 362, 512])
    #expect(ScaleSchedule(size: 100, first: 50).keeping { _ in false }.sizes == [100])
  }

  @Test func `the first size takes twice the steps of the others, and every step has one`() {
    let schedule = ScaleSchedule(size: 512, first: 128)
    let counts = (0..<300).reduce(into: [0, 0, 0, 0, 0]) {
      $0[schedule.index(at: $1, of: 300)] += 1
    }
    #expect(counts == [100, 50, 50, 50, 50])
    #expect(schedule.index(at: 0, of: 0) == 0 && schedule.index(at: 9, of: 3) == 4)
    #expect(schedule.index(at: .max, of: 1) == 4)
  }

  @Test func `a taper below 1 leaves most steps to the largest size`() {
    let schedule = ScaleSchedule(size: 200, first: 100, taper: 0.5)
    #expect(schedule.steps(of: 8) == [2, 2, 4])
  }

  @Test func `a taper gives smaller sizes more steps, and time is shared as steps cost`() {
    let schedule = ScaleSchedule(size: 200, first: 100, taper: 2)
    #expect(schedule.sizes == [100, 141, 200])
    let counts = (0..<110).reduce(into: [0, 0, 0]) { $0[schedule.index(at: $1, of: 110)] += 1 }
    #expect(counts == [80, 20, 10])
    // 8 · 1 : 2 · 2 : 1 · 4 of the time, of 16.
    #expect(schedule.index(at: 0, of: 110, elapsed: 0.49) == 0)
    #expect(schedule.index(at: 0, of: 110, elapsed: 0.6) == 1)
    #expect(schedule.index(at: 0, of: 110, elapsed: 0.76) == 2)
    #expect(schedule.index(at: 100, of: 110, elapsed: 0) == 2, "whichever comes first")
  }

  @Test func `moments that grow with the picture keep their mean, scaled by a pixel's area`() {
    var random = SeededRandom(seed: 8)
    let workers = Workers(threads: 2)
    let gradient = random.uniform([20, 30, 3], in: -1...1)
    var adam = Adam(.init(), shape: [20, 30, 3])
    var image = Tensor(shape: [20, 30, 3])
    adam.step(&image, along: gradient, on: workers)
    let before = adam.mean.withFloats { $0.reduce(0, +) }
    adam.resample(to: [40, 60, 3], on: workers)
    let after = adam.mean.withFloats { $0.reduce(0, +) }
    // Four times the pixels of a quarter the gradient; edges are repeated, so only nearly.
    #expect(abs(after - before) < 0.1 * abs(before) + 0.05)
    #expect(adam.meanSquare.withFloats { $0.allSatisfy { $0 >= 0 } })
    #expect(adam.step == 1)
  }

  @Test func `a flat tensor stays flat at every size`() {
    var flat = Tensor(shape: [7, 5, 3])
    flat.fill(with: 0.25)
    let larger = flat.bilinear(to: [16, 3, 3], on: Workers(threads: 2))
    #expect(larger.withFloats { $0.allSatisfy { $0 == 0.25 } })
  }

  @Test func `the running mean is that of all pictures at first and forgets in time`() throws {
    let workers = Workers(threads: 1)
    var average = RunningAverage(decay: 0.5, shape: [1, 1, 3])
    #expect(average.mean == nil)
    var image = Tensor(shape: [1, 1, 3])
    for value: Float in [1, 0, 0.5] {
      image.fill(with: value)
      average.take(image, on: workers)
    }
    // (1/8 · 1 + 1/4 · 0 + 1/2 · 0.5) / (7/8)
    let mean = try #require(average.mean).withFloats { $0[0] }
    #expect(abs(mean - 3.0 / 7) < 1e-6)
  }
}
