import Synchronization

/// A film on its way: frames are read, painted and kept one after the other, then put together with the
/// sound.
///
/// What is painted is on the disk every few seconds. A run of the same job after a crash or a stop goes on
/// where that one ended, and ends with the same frames, bit for bit.
public final class FilmRun: Sendable {
  /// Somebody stopped the run.
  public struct Stopped: Error {}

  let job: FilmJob
  let ffmpeg: FFmpeg
  private let output: FilmOutput
  private let folder: String
  let painter: any FramePainter
  private let isStopped = Atomic(false)

  /// A run that has not begun.
  ///
  /// - Parameters:
  ///   - job: what to paint.
  ///   - output: where it goes.
  ///   - folder: where frames are kept meanwhile, in a folder for each film; created when needed.
  ///   - ffmpeg: the programs.
  public init(
    _ job: FilmJob, to output: FilmOutput, keepingFramesIn folder: String, with ffmpeg: FFmpeg
  ) {
    self.job = job
    painter = job.painter
    self.output = output
    self.folder = folder
    self.ffmpeg = ffmpeg
  }

  /// Ends the run soon, from any thread; what is painted stays for another one.
  public func stop() { isStopped.store(true, ordering: .relaxed) }

  func checkpoint() throws(Stopped) {
    if isStopped.load(ordering: .relaxed) { throw Stopped() }
  }

  /// The whole run, on the calling thread.
  ///
  /// - Parameter onEvent: called on that thread; the engine waits for it.
  /// - Throws: `Stopped`; `FilmError`; what the painters throw.
  public func run(onEvent: (FilmEvent) -> Void) throws -> FilmOutcome {
    let start = ContinuousClock.now
    func seconds() -> Double { start.duration(to: .now) / .seconds(1) }
    let work = try FilmFolder(of: job, in: folder)
    let size = job.size
    let done = work.segments.last?.frames.upperBound ?? job.frames.lowerBound
    onEvent(
      .began(
        frames: job.frames, done: done - job.frames.lowerBound, width: size.width,
        height: size.height))
    if done < job.frames.upperBound {
      try paint(from: done, in: work) { number, painting in
        onEvent(.frame(number, painting, seconds: seconds()))
      } onShot: {
        onEvent(.shot(frame: $0))
      } onSegment: {
        onEvent(.kept(frame: $0, segment: $1))
      }
    }
    try checkpoint()
    onEvent(.assembling)
    let segments = work.segments
    guard let end = segments.last?.frames.upperBound else {
      throw FilmError.noPictures(path: job.film.path)
    }
    let frames = job.frames.lowerBound..<end
    try output.assemble(
      try work.writeList(of: segments), frames: frames,
      isWhole: job.frames.lowerBound == 0 && job.frames.upperBound >= job.film.frameCount,
      of: job.film, with: ffmpeg)
    let shots = work.shots(before: end).count
    work.remove()
    return FilmOutcome(
      frames: frames.count, shots: shots, width: size.width, height: size.height,
      seconds: seconds())
  }
}
