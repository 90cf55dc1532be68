import TestSupport
import Tensors
import Testing

@testable import Kernels

@Suite struct SlicedTransportTests {
  let workers = Workers(threads: 2)

  // numpy: the mean over the directions of mean((sort(f @ d) - interp(sort(t @ d)))²).
  static let features: [Float] = [
    -0.5, 0.75, -1.5, 1.5, -0.75, -1.25, 0.25, 1.75, 1.75, 1.5, -0.75, -2, 1.25, 1, 1.25, -2, -2, 0,
  ]
  static let target: [Float] = [
    -0.75, -0.25, 1.75, -1.25, 0, -0.75, -0.75, 1.25, -1.5, -0.75, -1.5, -1.5,
  ]
  static let directions: [Float] = [0.6, 0.8, 0, 0, 0.6, -0.8]
  static let cost = 0.8252893518518519

  @Test func `the cost agrees with numpy's`() {
    let directions = Tensor(Self.directions, shape: [2, 3])
    let target = SlicedTransport.quantiles(
      of: Tensor(Self.target, shape: [1, 4, 3]), along: directions, on: workers)
    let cost = SlicedTransport.cost(
      of: Tensor(Self.features, shape: [2, 3, 3]), along: directions, to: target, on: workers)
    #expect(abs(cost.value - Self.cost) < 1e-6)
  }

  @Test func `pixels in another order cost nothing`() {
    var random = SeededRandom(seed: 10)
    let features = random.uniform([7, 9, 5])
    let directions = random.uniform([4, 5])
    let shuffled = Tensor(
      stride(from: 62, through: 0, by: -1).flatMap { pixel in
        (0..<5).map { features[pixel * 5 + $0] }
      }, shape: features.shape)
    let target = SlicedTransport.quantiles(of: shuffled, along: directions, on: workers)
    let cost = SlicedTransport.cost(of: features, along: directions, to: target, on: workers)
    #expect(cost.value < 1e-10)
  }

  @Test func `the number of threads does not change a bit`() {
    var random = SeededRandom(seed: 11)
    let features = random.uniform([70, 80, 16])
    let directions = random.uniform([5, 16])
    let results = [1, 3].map { threads in
      let workers = Workers(threads: threads)
      let target = SlicedTransport.quantiles(of: features, along: directions, on: workers)
      return SlicedTransport.cost(
        of: random.uniform([1, 1, 16]), along: directions, to: target, on: workers
      ).value.isFinite ? target.elements : []
    }
    #expect(results[0] == results[1])
  }

  @Test(arguments: [0, 1, 2, 1000, 5000])
  func `numbers are visited in rising order, equal ones as they come`(count: Int) {
    var random = SeededRandom(seed: 12)
    var numbers = random.uniform([max(count, 1)], in: -3...3).elements
    for i in stride(from: 0, to: count, by: 7) { numbers[i] = Float(i % 3 - 1) * 1e30 }
    let scratch = UnsafeMutablePointer<Float>.allocate(
      capacity: SortedOrder.scratchCount(for: count) + 2)
    defer { scratch.deallocate() }
    var order: [Int] = []
    SortedOrder.visit(numbers, count: count, scratch: scratch) { rank, index in
      #expect(rank == order.count)
      order.append(index)
    }
    let expected = (0..<count).sorted { (numbers[$0], $0) < (numbers[$1], $1) }
    #expect(order == expected)
  }
}
