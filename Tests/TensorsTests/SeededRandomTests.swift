import Testing

@testable import Tensors

@Suite struct SeededRandomTests {
  @Test func `the numbers are the published ones`() {
    // The first outputs of the reference implementation for this seed.
    var random = SeededRandom(seed: 1_234_567)
    #expect(random.next() == 6_457_827_717_110_365_317)
    #expect(random.next() == 3_203_168_211_198_807_973)
    #expect(random.next() == 9_817_491_932_198_370_423)
  }

  @Test func `normal numbers have the mean and deviation asked for`() {
    var random = SeededRandom(seed: 1)
    let numbers = random.normal([100, 100, 3], mean: 0.5, deviation: 0.15).elements.map(Double.init)
    let mean = numbers.reduce(0, +) / Double(numbers.count)
    let variance = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(numbers.count)
    #expect(abs(mean - 0.5) < 0.005)
    #expect(abs(variance.squareRoot() - 0.15) < 0.005)
  }
}
