import Dispatch
import Foundation
import Synchronization

/// The threads an engine computes on, and a scratch buffer for each.
///
/// One engine owns one `Workers` and uses it from one queue at a time; it is not `Sendable`.
/// What a parallel loop computes must not depend on which worker ran which index; then a result
/// does not depend on the number of threads either.
public final class Workers {
  /// How many threads work at once, at least 1.
  public let threads: Int

  private var scratch: [UnsafeMutableRawBufferPointer] = []

  /// Workers on `threads` threads; by default one for each core.
  public init(threads: Int = Workers.coreCount) {
    self.threads = max(1, threads)
  }

  deinit {
    for buffer in scratch { buffer.deallocate() }
  }

  /// The cores that the scheduler grants this process.
  public static var coreCount: Int { ProcessInfo.processInfo.activeProcessorCount }

  /// Calls `body` once for each index below `count`, several at once, and returns when all are done.
  ///
  /// - Parameters:
  ///   - count: how many indices; a worker that is done takes the next one.
  ///   - scratchCount: how many floats of scratch each call needs.
  ///   - body: gets an index and scratch of its worker's, unset and 64-byte aligned; runs on several
  ///     threads, so what it writes must belong to its index alone.
  public func forEach(
    _ count: Int, scratch scratchCount: Int = 0,
    _ body: (_ index: Int, _ scratch: UnsafeMutablePointer<Float>) -> Void
  ) {
    let concurrency = min(threads, count)
    guard concurrency > 0 else { return }
    let buffers = scratch(ofAtLeast: scratchCount, for: concurrency)
    if concurrency == 1 {
      for index in 0..<count { body(index, buffers[0]) }
      return
    }
    // `body` captures pointers, which are not `Sendable`; that each index touches memory of its own
    // is the caller's side of the contract, as it is for any parallel loop over raw memory.
    withoutActuallyEscaping(body) { body in
      nonisolated(unsafe) let body = body
      nonisolated(unsafe) let buffers = buffers
      let next = Atomic(0)
      DispatchQueue.concurrentPerform(iterations: concurrency) { worker in
        while true {
          let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
          guard index < count else { return }
          body(index, buffers[worker])
        }
      }
    }
  }

  /// Calls `body` with consecutive ranges that together cover `0..<count`, several at once.
  ///
  /// - Parameters:
  ///   - count: the end of the last range.
  ///   - grain: the length of each range but the last; fixes the partition, so that sums by range
  ///     are the same for every number of threads.
  ///   - body: gets a range and its number.
  public func forEachRange(
    of count: Int, grain: Int, _ body: (_ range: Range<Int>, _ number: Int) -> Void
  ) {
    forEach(count.dividedUp(by: grain)) { number, _ in
      body(number * grain..<min(count, (number + 1) * grain), number)
    }
  }

  private func scratch(ofAtLeast count: Int, for workers: Int) -> [UnsafeMutablePointer<Float>] {
    let bytes = max(count, 16) * MemoryLayout<Float>.stride
    while scratch.count < workers { scratch.append(Self.allocate(bytes)) }
    for worker in 0..<workers where scratch[worker].count < bytes {
      scratch[worker].deallocate()
      scratch[worker] = Self.allocate(bytes)
    }
    return scratch.compactMap { $0.baseAddress?.assumingMemoryBound(to: Float.self) }
  }

  private static func allocate(_ bytes: Int) -> UnsafeMutableRawBufferPointer {
    UnsafeMutableRawBufferPointer(
      start: TensorStorage.allocate(byteCount: bytes), count: bytes)
  }
}
