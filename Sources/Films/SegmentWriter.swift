import Pictures

/// Painted frames on their way into the segments of a folder.
struct SegmentWriter: ~Copyable {
  private let job: FilmJob
  private let work: FilmFolder
  private let ffmpeg: FFmpeg
  private var writer: FrameWriter?
  private var first: Int
  private var opened = ContinuousClock.now

  /// A segment is closed after so much time, or so many frames; the first one soon, since somebody may
  /// wait to see it.
  private var longest = Duration.seconds(1)
  private static let mostFrames = 250

  /// A writer of the frames from a number on.
  init(from first: Int, of job: FilmJob, in work: FilmFolder, with ffmpeg: FFmpeg) {
    (self.first, self.job, self.work, self.ffmpeg) = (first, job, work, ffmpeg)
    writer = nil
  }

  /// Adds a frame.
  ///
  /// - Returns: The segment, if this frame completed it.
  mutating func append(_ painting: Picture) throws(FilmError) -> String? {
    if writer == nil {
      writer = try FrameWriter(
        to: work.unfinishedSegment, width: painting.width, height: painting.height,
        rate: job.film.rate, with: ffmpeg)
      opened = .now
    }
    try writer?.append(painting)
    if writer?.count == Self.mostFrames || opened.duration(to: .now) > longest {
      return try finish()
    }
    return nil
  }

  /// Completes the segment, if there is one, and tells where it is.
  mutating func finish() throws(FilmError) -> String? {
    guard let count = writer?.count else { return nil }
    defer { writer = nil }
    try writer?.finish()
    let path = try work.keepSegment(first..<first + count)
    first += count
    longest = .seconds(10)
    return path
  }
}
