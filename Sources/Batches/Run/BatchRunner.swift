import Dispatch
import Files
import Pictures
import Synchronization

/// Paints what is missing of a batch, several pictures at once.
///
/// One picture that fails keeps no other from being painted; each is written whole or not at all, with
/// its recipe and the hashes of its sources in it. Whoever ends the process at any moment loses the
/// pictures that were at work, and the next run paints them.
public struct BatchRunner: Sendable {
  /// What there is to paint.
  public let items: [BatchItem]

  /// Where it goes.
  public let folder: BatchFolder

  private let services: BatchServices
  private let ledgerName: String

  /// A runner.
  ///
  /// - Parameters:
  ///   - items: what there is to paint.
  ///   - folder: where it goes; the caller holds a claim on it.
  ///   - part: which part of a batch that several work on, in letters and digits; nil for all of it.
  ///   - services: what it takes.
  public init(
    _ items: [BatchItem], in folder: BatchFolder, part: String? = nil, services: BatchServices
  ) {
    self.items = items
    self.folder = folder
    self.services = services
    ledgerName = part.map { "ledger-\($0).json" } ?? "ledger.json"
  }

  /// Removes what a run left that was killed; nobody else may be at work in the folder.
  public func clean() { folder.removeLeftovers(of: items) }

  /// Looks at what is done already.
  public func survey() -> BatchSurvey { BatchSurvey(of: items, in: folder) }

  /// Keeps what a look has found out, for the next one.
  public func note(_ survey: BatchSurvey) { keeper(survey).close() }

  private func keeper(_ survey: BatchSurvey) -> LedgerKeeper {
    LedgerKeeper(survey, path: "\(folder.state)/\(ledgerName)")
  }

  /// Measures what the rest takes, and tells how it would be done; nothing is painted.
  ///
  /// - Parameters:
  ///   - survey: what is done already.
  ///   - jobs: how many pictures at once; told from cores and memory without.
  ///   - threads: how many threads for each; likewise.
  /// - Throws: what opening networks throws.
  public func outline(
    _ survey: BatchSurvey, jobs: Int? = nil, threads: Int? = nil
  ) throws -> BatchOutline {
    let todo = survey.todo
    let painter = try BatchPainter(of: todo.map { items[$0] }, services: services)
    return outline(todo, by: painter, jobs: jobs, threads: threads)
  }

  private func outline(
    _ todo: [Int], by painter: BatchPainter, jobs: Int?, threads: Int?
  ) -> BatchOutline {
    let estimate = BatchEstimate(of: todo, in: items, by: painter)
    return BatchOutline(
      items: items.count, current: items.count - todo.count,
      capacity: BatchCapacity(
        jobs: jobs, threads: threads, count: todo.count, bytesEach: estimate.bytes),
      estimate: estimate)
  }

  /// Paints the rest, and returns when all of it is painted or the batch is cancelled.
  ///
  /// - Parameters:
  ///   - survey: what is done already.
  ///   - jobs: how many pictures at once; told from cores and memory without.
  ///   - threads: how many threads for each; likewise.
  ///   - cancellation: ends it before.
  ///   - onEvent: called on several threads.
  /// - Throws: `BatchError.file`, and what opening networks throws.
  public func run(
    _ survey: BatchSurvey, jobs: Int? = nil, threads: Int? = nil,
    until cancellation: BatchCancellation = BatchCancellation(),
    onEvent: @escaping @Sendable (BatchEvent) -> Void = { _ in }
  ) throws -> BatchSummary {
    let start = ContinuousClock.now
    let todo = BatchOrder.ordered(survey.todo, of: items)
    var summary = BatchSummary()
    summary.current = items.count - todo.count
    let record = keeper(survey)
    defer { record.close() }
    guard !todo.isEmpty else { return summary }
    try folder.create(for: todo.map { items[$0] })
    let painter = try BatchPainter(of: todo.map { items[$0] }, services: services)
    let outline = outline(todo, by: painter, jobs: jobs, threads: threads)
    let (capacity, estimate) = (outline.capacity, outline.estimate)
    onEvent(.planned(outline))

    let budget = MemoryBudget(bytes: capacity.bytes)
    let results = Mutex<[Int: Result<Void, BatchFault>]>([:])
    let portions = BatchOrder.portions(todo, of: items, for: capacity.jobs)
    let next = Atomic(0)
    let group = DispatchGroup()
    for number in 0..<min(capacity.jobs, portions.count) {
      DispatchQueue(label: "impasto.batch.\(number)", qos: .utility).async(group: group) {
        while !cancellation.isCancelled {
          let place = next.add(1, ordering: .relaxed).oldValue
          guard place < portions.count else { return }
          for index in portions[place] {
            let result = budget.withBytes(estimate.items[index]?.bytes ?? 0) {
              work(
                on: index, by: painter, threads: capacity.threads, record: record,
                until: cancellation, onEvent: onEvent)
            }
            results.withLock { $0[index] = result }
          }
        }
      }
    }
    group.wait()
    for (index, result) in results.withLock({ $0 }).sorted(by: { $0.key < $1.key }) {
      switch result {
      case .success: summary.done += 1
      case .failure(let fault): summary.failures.append((index, fault))
      }
    }
    summary.left = todo.count - summary.done - summary.failures.count
    summary.seconds = start.duration(to: .now) / .seconds(1)
    return summary
  }

  /// Paints one picture and writes it; nil when it was dropped.
  private func work(
    on index: Int, by painter: BatchPainter, threads: Int, record: LedgerKeeper,
    until cancellation: BatchCancellation, onEvent: (BatchEvent) -> Void
  ) -> Result<Void, BatchFault>? {
    if cancellation.isCancelled { return nil }
    let item = items[index]
    onEvent(.started(index))
    let start = ContinuousClock.now
    do {
      let painting = try painter.paint(item, threads: threads, until: cancellation)
      try PictureEncoder.write(
        painting.picture, to: folder.path(of: item), metadata: painting.metadata)
      record.add(item, sources: painting.sources, in: folder)
      onEvent(
        .finished(
          index, width: painting.picture.width, height: painting.picture.height,
          seconds: start.duration(to: .now) / .seconds(1)))
      return .success(())
    } catch is BatchCancellation.Cancelled {
      return nil
    } catch {
      let fault = BatchFault(error)
      onEvent(.failed(index, fault))
      return .failure(fault)
    }
  }
}
