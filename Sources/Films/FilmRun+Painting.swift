import Pictures
import Tensors

extension FilmRun {
  /// What is remembered of the shot that is being painted.
  private struct Shot {
    /// Its first frame.
    let first: Picture
    /// Its latest frame, what is seen in it, and what it became.
    var frame: Picture
    var seen: Seen
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
    if first < next {
      guard let frame = try reader.next() else { return }
      shot = try resumedShot(at: frame, before: next, in: work, on: workers)
    }
    var segment = SegmentWriter(from: next, of: job, in: work, with: ffmpeg)
    var number = next
    do {
      while let frame = try reader.next() {
        try checkpoint()
        let painting = try paint(frame, after: &shot, on: workers) {
          try work.keepShot(number, frame)
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
    _ frame: Picture, after shot: inout Shot?, on workers: Workers, onShot: () throws -> Void
  ) throws -> Picture {
    // Frames that are shown twice, as in animation and where frames come at irregular times.
    if let shot, shot.frame == frame { return shot.painting }
    let seen = Seen(frame, on: workers)
    var memory: Memory?
    if let shot {
      let motion = Motion(from: shot.seen, to: seen, on: workers)
      if !motion.isCut {
        memory = Memory(
          image: motion.field.warping(Tensor(shot.painting), on: workers),
          reliability: motion.reliability)
      }
    }
    if memory == nil { try onShot() }
    let first = memory == nil ? frame : shot?.first ?? frame
    let painting = try painter.paint(
      frame, of: first, after: memory, on: workers
    ) { [self] () throws(Stopped) in try checkpoint() }
    shot = Shot(first: first, frame: frame, seen: seen, painting: painting)
    return painting
  }

  /// The shot as it was after the frame before `next`, from what was kept of it.
  private func resumedShot(
    at frame: Picture, before next: Int, in work: FilmFolder, on workers: Workers
  ) throws -> Shot? {
    guard let segment = work.segments.last, let beginning = work.shots(before: next).last else {
      return nil
    }
    var reader = try FrameReader(
      ofSegment: segment.path, width: job.size.width, height: job.size.height, with: ffmpeg)
    var painting: Picture?
    while let next = try reader.next() { painting = next }
    guard let painting else { return nil }
    return Shot(
      first: try work.firstFrame(ofShot: beginning), frame: frame,
      seen: Seen(frame, on: workers), painting: painting)
  }
}
