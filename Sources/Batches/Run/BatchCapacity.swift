import Foundation
import Tensors

/// How many pictures are painted at once, and by how many threads each.
public struct BatchCapacity: Equatable, Sendable {
  /// Pictures at once.
  public let jobs: Int

  /// Threads for each.
  public let threads: Int

  /// Bytes that they may take together.
  public let bytes: Int

  /// The fastest way to so many pictures.
  ///
  /// Pictures side by side on a thread each do more than threads on one picture, as far as memory
  /// allows; but where there are fewer pictures than cores, threads must help.
  ///
  /// - Parameters:
  ///   - jobs: as the user wants it, if so.
  ///   - threads: as the user wants it, if so.
  ///   - count: how many pictures there are.
  ///   - bytesEach: what the largest takes.
  ///   - cores: how many there are.
  ///   - available: how many bytes may be taken.
  public init(
    jobs: Int? = nil, threads: Int? = nil, count: Int, bytesEach: Int,
    cores: Int = Workers.coreCount, available: Int = SystemMemory.availableBytes
  ) {
    bytes = available / 4 * 3
    if let jobs {
      self.jobs = jobs
      self.threads = threads ?? max(1, cores / jobs)
      return
    }
    let room = max(1, bytes / max(1, bytesEach))
    let most = max(1, min(cores / (threads ?? 1), room, count))
    // The rounds it takes, times how long one takes: threads on one picture lose a seventh or so.
    func time(_ jobs: Int) -> Double {
      let threads = Double(threads ?? cores / jobs)
      return Double(count.dividedUp(by: jobs)) / pow(threads, 0.85)
    }
    let best = (1...most).min { (time($0), -$0) < (time($1), -$1) } ?? 1
    self.jobs = best
    self.threads = threads ?? max(1, cores / best)
  }
}
