import Pictures
import Tensors

extension FilmRun {
  /// What is remembered of the shot that is being painted.
  private struct Shot {
    /// Its first frame.
    let first: Picture
    /// What its latest frame became.
    var painting: Picture
  }

  /// Paints the frames from a number on, until the last or until the run is stopped; what was painted is kept
  /// in either case.
  func paint(
    from next: Int, in work: FilmFolder, onFrame: (Int, Picture) -> Void, onShot: (Int) -> Void,
    onSegment: (Int, String) -> Void
  ) throws {
    let size = job.size
    let workers = Workers(threads: job.threads)
    var shot: Shot?
    let first = max(next - 1, job.frames.lowerBound)
    var reader = try FrameReader(
      of: job.film, frames: first..<job.frames.upperBound, width: size.width,
      height: size.height, with: ffmpeg)
    var before: Picture?
    if first < next {
      before = try reader.next()
      if before == nil { return }
      shot = try resumedShot(before: next, in: work)
      if shot == nil { before = nil }
    }
    let frames = MotionReader(reader, after: before, threads: job.threads)
    defer { frames.close() }
    var segment = SegmentWriter(from: next, of: job, in: work, with: ffmpeg)
    var number = next
    do {
      while let step = try frames.next() {
        try checkpoint()
        let painting = try paint(step, after: &shot, on: workers) {
          try work.keepShot(number, step.frame)
          onShot(number)
        }
        let complete = try segment.append(painting)
        onFrame(number, painting)
        if let complete { onSegment(number, complete) }
        number += 1
      }
    } catch {
      // What is painted is kept whatever happened, and what happened is what is told.
      _ = try? segment.finish()
      throw error
    }
    if let complete = try segment.finish() { onSegment(number - 1, complete) }
  }

  /// Paints a frame, in the shot of the one before or in a new one.
  private func paint(
    _ step: MotionReader.Step, after shot: inout Shot?, on workers: Workers,
    onShot: () throws -> Void
  ) throws -> Picture {
    if let shot, step.isRepeated { return shot.painting }
    var memory: Memory?
    if let shot, let motion = step.motion, !motion.isCut {
      memory = Memory(
        image: motion.field.warping(Tensor(shot.painting), on: workers),
        reliability: motion.reliability)
    }
    if memory == nil { try onShot() }
    let first = memory == nil ? step.frame : shot?.first ?? step.frame
    let painting = try painter.paint(
      step.frame, of: first, after: memory, on: workers
    ) { [self] () throws(Stopped) in try checkpoint() }
    shot = Shot(first: first, painting: painting)
    return painting
  }

  /// The shot as it was after the frame before `next`, from what was kept of it.
  private func resumedShot(before next: Int, in work: FilmFolder) throws -> Shot? {
    guard let segment = work.segments.last, let beginning = work.shots(before: next).last else {
      return nil
    }
    var reader = try FrameReader(
      ofSegment: segment.path, width: job.size.width, height: job.size.height, with: ffmpeg)
    var painting: Picture?
    while let next = try reader.next() { painting = next }
    guard let painting else { return nil }
    return Shot(first: try work.firstFrame(ofShot: beginning), painting: painting)
  }
}
