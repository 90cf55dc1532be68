import Dispatch
import Pictures
import Synchronization
import Tensors

/// The frames of a film with how things have moved in them, found out ahead of whoever paints them: one
/// frame is looked at while the one before is painted.
final class MotionReader: Sendable {
  /// A frame as it comes after the one before.
  struct Step: Sendable {
    let frame: Picture
    /// How things have moved since the frame before; nil for the first, and where nothing has changed.
    let motion: Motion?
    /// Whether it is the frame before once more, as in animation and where frames come at irregular times.
    let isRepeated: Bool
  }

  private enum Outcome {
    case step(Step)
    case end
    case failure(any Error)
  }

  /// Frames that wait to be painted; more would take memory and no time away.
  private static let capacity = 2

  private let outcomes = Mutex<[Outcome]>([])
  private let isClosed = Atomic(false)
  /// Dispatch takes a semaphore that ends below its first value for one in use: so that is none.
  private let places = DispatchSemaphore(value: 0)
  private let arrivals = DispatchSemaphore(value: 0)
  private let thread = DispatchGroup()

  /// What a closure of another thread takes along must be copyable.
  private final class Frames {
    var reader: FrameReader
    init(_ reader: consuming FrameReader) { self.reader = reader }
  }

  /// Begins to look at frames.
  ///
  /// - Parameters:
  ///   - reader: the frames.
  ///   - frame: the one before the first of them, if it was painted.
  ///   - threads: how many threads look.
  init(_ reader: consuming sending FrameReader, after frame: Picture?, threads: Int) {
    for _ in 0..<Self.capacity { places.signal() }
    // Nobody else has it.
    nonisolated(unsafe) let frames = Frames(reader)
    DispatchQueue(label: "impasto.films.motion", qos: .utility).async(group: thread) { [self] in
      look(frames, after: frame, on: Workers(threads: threads))
    }
  }

  /// The next frame; nil behind the last one.
  ///
  /// - Throws: `FilmError.unreadable`; after that and the end there is nothing to ask for.
  func next() throws -> Step? {
    arrivals.wait()
    let outcome = outcomes.withLock { $0.removeFirst() }
    places.signal()
    switch outcome {
    case .step(let step): return step
    case .end: return nil
    case .failure(let error): throw error
    }
  }

  /// Ends the work, and waits until it ended.
  func close() {
    isClosed.store(true, ordering: .relaxed)
    places.signal()
    thread.wait()
  }

  private func look(_ frames: Frames, after frame: Picture?, on workers: Workers) {
    var before = frame.map { (frame: $0, seen: Seen($0, on: workers)) }
    var isOver = false
    while !isOver {
      places.wait()
      if isClosed.load(ordering: .relaxed) { return }
      let outcome = step(frames, after: &before, on: workers)
      if case .step = outcome {} else { isOver = true }
      outcomes.withLock { $0.append(outcome) }
      arrivals.signal()
    }
  }

  private func step(
    _ frames: Frames, after before: inout (frame: Picture, seen: Seen)?, on workers: Workers
  ) -> Outcome {
    do {
      guard let frame = try frames.reader.next() else { return .end }
      if before?.frame == frame { return .step(Step(frame: frame, motion: nil, isRepeated: true)) }
      let seen = Seen(frame, on: workers)
      let motion = before.map { Motion(from: $0.seen, to: seen, on: workers) }
      before = (frame, seen)
      return .step(Step(frame: frame, motion: motion, isRepeated: false))
    } catch {
      return .failure(error)
    }
  }
}
