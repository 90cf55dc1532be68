import Testing

@testable import Batches

@Suite struct BatchCapacityTests {
  private func capacity(
    _ count: Int, cores: Int = 8, megabytes: Int = 1, jobs: Int? = nil, threads: Int? = nil
  ) -> [Int] {
    let capacity = BatchCapacity(
      jobs: jobs, threads: threads, count: count, bytesEach: megabytes << 20, cores: cores,
      available: 1000 << 20)
    return [capacity.jobs, capacity.threads]
  }

  @Test func `many pictures are painted side by side, few by all threads`() {
    #expect(capacity(180) == [8, 1])
    #expect(capacity(180, cores: 2) == [2, 1])
    #expect(capacity(1) == [1, 8])
    #expect(capacity(4) == [4, 2])
    #expect(capacity(3, cores: 2) == [1, 2])
  }

  @Test func `memory bounds how many`() {
    #expect(capacity(180, megabytes: 300) == [2, 4])
    #expect(capacity(180, megabytes: 5000) == [1, 8])
  }

  @Test func `who asks gets it`() {
    #expect(capacity(180, jobs: 3) == [3, 2])
    #expect(capacity(180, megabytes: 5000, jobs: 2, threads: 5) == [2, 5])
    #expect(capacity(180, threads: 4) == [2, 4])
  }

  @Test func `shards take about as long as wanted, and all items are in one`() {
    func shards(_ seconds: [Double], target: Double, lanes: Int = 1, most: Int = 1000) -> [Int] {
      let ranges = SlurmShards(seconds: seconds, target: target, lanes: lanes, most: most).ranges
      #expect(ranges.first?.lowerBound == 0 && ranges.last?.upperBound == seconds.count)
      #expect(zip(ranges, ranges.dropFirst()).allSatisfy { $0.upperBound == $1.lowerBound })
      return ranges.map(\.count)
    }
    let equal = [Double](repeating: 10, count: 12)
    #expect(shards(equal, target: 30) == [3, 3, 3, 3])
    #expect(shards(equal, target: 30, lanes: 2) == [6, 6])
    #expect(shards(equal, target: 30, most: 2) == [6, 6])
    #expect(shards(equal, target: 1) == [Int](repeating: 1, count: 12))
    #expect(shards(equal, target: 1e9) == [12])
    #expect(shards([100, 1, 1, 1, 1], target: 52) == [1, 4])
    #expect(shards([1, 1, 1, 1, 100], target: 26).reduce(0, +) == 5)
    #expect(shards([0, 0, 10, 0], target: 10) == [1, 1, 1, 1])
    #expect(shards([5], target: 1) == [1])
  }
}
