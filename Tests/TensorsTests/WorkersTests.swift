import Synchronization
import Testing

@testable import Tensors

@Suite struct WorkersTests {
  @Test(arguments: [1, 2, 5])
  func `every index is visited once`(threads: Int) {
    let visits = Mutex([Int](repeating: 0, count: 1000))
    Workers(threads: threads).forEach(1000) { index, _ in
      visits.withLock { $0[index] += 1 }
    }
    #expect(visits.withLock { $0.allSatisfy { $0 == 1 } })
  }

  @Test func `scratch is aligned and belongs to one worker at a time`() {
    let workers = Workers(threads: 3)
    let clashes = Mutex(0)
    for count in [10, 5000] {
      workers.forEach(64, scratch: count) { index, scratch in
        let isAligned = UInt(bitPattern: scratch) % 64 == 0
        for i in 0..<count { scratch[i] = Float(index) }
        let isMine = (0..<count).allSatisfy { scratch[$0] == Float(index) }
        if !isAligned || !isMine { clashes.withLock { $0 += 1 } }
      }
    }
    #expect(clashes.withLock { $0 } == 0)
  }

  @Test func `ranges cover everything whatever the number of threads`() {
    for threads in [1, 4] {
      let ranges = Mutex<[Int: Range<Int>]>([:])
      Workers(threads: threads).forEachRange(of: 103, grain: 10) { range, number in
        ranges.withLock { $0[number] = range }
      }
      let all = ranges.withLock { $0 }
      #expect(all.count == 11)
      #expect(all[0] == 0..<10)
      #expect(all[10] == 100..<103)
    }
  }

  @Test func `no indices means no calls`() {
    Workers(threads: 2).forEach(0) { _, _ in Issue.record("called") }
  }
}
